// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Globalization;
using Frontier.Control.OwnApi;
using Frontier.Control.OwnApi.Zones;
using Frontier.OwnApi;

namespace Frontier.Commands;

/// <summary><c>frontier zone import</c> and <c>frontier zone export</c>: zone files of hosted zones.</summary>
internal static class ZoneFileCommands
{
    /// <summary>A body of the API has a megabyte at most, and text takes some more as JSON.</summary>
    private const long MostFileBytes = 900_000;

    public static Command CreateImport()
    {
        var id = new Argument<string>("ZONE") { Description = "The id of the hosted zone" };
        var file = new Argument<string>("FILE") { Description = "The zone file" };
        var command = new Command("import", $"""
            Make a hosted zone hold what a zone file holds, in one step: all of it or nothing, and every fault is told with its line.
            The zone's own SOA and NS records stay, as do aliases and record sets with a routing policy or a health check.

            Examples:
              frontier zone import Z0123456789ABCDEFGHIJ example.com.zone

            {ApiFlags.Help}

            Exit codes: 0 imported, 1 not, and nothing was changed (the reason is printed).
            """) { id, file };
        var flags = ApiFlags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => ApiRun.GuardAsync(
            flags.Read(parsed),
            async (client, token) =>
            {
                var text = await ReadAsync(parsed.GetValue(file)!, token);
                var done = await client.PutAsync(Target(parsed.GetValue(id)!), new ZoneFileDocument(text), OwnJson.Default.ZoneFileDocument, null, OwnJson.Default.ZoneFileImportedDocument, token);
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{done.Put} record sets put, {done.Removed} removed, {done.Kept} kept that no zone file holds.{(done.ChangeId is null ? "" : $" Change {done.ChangeId} is on its way to the DNS nodes.")}");
            },
            cancellationToken));
        return command;
    }

    public static Command CreateExport()
    {
        var id = new Argument<string>("ZONE") { Description = "The id of the hosted zone" };
        var command = new Command("export", $"""
            Print a hosted zone as a zone file. What a zone file cannot hold, aliases and record sets with a routing policy or a health
            check, is named in its comments.

            Examples:
              frontier zone export Z0123456789ABCDEFGHIJ > example.com.zone

            {ApiFlags.Help}

            Exit codes: 0 printed, 1 not (the reason is printed).
            """) { id };
        var flags = ApiFlags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => ApiRun.GuardAsync(
            flags.Read(parsed),
            async (client, token) => (await client.GetAsync(Target(parsed.GetValue(id)!), OwnJson.Default.ZoneFileDocument, token)).Text.TrimEnd('\n'),
            cancellationToken));
        return command;
    }

    /// <summary>Ids may have the path before them, as Route 53's API gives them.</summary>
    private static string Target(string id) => $"zones/{Uri.EscapeDataString(id[(id.LastIndexOf('/') + 1)..])}/file";

    private static async Task<string> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(file).Length <= MostFileBytes
                ? await File.ReadAllTextAsync(file, cancellationToken)
                : throw new ApiException($"{file} is longer than {MostFileBytes} bytes, which is the most that is imported at once: bring the rest by Route 53's API.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ApiException($"{file} cannot be read: {error.Message}");
        }
    }
}
