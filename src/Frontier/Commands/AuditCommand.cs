// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Frontier.Control.OwnApi;
using Frontier.Credentials;
using Frontier.OwnApi;

namespace Frontier.Commands;

/// <summary><c>frontier audit</c>: who changed what, and when.</summary>
internal static class AuditCommand
{
    private const int DefaultEntries = 50;

    /// <summary>More is for a script that asks with <c>--since</c>; each page of the API has 100.</summary>
    private const int MostEntries = 10_000;

    private const int PageSize = 100;

    public static Command Create()
    {
        var since = new Option<string?>("--since") { Description = "Nothing older: a time such as 2026-08-07T12:00Z, or a span back from now such as 30m, 12h or 7d" };
        var resource = new Option<string?>("--resource") { Description = "Only changes of the resource with this id or ARN" };
        var key = new Option<string?>("--key") { Description = "Only changes by this access key" };
        var limit = new Option<int>("--limit") { Description = "How many entries, the newest. Default 50, at most 10000", DefaultValueFactory = static _ => DefaultEntries };
        var changes = new Option<bool>("--changes") { Description = "Show below each entry what changed in the document" };
        var command = new Command("audit", $"""
            Show the audit log of the control plane, oldest entry first: each change with its time (UTC), access key, source address,
            operation, resource and ETags, and each attempt that was refused for want of rights. Secrets are never in it.

            Examples:
              frontier audit
              frontier audit --since 24h --changes
              frontier audit --resource E1A2B3C4D5E6F7 --limit 1 --json
              frontier audit --key FKABCDEFGHIJKLMNOPQR --since 2026-08-07

            JSON has the documents before and after each change, too.

            {ApiFlags.Help}

            Exit codes: 0 shown, 1 not shown (the reason is printed).
            """) { since, resource, key, limit, changes };
        var flags = ApiFlags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => ApiRun.GuardAsync(
            flags.Read(parsed),
            async (client, token) =>
            {
                var entries = await ReadAsync(client, Query(parsed.GetValue(since), parsed.GetValue(resource), parsed.GetValue(key)), Checked(parsed.GetValue(limit)), token);
                return flags.IsJson(parsed) ? JsonSerializer.Serialize(new AuditListDocument([.. entries]), OwnJson.Default.AuditListDocument)
                    : entries.Count == 0 ? "No entries."
                    : AuditPage.Text(entries, parsed.GetValue(changes));
            },
            cancellationToken));
        return command;
    }

    /// <summary>Oldest first.</summary>
    private static async Task<List<AuditEntryDocument>> ReadAsync(ApiClient client, string query, int limit, CancellationToken cancellationToken)
    {
        var entries = new List<AuditEntryDocument>();
        long? before = long.MaxValue;
        while (before is not null && entries.Count < limit)
        {
            var target = string.Create(CultureInfo.InvariantCulture, $"audit?limit={Math.Min(PageSize, limit - entries.Count)}&before={before}{query}");
            var page = await client.GetAsync(target, OwnJson.Default.AuditListDocument, cancellationToken);
            entries.AddRange(page.Items);
            before = page.NextBefore;
        }

        entries.Reverse();
        return entries;
    }

    private static string Query(string? since, string? resource, string? key) =>
        Parameter("since", since is null ? null : Moment(since)) + Parameter("resource", resource) + Parameter("key", key);

    private static string Parameter(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static int Checked(int limit) =>
        limit is >= 1 and <= MostEntries ? limit : throw new ApiException($"--limit is {limit}: give a number from 1 to {MostEntries}.");

    private static string Moment(string text)
    {
        var isSpan = double.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count < 100_000;
        var span = !isSpan ? (TimeSpan?)null : text[^1] switch { 'm' => TimeSpan.FromMinutes(count), 'h' => TimeSpan.FromHours(count), 'd' => TimeSpan.FromDays(count), _ => null };
        var moment = span is { } back ? TimeProvider.System.GetUtcNow() - back
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? parsed
            : throw new ApiException($"--since is \"{text}\": give a time such as 2026-08-07T12:00Z, or a span such as 30m, 12h or 7d.");
        return moment.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
    }
}
