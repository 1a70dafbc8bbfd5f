// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Text;

namespace Frontier.Control.Api.Certificates;

/// <summary>The fields of a body of the type application/x-www-form-urlencoded; of one given twice the first counts.</summary>
internal static class FormFields
{
    public static ImmutableDictionary<string, string> Read(ReadOnlySpan<byte> body)
    {
        var fields = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var pair in Encoding.UTF8.GetString(body).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            fields.TryAdd(WebUtility.UrlDecode(parts[0]), parts.Length == 2 ? WebUtility.UrlDecode(parts[1]) : "");
        }

        return fields.ToImmutable();
    }
}
