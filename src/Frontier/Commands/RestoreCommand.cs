// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Backups;

namespace Frontier.Commands;

/// <summary><c>frontier restore</c>: puts a backup into a store of either engine.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var from = new Option<string>("--from") { Description = "The backup", Required = true };
        var replace = new Option<bool>("--replace") { Description = "Let what the store holds go. Default: a store that holds something is refused" };
        var exact = new Option<bool>("--exact") { Description = "Nothing was changed since the backup was made, as in a move to another store: edges keep what they cached" };
        var flags = new StoreFlags();
        var command = new Command("restore", """
            Put a backup into the store of a data directory, or into a PostgreSQL database, whichever of the two it came from.
            The backup is checked first, and restored whole or not at all. Stop the node before.

            What was changed after the backup is lost, and edges may have seen it. So version numbers go on far beyond those
            of the backup: edges take the restored configuration as a new one, and fetch again what they had cached.

            Examples:
              frontier restore --from frontier.backup
              frontier restore --from frontier.backup --data /srv/frontier --replace
              FRONTIER_STORE=postgres://frontier:…@db.example.com/frontier frontier restore --from frontier.backup --exact
                                                     move from the embedded store to PostgreSQL

            --data and --store are also keys of appsettings.json and environment variables, as for "frontier up".

            Exit codes: 0 restored, 1 nothing was changed (the reason is printed).
            """) { from, replace, exact };
        flags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => BackupRun.GuardAsync(
            flags.Read(parsed), (run, token) => run.RestoreAsync(Path.GetFullPath(parsed.GetValue(from)!), parsed.GetValue(replace), parsed.GetValue(exact), token), cancellationToken));
        return command;
    }
}
