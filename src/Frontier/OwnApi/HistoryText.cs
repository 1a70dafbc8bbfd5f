// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Control.OwnApi.Versions;

namespace Frontier.OwnApi;

/// <summary>Versions of a distribution, for a terminal.</summary>
internal static class HistoryText
{
    private const string Unknown = "-";

    public static string Of(VersionPageDocument page)
    {
        var text = new StringBuilder();
        text.Append("VERSION  WHEN                  ").Append("WHO".PadRight(22)).Append("HOW\n");
        foreach (var version in page.Versions)
        {
            text.Append(version.Version.ToString(CultureInfo.InvariantCulture).PadRight(9))
                .Append(When(version)).Append("  ")
                .Append((version.AccessKeyId ?? Unknown).PadRight(20)).Append("  ")
                .Append(How(version)).Append('\n');
        }

        if (page.NextBefore is { } next)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nEarlier ones: frontier history {page.DistributionId} --before {next}\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>One version in a sentence.</summary>
    public static string Line(VersionDocument version) =>
        string.Create(CultureInfo.InvariantCulture, $"version {version.Version}, {When(version)}, {How(version)}{(version.AccessKeyId is { } who ? $" by {who}" : "")}");

    private static string When(VersionDocument version) => version.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string How(VersionDocument version) => version switch
    {
        { RestoredFrom: { } from } => string.Create(CultureInfo.InvariantCulture, $"{version.Operation} to {from}"),
        { Operation: { } operation } => operation,
        _ => "before versions were kept",
    };
}
