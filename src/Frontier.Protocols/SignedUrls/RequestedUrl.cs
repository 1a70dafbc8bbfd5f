// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Protocols.SignedUrls;

/// <summary>The URL that a request asks for, as its signer must have seen it: host as in the Host header, path before any rewriting, query without what signs it.</summary>
public readonly ref struct RequestedUrl
{
    private RequestedUrl(RequestHead request)
    {
        IsHttps = request.IsHttps;
        Host = request.Host;
        Path = request.ReceivedPath; // DP-24.12, DP-24.15: before the default root object
        Query = request.Query;
        HasQuery = request.HasQuery;
    }

    public bool IsHttps { get; }

    /// <summary>With its port, where the viewer sent one.</summary>
    public ReadOnlySpan<char> Host { get; }

    public ReadOnlySpan<byte> Path { get; }

    public ReadOnlySpan<byte> Query { get; }

    /// <summary>Tells an empty query from none.</summary>
    public bool HasQuery { get; }

    public ReadOnlySpan<byte> Scheme => IsHttps ? "https"u8 : "http"u8;

    public int Length => Scheme.Length + "://"u8.Length + Host.Length + Path.Length + (HasQuery ? 1 + Query.Length : 0);

    /// <param name="request">One that <see cref="SignedQuery"/> has taken the signing parameters from.</param>
    public static RequestedUrl Of(RequestHead request) => new(request);

    /// <summary>Writes <see cref="Length"/> bytes.</summary>
    public void Write(Span<byte> into)
    {
        Scheme.CopyTo(into);
        into = into[Scheme.Length..];
        "://"u8.CopyTo(into);
        into = into["://"u8.Length..];
        Encoding.Latin1.GetBytes(Host, into);
        into = into[Host.Length..];
        Path.CopyTo(into);
        if (HasQuery)
        {
            into[Path.Length] = (byte)'?';
            Query.CopyTo(into[(Path.Length + 1)..]);
        }
    }
}
