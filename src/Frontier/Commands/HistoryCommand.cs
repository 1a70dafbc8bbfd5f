// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Frontier.Control.OwnApi;
using Frontier.OwnApi;

namespace Frontier.Commands;

/// <summary><c>frontier history</c>: lists the versions of a distribution.</summary>
internal static class HistoryCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("distribution") { Description = "The id of the distribution" };
        var limit = new Option<int>("--limit") { Description = "How many versions, 1 to 100. Default 20", DefaultValueFactory = static _ => 20 };
        var before = new Option<long?>("--before") { Description = "Only versions before this one" };
        var command = new Command("history", $"""
            List the versions of a distribution's configuration, newest first: when it was changed, with which access key and by
            which operation. Every configuration that was accepted is a version; the newest 1,000 are kept.

            Examples:
              frontier history E1A2B3C4D5E6F7
              frontier history E1A2B3C4D5E6F7 --limit 5 --json
              frontier history E1A2B3C4D5E6F7 --endpoint https://control.example.com --before 41

            {ApiFlags.Help}

            Exit codes: 0 listed, 1 not (the reason is printed).
            """) { id, limit, before };
        var flags = ApiFlags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => ApiRun.GuardAsync(
            flags.Read(parsed),
            async (client, token) =>
            {
                var earlier = parsed.GetValue(before) is { } number ? string.Create(CultureInfo.InvariantCulture, $"&before={number}") : "";
                var target = string.Create(CultureInfo.InvariantCulture, $"distributions/{Uri.EscapeDataString(parsed.GetValue(id)!)}/versions?limit={parsed.GetValue(limit)}{earlier}");
                var page = await client.GetAsync(target, OwnJson.Default.VersionPageDocument, token);
                return flags.IsJson(parsed) ? JsonSerializer.Serialize(page, OwnJson.Default.VersionPageDocument) : HistoryText.Of(page);
            },
            cancellationToken));
        return command;
    }
}
