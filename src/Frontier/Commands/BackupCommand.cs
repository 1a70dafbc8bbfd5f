// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Backups;

namespace Frontier.Commands;

/// <summary><c>frontier backup</c>: copies what the control plane keeps into one file, while it runs.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var to = new Option<string>("--to") { Description = "The file to write; there must not be one yet", Required = true };
        var credentials = new Option<bool>("--with-credentials") { Description = "Also the access key of the APIs, the token of the edges, and the key file of --data" };
        var flags = new StoreFlags();
        var command = new Command("backup", """
            Copy everything the control plane keeps, as of one moment, into one file: distributions, policies and all other
            resources, every version of the configuration, invalidations, the audit log, access keys with their secrets
            encrypted, and the secret that origin access is signed with.
            The node may be running. The file is readable by its owner alone; keep it like a password. Objects in buckets,
            cached objects and certificates are not in it.

            Examples:
              frontier backup --to frontier.backup
              frontier backup --data /srv/frontier --to /backups/monday.backup --with-credentials
              FRONTIER_STORE=postgres://frontier:…@db.example.com/frontier frontier backup --to frontier.backup

            --data and --store are also keys of appsettings.json and environment variables, as for "frontier up".

            Exit codes: 0 written, 1 not written (the reason is printed).
            """) { to, credentials };
        flags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => BackupRun.GuardAsync(
            flags.Read(parsed), (run, token) => run.BackUpAsync(Path.GetFullPath(parsed.GetValue(to)!), parsed.GetValue(credentials), token), cancellationToken));
        return command;
    }
}
