// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Frontier.Control.OwnApi;
using Frontier.OwnApi;

namespace Frontier.Commands;

/// <summary><c>frontier diff</c>: shows what differs between two versions of a distribution.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("distribution") { Description = "The id of the distribution" };
        var from = new Argument<long?>("from") { Description = "The earlier version. Default: the one before the newest", Arity = ArgumentArity.ZeroOrOne };
        var to = new Argument<long?>("to") { Description = "The later version. Default: the newest", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("diff", $"""
            Show what differs between two versions of a distribution, setting by setting. Behaviors are matched by their path
            pattern, origins by their id. Values of custom origin headers are masked; that one changed is shown.

            Examples:
              frontier diff E1A2B3C4D5E6F7            what the last change did
              frontier diff E1A2B3C4D5E6F7 12         what changed since version 12
              frontier diff E1A2B3C4D5E6F7 12 15 --json

            {ApiFlags.Help}

            Exit codes: 0 shown, whether there are differences or not; 1 not (the reason is printed).
            """) { id, from, to };
        var flags = ApiFlags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => ApiRun.GuardAsync(
            flags.Read(parsed),
            async (client, token) =>
            {
                List<string> query = [];
                Add(query, "from", parsed.GetValue(from));
                Add(query, "to", parsed.GetValue(to));
                var diff = await client.GetAsync($"distributions/{Uri.EscapeDataString(parsed.GetValue(id)!)}/diff{(query.Count > 0 ? "?" : "")}{string.Join('&', query)}", OwnJson.Default.DiffDocument, token);
                return flags.IsJson(parsed)
                    ? JsonSerializer.Serialize(diff, OwnJson.Default.DiffDocument)
                    : $"from {HistoryText.Line(diff.From)}\nto   {HistoryText.Line(diff.To)}\n\n{ChangesText.Of(diff.Changes)}".TrimEnd('\n');
            },
            cancellationToken));
        return command;
    }

    private static void Add(List<string> query, string name, long? version)
    {
        if (version is { } number)
        {
            query.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={number}"));
        }
    }
}
