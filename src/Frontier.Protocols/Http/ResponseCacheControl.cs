// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Text;

namespace Frontier.Protocols.Http;

/// <summary>
/// The directives of a response's Cache-Control that a shared cache obeys (RFC 9111, section 5.2.2; RFC 5861; RFC 8246).
/// Durations are in seconds; null means absent. Of a repeated directive the first counts (DP-14.5).
/// </summary>
public readonly record struct ResponseCacheControl
{
    /// <summary>A delta that does not fit is taken as this, as RFC 9111, section 1.2.2 asks.</summary>
    public const int MaxDelta = DeltaSeconds.Max;

    public int? MaxAge { get; private init; }

    public int? SharedMaxAge { get; private init; }

    /// <summary>A max-age or s-maxage that is no number. Whoever follows RFC 9111, section 4.2.1, takes such an answer for stale.</summary>
    public bool HasUnreadableAge { get; private init; }

    public int? StaleWhileRevalidate { get; private init; }

    public int? StaleIfError { get; private init; }

    /// <summary>Without field names; the qualified form restricts only those fields.</summary>
    public bool NoCache { get; private init; }

    /// <summary>The list of a qualified <c>no-cache="…"</c>, else null.</summary>
    public string? NoCacheFields { get; private init; }

    public bool NoStore { get; private init; }

    /// <summary>Without field names, as <see cref="NoCache"/>.</summary>
    public bool Private { get; private init; }

    /// <summary>The list of a qualified <c>private="…"</c>, else null.</summary>
    public string? PrivateFields { get; private init; }

    public bool Public { get; private init; }

    public bool MustRevalidate { get; private init; }

    public bool ProxyRevalidate { get; private init; }

    public bool NoTransform { get; private init; }

    public bool Immutable { get; private init; }

    /// <summary>Store only what has a status whose meaning is known (RFC 9111, section 5.2.2.3).</summary>
    public bool MustUnderstand { get; private init; }

    /// <summary>
    /// Reads the header that speaks to CDNs alone (RFC 9213), where there is one that can be read: it then stands in for
    /// Cache-Control and Expires. False when there is none, or when its fields are no dictionary (RFC 8941, section 3.2).
    /// </summary>
    public static bool TryParseTargeted(HeaderList headers, out ResponseCacheControl read)
    {
        read = default;
        if (headers.Joined("cdn-cache-control"u8) is not { } text || !StructuredDictionary.TryRead(Encoding.Latin1.GetBytes(text), out var members) || members.Count == 0)
        {
            return false;
        }

        foreach (var (name, value) in members)
        {
            if (value is "?0")
            {
                continue; // said to be off
            }

            var argument = name is "no-cache" or "private" ? value.Trim('"') : value; // field names come as a string, numbers never do
            read = Apply(read, Encoding.ASCII.GetBytes(name), Encoding.ASCII.GetBytes(argument == "?1" ? "" : argument));
        }

        return !read.HasUnreadableAge; // a value of the wrong type makes the whole field one to be ignored (RFC 9213, section 2.1)
    }

    /// <summary>Reads all Cache-Control fields of a response as one list.</summary>
    public static ResponseCacheControl Parse(HeaderList headers)
    {
        var read = default(ResponseCacheControl);
        for (var i = headers.IndexOf("cache-control"u8); i >= 0; i = headers.IndexOf("cache-control"u8, i + 1))
        {
            read = Read(headers.Value(i), read);
        }

        return read;
    }

    public static ResponseCacheControl Parse(ReadOnlySpan<byte> value) => Read(value, default);

    private static ResponseCacheControl Read(ReadOnlySpan<byte> value, ResponseCacheControl read)
    {
        var reader = new DirectiveReader(value);
        while (reader.MoveNext())
        {
            read = Apply(read, reader.Name, reader.Argument);
        }

        return read;
    }

    private static ResponseCacheControl Apply(ResponseCacheControl read, ReadOnlySpan<byte> name, ReadOnlySpan<byte> argument)
    {
        Span<byte> lower = stackalloc byte[24];
        if (name.Length > lower.Length)
        {
            return read;
        }

        if (Ascii.ToLower(name, lower, out var length) is not OperationStatus.Done)
        {
            return read; // a byte beyond ASCII: no directive we know, however it begins
        }

        var directive = lower[..length];
        var restrictsFields = !argument.IsEmpty; // an empty list names no field to spare, so the whole answer is meant
        if (directive.SequenceEqual("max-age"u8)) { return WithAge(read, DeltaSeconds.Parse(argument), isShared: false); }
        if (directive.SequenceEqual("s-maxage"u8)) { return WithAge(read, DeltaSeconds.Parse(argument), isShared: true); }
        if (directive.SequenceEqual("stale-while-revalidate"u8)) { return read with { StaleWhileRevalidate = read.StaleWhileRevalidate ?? DeltaSeconds.Parse(argument) }; }
        if (directive.SequenceEqual("stale-if-error"u8)) { return read with { StaleIfError = read.StaleIfError ?? DeltaSeconds.Parse(argument) }; }
        if (directive.SequenceEqual("no-cache"u8)) { return restrictsFields ? read with { NoCacheFields = read.NoCacheFields ?? Unescape(argument) } : read with { NoCache = true }; }
        if (directive.SequenceEqual("private"u8)) { return restrictsFields ? read with { PrivateFields = read.PrivateFields ?? Unescape(argument) } : read with { Private = true }; }
        if (directive.SequenceEqual("no-store"u8)) { return read with { NoStore = true }; }
        if (directive.SequenceEqual("public"u8)) { return read with { Public = true }; }
        if (directive.SequenceEqual("must-revalidate"u8)) { return read with { MustRevalidate = true }; }
        if (directive.SequenceEqual("proxy-revalidate"u8)) { return read with { ProxyRevalidate = true }; }
        if (directive.SequenceEqual("no-transform"u8)) { return read with { NoTransform = true }; }
        if (directive.SequenceEqual("immutable"u8)) { return read with { Immutable = true }; }
        if (directive.SequenceEqual("must-understand"u8)) { return read with { MustUnderstand = true }; }
        return read;
    }

    private static ResponseCacheControl WithAge(ResponseCacheControl read, int? seconds, bool isShared) => (seconds, isShared) switch
    {
        (null, _) => read with { HasUnreadableAge = true },
        (_, true) => read with { SharedMaxAge = read.SharedMaxAge ?? seconds },
        (_, false) => read with { MaxAge = read.MaxAge ?? seconds },
    };

    private static string Unescape(ReadOnlySpan<byte> quoted) =>
        Encoding.Latin1.GetString(quoted).Replace("\\", "", StringComparison.Ordinal);
}
