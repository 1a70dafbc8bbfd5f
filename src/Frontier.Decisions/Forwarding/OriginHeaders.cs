// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Text.Unicode;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Forwarding;

/// <summary>Composes the header of a request to an origin (§9, §10).</summary>
public static class OriginHeaders
{
    private static readonly byte[] DefaultUserAgent = "Amazon CloudFront"u8.ToArray();

    /// <summary>Never forwarded: they speak of the viewer's connection, or the edge writes or answers them itself (§10.1, §10.2, DP-4.9).</summary>
    private static readonly byte[][] NeverForwarded =
    [
        .. ConnectionHeaders.Names, "http2-settings"u8.ToArray(), "content-length"u8.ToArray(), "expect"u8.ToArray(), "host"u8.ToArray(), "via"u8.ToArray(), "cookie"u8.ToArray(),
        "x-forwarded-for"u8.ToArray(), "x-forwarded-proto"u8.ToArray(), "x-real-ip"u8.ToArray(), "x-amz-cf-id"u8.ToArray(), "cdn-loop"u8.ToArray(), "accept-encoding"u8.ToArray(),
    ];

    /// <summary>Of use only to the viewer that sent them: forwarded on a pass, whose 304 is the viewer's too (DP-15.3), never on a fill.</summary>
    private static readonly byte[][] Conditions =
        ["range"u8.ToArray(), "if-range"u8.ToArray(), "if-match"u8.ToArray(), "if-none-match"u8.ToArray(), "if-modified-since"u8.ToArray(), "if-unmodified-since"u8.ToArray()];

    /// <summary>Describe the body, so they go where it goes (§10.1).</summary>
    private static readonly byte[][] EntityHeaders =
        ["content-type"u8.ToArray(), "content-md5"u8.ToArray(), "content-encoding"u8.ToArray(), "content-language"u8.ToArray(), "content-disposition"u8.ToArray()];

    /// <summary>Fills <paramref name="into"/> with everything but framing, connection and signature, which belong to the client that sends it.</summary>
    /// <param name="origin">One of the behavior's: the only one, or either of its group (DP-12.4).</param>
    /// <param name="viaId">The 32 hex digits this edge calls itself by.</param>
    /// <param name="requestId">The id that the viewer is told too.</param>
    public static void Compose(
        RequestHead request, BehaviorModel behavior, OriginModel origin, ViewerFacts viewer, OriginPurpose purpose, bool hasBody, string viaId, ReadOnlySpan<byte> requestId, HeaderList into) =>
        Compose(request, behavior, origin, viewer, purpose, hasBody, viaId, requestId, into, default(NoFieldMarks));

    /// <summary>The same walk, with a note on each field.</summary>
    public static void Compose<TMarks>(
        RequestHead request, BehaviorModel behavior, OriginModel origin, ViewerFacts viewer, OriginPurpose purpose, bool hasBody, string viaId, ReadOnlySpan<byte> requestId, HeaderList into, TMarks marks)
        where TMarks : IFieldMarks
    {
        into.Clear();
        // A bucket told the viewer's name for itself answers nothing (DP-9.4), so it never is.
        var hostForwarded = !origin.IsS3 && request.Host.Length > 0 && behavior.ForwardsHeader("host"u8);
        into.Add("Host", hostForwarded ? request.Host : origin.HostHeader(request.IsHttps));
        CopyViewerHeaders(request, behavior, purpose, hasBody, into, marks);
        marks.Note("host"u8, hostForwarded ? behavior.HeaderSource("host"u8) : FieldSource.Edge);
        AddConnection(purpose, into);
        AddComputed(request, behavior, viewer, into, marks);
        AddCookies(request, behavior, into, marks);
        AddAcceptEncoding(request, behavior, into, marks);
        if (!into.Contains("user-agent"u8))
        {
            into.Add("User-Agent"u8, DefaultUserAgent);
            marks.Note("user-agent"u8, FieldSource.Edge);
        }

        AddTrail(request, viewer, viaId, into);
        into.Add("X-Amz-Cf-Id"u8, requestId);
        marks.Note("via"u8, FieldSource.Edge);
        marks.Note("x-forwarded-for"u8, FieldSource.Edge);
        marks.Note("cdn-loop"u8, FieldSource.Edge);
        marks.Note("x-amz-cf-id"u8, FieldSource.Edge);
        foreach (var (customName, value) in origin.CustomHeaders)
        {
            into.Set(customName, value);
            marks.Note(customName, FieldSource.Origin);
        }
    }

    /// <summary>Who has passed the request on so far, and for whom (§10.1). An address takes 45 bytes at most, a scope 11 more.</summary>
    private static void AddTrail(RequestHead request, ViewerFacts viewer, string viaId, HeaderList into)
    {
        Span<byte> own = stackalloc byte[128];
        Utf8.TryWrite(own, $"{request.Version.Number} {viaId}.cloudfront.net (CloudFront)", out var length);
        Append(request.Headers, "Via"u8, own[..length], into);
        Append(request.Headers, "X-Forwarded-For"u8, own[..viewer.WriteAsker(own)], into);
        Append(request.Headers, "CDN-Loop"u8, "CloudFront"u8, into);
    }

    private static void CopyViewerHeaders<TMarks>(RequestHead request, BehaviorModel behavior, OriginPurpose purpose, bool hasBody, HeaderList into, TMarks marks)
        where TMarks : IFieldMarks
    {
        var headers = request.Headers;
        for (var i = 0; i < headers.Count; i++)
        {
            var name = headers.Name(i);
            if (IsOneOf(name, NeverForwarded) || IsReplaced(name, behavior) || IsEdgePrivate(name) || ConnectionHeaders.IsNominated(headers, name))
            {
                marks.Note(name, FieldSource.None);
                continue;
            }

            var source = hasBody && IsOneOf(name, EntityHeaders) ? FieldSource.Body
                : purpose is OriginPurpose.WebSocket && IsOfHandshake(name) ? FieldSource.Handshake
                : !IsOneOf(name, Conditions) ? behavior.HeaderSource(name, request.Method)
                : purpose is OriginPurpose.Fill ? FieldSource.None
                : FieldSource.Condition;
            marks.Note(name, source);
            if (source is not FieldSource.None)
            {
                into.Add(name, headers.Value(i));
            }
        }
    }

    /// <summary>DP-30.1: whatever the policies say, since without these fields there is no handshake.</summary>
    private static bool IsOfHandshake(ReadOnlySpan<byte> name) => name.Length > 14 && Ascii.EqualsIgnoreCase(name[..14], "sec-websocket-"u8);

    /// <summary>A viewer's <c>CloudFront-*</c> header never passes for one of ours; with legacy settings, one that nobody asked for is a header like any other (§10.2).</summary>
    private static bool IsReplaced(ReadOnlySpan<byte> name, BehaviorModel behavior)
    {
        if (!ViewerHeaders.IsOurs(name) || !behavior.IsLegacy)
        {
            return ViewerHeaders.IsOurs(name);
        }

        foreach (var requested in behavior.RequestedHeaders)
        {
            if (Ascii.EqualsIgnoreCase(requested, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the edge says of its own connection; Connection itself is the client's to write.</summary>
    private static void AddConnection(OriginPurpose purpose, HeaderList into)
    {
        if (purpose is OriginPurpose.WebSocket)
        {
            into.Add("Upgrade"u8, "websocket"u8);
        }
        else if (purpose is OriginPurpose.Grpc)
        {
            into.Add("TE"u8, "trailers"u8); // DP-30.2: without it servers refuse the call
        }
    }

    /// <summary><c>X-Edge-*</c> is ours between tiers, so a viewer's is dropped (§10.2).</summary>
    private static bool IsEdgePrivate(ReadOnlySpan<byte> name) => name.Length > 7 && Ascii.EqualsIgnoreCase(name[..7], "x-edge-"u8);

    private static void AddComputed<TMarks>(RequestHead request, BehaviorModel behavior, ViewerFacts viewer, HeaderList into, TMarks marks)
        where TMarks : IFieldMarks
    {
        foreach (var name in behavior.RequestedHeaders)
        {
            if (ViewerHeaders.IsOurs(name) && !into.Contains(name) && ViewerHeaders.Value(name, request, viewer) is { } value)
            {
                into.Add(name, Encoding.Latin1.GetBytes(value));
                marks.Note(name, behavior.CachePolicy.Headers.Takes(name) ? FieldSource.CachePolicy : FieldSource.OriginRequestPolicy);
            }
        }
    }

    private static void AddCookies<TMarks>(RequestHead request, BehaviorModel behavior, HeaderList into, TMarks marks)
        where TMarks : IFieldMarks
    {
        if (!behavior.ForwardsCookies)
        {
            return;
        }

        var pairs = CookiePairs.Select(request.Headers, name => behavior.SourceOfCookie(name) is not FieldSource.None);
        if (pairs.Count > 0)
        {
            into.Add("Cookie", string.Join("; ", pairs.Select(Encoding.Latin1.GetString)));
            marks.Note("cookie"u8, behavior.CookieSource);
        }
    }

    /// <summary>DP-7.2: the cache policy's flags decide; without them it is a header like any other.</summary>
    private static void AddAcceptEncoding<TMarks>(RequestHead request, BehaviorModel behavior, HeaderList into, TMarks marks)
        where TMarks : IFieldMarks
    {
        var name = "accept-encoding"u8;
        if (behavior.CachePolicy.Gzip || behavior.CachePolicy.Brotli)
        {
            var value = AcceptEncodingNormalization.Decide(request, behavior.CachePolicy).OriginValue;
            if (!value.IsEmpty)
            {
                into.Add("Accept-Encoding"u8, value);
                marks.Note(name, FieldSource.CachePolicy);
            }
        }
        else if (behavior.ForwardsHeader(name) && !ConnectionHeaders.IsNominated(request.Headers, name) && request.Headers.TryGet(name, out var sent))
        {
            into.Add("Accept-Encoding"u8, sent);
            marks.Note(name, behavior.HeaderSource(name));
        }
    }

    private static void Append(HeaderList received, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, HeaderList into)
    {
        if (received.Joined(name) is { } list)
        {
            into.Add(name, Encoding.Latin1.GetBytes($"{list}, {Encoding.Latin1.GetString(value)}"));
        }
        else
        {
            into.Add(name, value);
        }
    }

    private static bool IsOneOf(ReadOnlySpan<byte> name, byte[][] names)
    {
        foreach (var candidate in names)
        {
            if (candidate.Length == name.Length && Ascii.EqualsIgnoreCase(candidate, name))
            {
                return true;
            }
        }

        return false;
    }
}
