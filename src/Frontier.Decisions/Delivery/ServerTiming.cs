// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Delivery;

/// <summary>How the cache took part in an answer, as Server-Timing tells it.</summary>
public enum CachePart
{
    Hit,

    /// <summary>Served after the origin said that it is still good.</summary>
    Refresh,

    Miss,
}

/// <summary>What asking the origin took. A connection that was there already costs nothing to resolve and to open.</summary>
public readonly record struct UpstreamTiming(TimeSpan Resolve, TimeSpan Connect, TimeSpan FirstByte);

/// <summary>What Server-Timing tells of one answer.</summary>
/// <param name="Upstream">Null when the origin was not asked for it.</param>
/// <param name="FirstByte">From the request to the head of the answer.</param>
/// <param name="Draw">A number from 0 up to 100, drawn anew for each answer: it is told when this lies under the sampling rate.</param>
public readonly record struct TimingFacts(CachePart Part, string Pop, string RequestId, UpstreamTiming? Upstream, TimeSpan FirstByte, double Draw);

/// <summary>The Server-Timing header of a response headers policy (§21.3).</summary>
public static class ServerTiming
{
    /// <summary>Every edge is the first and only layer that a viewer's request meets (§26).</summary>
    private const string Layer = "EDGE";

    /// <param name="percent">The sampling rate. A viewer that asks is told whatever it is.</param>
    public static void Apply(double percent, RequestHead request, HeaderList into, in TimingFacts facts)
    {
        if (facts.Draw >= percent && !IsAskedFor(request.Headers))
        {
            return;
        }

        var value = Describe(facts);
        if (facts.Part is CachePart.Miss && into.Joined("server-timing"u8) is { } origins)
        {
            value = $"{value},{origins}"; // on a hit the origin's says how it went for somebody else
        }

        into.Set("Server-Timing"u8, Encoding.Latin1.GetBytes(value));
    }

    private static bool IsAskedFor(HeaderList headers)
    {
        for (var i = headers.IndexOf("pragma"u8); i >= 0; i = headers.IndexOf("pragma"u8, i + 1))
        {
            var reader = new DirectiveReader(headers.Value(i));
            while (reader.MoveNext())
            {
                if (Ascii.EqualsIgnoreCase(reader.Name, "server-timing"u8))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static string Describe(in TimingFacts facts)
    {
        var metrics = new StringBuilder();
        if (facts.Upstream is { } upstream && facts.Part is not CachePart.Hit)
        {
            metrics.Append(facts.Part is CachePart.Miss ? $"cdn-upstream-layer;desc=\"{Layer}\"," : "");
            metrics.Append(CultureInfo.InvariantCulture, $"cdn-upstream-dns;dur={Milliseconds(upstream.Resolve)},cdn-upstream-connect;dur={Milliseconds(upstream.Connect)},");
            metrics.Append(CultureInfo.InvariantCulture, $"cdn-upstream-fbl;dur={Milliseconds(upstream.FirstByte)},");
        }

        metrics.Append(facts.Part switch
        {
            CachePart.Hit => "cdn-cache-hit",
            CachePart.Refresh => "cdn-cache-refresh",
            CachePart.Miss => "cdn-cache-miss",
        });
        metrics.Append(CultureInfo.InvariantCulture, $",cdn-pop;desc=\"{facts.Pop}\",cdn-rid;desc=\"{facts.RequestId}\"");
        metrics.Append(facts.Part is CachePart.Hit ? $",cdn-hit-layer;desc=\"{Layer}\"" : "");
        metrics.Append(CultureInfo.InvariantCulture, $",cdn-downstream-fbl;dur={Milliseconds(facts.FirstByte)}");
        return metrics.ToString();
    }

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;
}
