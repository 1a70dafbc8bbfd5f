// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.SigV4;

/// <summary>The parts of a request that Signature Version 4 covers.</summary>
/// <param name="Method">The method token.</param>
/// <param name="RawPath">The path as on the wire, percent-encoded, without query.</param>
/// <param name="RawQuery">The query as on the wire without its question mark; empty for none.</param>
/// <param name="Headers">Every field in order; names in any case.</param>
public sealed record SignableRequest(string Method, string RawPath, string RawQuery, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>All values of a field joined by commas, each trimmed and with inner runs of spaces folded, as the canonical form wants; null when absent.</summary>
    public string? CanonicalHeader(string lowerName)
    {
        string? joined = null;
        foreach (var (name, value) in Headers)
        {
            if (name.Equals(lowerName, StringComparison.OrdinalIgnoreCase))
            {
                var folded = string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries));
                joined = joined is null ? folded : $"{joined},{folded}";
            }
        }

        return joined;
    }

    /// <summary>The first value of a field, or null.</summary>
    public string? Header(string name)
    {
        foreach (var header in Headers)
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }

    /// <summary>The decoded value of a query parameter, or null.</summary>
    public string? QueryParameter(string name)
    {
        foreach (var (key, value) in CanonicalRequest.SplitQuery(RawQuery))
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }
}
