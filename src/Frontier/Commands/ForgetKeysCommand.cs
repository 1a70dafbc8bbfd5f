// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Backups;

namespace Frontier.Commands;

/// <summary><c>frontier keys forget</c>: for when the key file is lost. It works on the store itself, since no control plane starts on it.</summary>
internal static class ForgetKeysCommand
{
    public static Command Create()
    {
        var flags = new StoreFlags();
        var command = new Command("forget", """
            Drop every access key of the store and the authority of its fleet, for when the key file that they were encrypted with is
            lost and no control plane starts. Stop the node before. Keys given at the start hold on; the machines of a fleet join anew.

            Examples:
              frontier keys forget --data /srv/frontier

            Exit codes: 0 done, 1 nothing was changed (the reason is printed).
            """);
        flags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => BackupRun.GuardAsync(flags.Read(parsed), static (run, token) => run.ForgetKeysAsync(token), cancellationToken));
        return command;
    }
}
