// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Contracts;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Keys;

/// <summary>
/// Builds the cache key of a request (§6): <c>distribution \0 target \0 variant</c>. The target is the path, with the query
/// when the policy takes it; the variant is one line for everything else in the key. Getting this wrong is cache poisoning:
/// no part can imitate another, because NUL and line feed stand in no request that was let in.
/// What is not named here is not in it: neither the viewer's protocol (DP-4.8) nor the response headers policy (DP-6.9), nor the origin,
/// so that objects outlive a change of origin (DP-6.12).
/// </summary>
public static class CacheKey
{
    /// <summary>Appends the key. Allocates only when the policy takes cookies or a selection of parameters.</summary>
    public static void Write(RequestHead request, DistributionModel distribution, BehaviorModel behavior, ViewerFacts viewer, IBufferWriter<byte> into) =>
        Write(request, distribution, behavior, viewer, into, default(NoKeyMarks));

    /// <summary>The same walk, with a mark before each part.</summary>
    public static void Write<TMarks>(RequestHead request, DistributionModel distribution, BehaviorModel behavior, ViewerFacts viewer, IBufferWriter<byte> into, TMarks marks)
        where TMarks : IKeyMarks
    {
        var policy = behavior.CachePolicy;
        marks.Begin(KeyPart.Distribution, default);
        into.Write(distribution.Partition.AsSpan());
        into.Write("\0"u8);
        marks.Begin(KeyPart.Path, default);
        into.Write(request.Path);
        WriteQuery(request, policy, into, marks);
        into.Write("\0"u8);
        if (request.Method is RequestMethod.Options)
        {
            marks.Begin(KeyPart.Method, default);
            into.Write("method:OPTIONS\n"u8); // DP-4.7: OPTIONS has a key of its own, GET and HEAD share one
        }

        WriteAcceptEncoding(request, policy, into, marks);
        foreach (var name in policy.Headers.Names)
        {
            WriteHeader(request, name, viewer, into, marks);
        }

        if (!policy.Cookies.TakesNothing)
        {
            foreach (var pair in CookiePairs.Select(request.Headers, behavior.TakesCookieInKey))
            {
                marks.Begin(KeyPart.Cookie, CookiePairs.Name(pair));
                WriteLine("cookie:"u8, pair, into);
            }
        }
    }

    private static void WriteQuery<TMarks>(RequestHead request, CachePolicyModel policy, IBufferWriter<byte> into, TMarks marks)
        where TMarks : IKeyMarks
    {
        marks.Begin(KeyPart.Query, default);
        switch (policy.QueryStrings.Selection)
        {
            case Selection.None:
                return;
            case Selection.All when request.HasQuery:
                into.Write("?"u8);
                into.Write(request.Query);
                return;
            case Selection.Whitelist or Selection.AllExcept when request.HasQuery:
                QueryParameters.Write(request.Query, policy.QueryStrings.Taking, into);
                return;
        }
    }

    private static void WriteAcceptEncoding<TMarks>(RequestHead request, CachePolicyModel policy, IBufferWriter<byte> into, TMarks marks)
        where TMarks : IKeyMarks
    {
        var encodings = AcceptEncodingNormalization.Decide(request, policy).KeyValue;
        if (!encodings.IsEmpty)
        {
            marks.Begin(KeyPart.Encoding, default);
            WriteLine("encoding:"u8, encodings, into);
        }
    }

    /// <summary>DP-6.5: the value byte for byte; a missing header leaves no line, so it differs from an empty one.</summary>
    private static void WriteHeader<TMarks>(RequestHead request, byte[] name, ViewerFacts viewer, IBufferWriter<byte> into, TMarks marks)
        where TMarks : IKeyMarks
    {
        if (ViewerHeaders.IsOurs(name))
        {
            if (ViewerHeaders.Value(name, request, viewer) is { } computed)
            {
                marks.Begin(KeyPart.Computed, name);
                WriteLine([.. name, (byte)':'], System.Text.Encoding.Latin1.GetBytes(computed), into); // DP-6.7
            }

            return;
        }

        // A header that the viewer ties to its connection never reaches the origin (RFC 9110, section 7.6.1). In the key it
        // would file the answer to a request without the header under a request with it.
        // Host is the exception: it is forwarded whatever the viewer says of it.
        if (ConnectionHeaders.IsNominated(request.Headers, name) && !System.Text.Ascii.EqualsIgnoreCase(name, "host"u8))
        {
            marks.LeaveOut(name);
            return;
        }

        for (var i = request.Headers.IndexOf(name); i >= 0; i = request.Headers.IndexOf(name, i + 1))
        {
            marks.Begin(KeyPart.Header, name);
            into.Write("header:"u8);
            into.Write(name);
            WriteLine(":"u8, request.Headers.Value(i), into);
        }
    }

    private static void WriteLine(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> value, IBufferWriter<byte> into)
    {
        into.Write(prefix);
        into.Write(value);
        into.Write("\n"u8);
    }
}
