// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Frontier.Control.OwnApi;
using Frontier.Control.OwnApi.Versions;
using Frontier.OwnApi;

namespace Frontier.Commands;

/// <summary><c>frontier rollback</c>: takes a distribution back to an earlier version.</summary>
internal static class RollbackCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("distribution") { Description = "The id of the distribution" };
        var version = new Argument<long?>("version") { Description = "The version to return to. Default: the one before the present one", Arity = ArgumentArity.ZeroOrOne };
        var ifMatch = new Option<string?>("--if-match") { Description = "Roll back only while the distribution has this ETag" };
        var command = new Command("rollback", $"""
            Take a distribution back to an earlier version, in one step. It becomes a new version that says the same as the older
            one, is checked as any update is, and is on its way to the edges when the command returns; a rollback can be rolled
            back. Without a version it undoes the last change, and is refused should somebody change the distribution meanwhile.

            Examples:
              frontier rollback E1A2B3C4D5E6F7            undo the last change
              frontier rollback E1A2B3C4D5E6F7 12         return to version 12
              frontier rollback E1A2B3C4D5E6F7 12 --if-match E2QWRUHAPOMQZL --json

            {ApiFlags.Help}

            Exit codes: 0 rolled back, 1 not, and nothing was changed (the reason is printed).
            """) { id, version, ifMatch };
        var flags = ApiFlags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => ApiRun.GuardAsync(
            flags.Read(parsed),
            async (client, token) =>
            {
                var name = parsed.GetValue(id)!;
                var done = await client.PostAsync(
                    $"distributions/{Uri.EscapeDataString(name)}/rollback", new RollbackDocument(parsed.GetValue(version)), OwnJson.Default.RollbackDocument, parsed.GetValue(ifMatch),
                    OwnJson.Default.RolledBackDocument, token);
                return flags.IsJson(parsed)
                    ? JsonSerializer.Serialize(done, OwnJson.Default.RolledBackDocument)
                    : string.Create(CultureInfo.InvariantCulture, $"{name} is at version {done.Version.Version} now, which says the same as version {done.Version.RestoredFrom}:\n\n{ChangesText.Of(done.Changes)}").TrimEnd('\n');
            },
            cancellationToken));
        return command;
    }
}
