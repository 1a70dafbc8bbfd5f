// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Control.OwnApi;
using Frontier.OwnApi;

namespace Frontier.Credentials;

/// <summary>Access keys as a terminal shows them.</summary>
internal static class KeyPage
{
    public static string Table(IReadOnlyCollection<AccessKeyDocument> keys) => TextTable.Of(["ACCESS KEY", "ROLE", "STATUS", "FROM", "CREATED", "LAST USED", "DESCRIPTION"], keys.Select(Row));

    /// <summary>A new key, in the form in which tools of AWS take it.</summary>
    public static string Made(AccessKeyDocument key) => $"""
        [{(key.Role == "Admin" ? "frontier" : "frontier-read-only")}]
        aws_access_key_id = {key.Id}
        aws_secret_access_key = {key.Secret}
        region = us-east-1
        """;

    private static string[] Row(AccessKeyDocument key) =>
        [key.Id, key.Role, key.Status, key.Origin == "Start" ? "start" : "store", Day(key.CreatedAt), key.Origin == "Start" ? "" : key.LastUsedAt is null ? "never" : Day(key.LastUsedAt), key.Description];

    private static string Day(DateTimeOffset? moment) => moment?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "";
}
