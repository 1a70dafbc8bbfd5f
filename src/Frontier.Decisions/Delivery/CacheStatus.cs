// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;

namespace Frontier.Decisions.Delivery;

/// <summary>Why a request went to the origin: the values of <c>fwd</c> (RFC 9211, section 2.2) that this cache can tell apart.</summary>
public enum ForwardReason
{
    /// <summary>The cache is not used here.</summary>
    Bypass,

    /// <summary>The method's semantics require it.</summary>
    Method,

    /// <summary>Nothing is stored under the URI.</summary>
    UriMiss,

    /// <summary>Nothing usable is stored, and the key has more than the URI in it.</summary>
    Miss,

    /// <summary>Some of the blocks that the answer is put together from are stored, and some are not.</summary>
    Partial,

    /// <summary>What is stored was stale.</summary>
    Stale,

    /// <summary>What is stored was fresh, but the request asked for the origin's word.</summary>
    Request,
}

/// <summary>One cache's member of the Cache-Status field (RFC 9211).</summary>
public sealed record CacheStatus
{
    /// <summary>Null for a hit.</summary>
    public ForwardReason? Forward { get; init; }

    /// <summary>The status that the origin answered; null when it did not.</summary>
    public int? ForwardStatus { get; init; }

    /// <summary>Seconds of freshness left; negative for a stale answer, null where none is known.</summary>
    public long? Ttl { get; init; }

    public bool Stored { get; init; }

    public bool Collapsed { get; init; }

    /// <summary>Null unless somebody asked to have it explained; printable ASCII.</summary>
    public string? Key { get; init; }

    /// <summary>The member as a structured field: a token with parameters (RFC 8941, sections 3.1.2 and 3.3).</summary>
    public string Render()
    {
        var text = new StringBuilder("Frontier");
        text.Append(Forward is { } reason ? "; fwd=" + Token(reason) : "; hit");
        if (ForwardStatus is { } status)
        {
            text.Append(CultureInfo.InvariantCulture, $"; fwd-status={status}");
        }

        if (Ttl is { } ttl)
        {
            text.Append(CultureInfo.InvariantCulture, $"; ttl={ttl}");
        }

        text.Append(Stored ? "; stored" : "").Append(Collapsed ? "; collapsed" : "");
        return Key is null ? text.ToString() : text.Append("; key=\"").Append(Escape(Key)).Append('"').ToString();
    }

    private static string Token(ForwardReason reason) => reason switch
    {
        ForwardReason.Bypass => "bypass",
        ForwardReason.Method => "method",
        ForwardReason.UriMiss => "uri-miss",
        ForwardReason.Miss => "miss",
        ForwardReason.Partial => "partial",
        ForwardReason.Stale => "stale",
        ForwardReason.Request => "request",
    };

    /// <summary>RFC 8941, section 3.3.3: a string escapes these two and has no others.</summary>
    private static string Escape(string key) => key.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
