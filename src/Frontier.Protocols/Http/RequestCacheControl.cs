// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Protocols.Http;

/// <summary>The directives of a request's Cache-Control (RFC 9111, section 5.2.1). Durations are in seconds; null means absent or unreadable.</summary>
public readonly record struct RequestCacheControl
{
    public int? MaxAge { get; private init; }

    public int? MinFresh { get; private init; }

    /// <summary><see cref="DeltaSeconds.Max"/> when any staleness will do.</summary>
    public int? MaxStale { get; private init; }

    public bool NoCache { get; private init; }

    public bool NoStore { get; private init; }

    public bool OnlyIfCached { get; private init; }

    /// <summary>Reads all Cache-Control fields as one list; without any, <c>Pragma: no-cache</c> counts as no-cache (RFC 9111, section 5.4).</summary>
    public static RequestCacheControl Parse(HeaderList headers)
    {
        var read = default(RequestCacheControl);
        if (!headers.Contains("cache-control"u8))
        {
            return headers.Joined("pragma"u8) is { } pragma && Names(Encoding.Latin1.GetBytes(pragma), "no-cache"u8) ? new RequestCacheControl { NoCache = true } : read;
        }

        for (var i = headers.IndexOf("cache-control"u8); i >= 0; i = headers.IndexOf("cache-control"u8, i + 1))
        {
            var reader = new DirectiveReader(headers.Value(i));
            while (reader.MoveNext())
            {
                read = Apply(read, reader.Name, reader.Argument, reader.HasArgument);
            }
        }

        return read;
    }

    private static bool Names(ReadOnlySpan<byte> list, ReadOnlySpan<byte> directive)
    {
        var reader = new DirectiveReader(list);
        while (reader.MoveNext())
        {
            if (Ascii.EqualsIgnoreCase(reader.Name, directive))
            {
                return true;
            }
        }

        return false;
    }

    private static RequestCacheControl Apply(RequestCacheControl read, ReadOnlySpan<byte> name, ReadOnlySpan<byte> argument, bool hasArgument)
    {
        if (Ascii.EqualsIgnoreCase(name, "max-age"u8)) { return read with { MaxAge = read.MaxAge ?? DeltaSeconds.Parse(argument) }; }
        if (Ascii.EqualsIgnoreCase(name, "min-fresh"u8)) { return read with { MinFresh = read.MinFresh ?? DeltaSeconds.Parse(argument) }; }
        if (Ascii.EqualsIgnoreCase(name, "max-stale"u8)) { return read with { MaxStale = read.MaxStale ?? (hasArgument ? DeltaSeconds.Parse(argument) : DeltaSeconds.Max) }; }
        if (Ascii.EqualsIgnoreCase(name, "no-cache"u8)) { return read with { NoCache = true }; }
        if (Ascii.EqualsIgnoreCase(name, "no-store"u8)) { return read with { NoStore = true }; }
        if (Ascii.EqualsIgnoreCase(name, "only-if-cached"u8)) { return read with { OnlyIfCached = true }; }
        return read;
    }
}
