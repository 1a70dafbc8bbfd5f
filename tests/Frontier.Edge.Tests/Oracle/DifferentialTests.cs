// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Oracle;

/// <summary>
/// The same requests, byte for byte, to an edge on our own server and to its doubles: one without the straight path for hits,
/// which must answer with the same bytes, and one on Kestrel, which must give the same answers.
/// </summary>
public sealed partial class DifferentialTests
{
    private const string Host = "Host: " + TestEdge.Host + "\r\n";

    /// <summary>What is stored before they are sent.</summary>
    private static readonly string[] Stored = ["/plain", "/", "/large", "/empty", "/moved", "/missing", "/dated", "/text", "/chunked", "/policy/a", "/timed/a"];

    /// <summary>Each is sent on a connection of its own.</summary>
    private static readonly string[] Requests =
    [
        "GET /plain HTTP/1.1\r\n" + Host,
        "HEAD /plain HTTP/1.1\r\n" + Host,
        "GET /plain?with=query HTTP/1.1\r\n" + Host,
        "GET /plain HTTP/1.1\r\n" + Host + "Range: bytes=2-4\r\n",
        "GET /plain HTTP/1.1\r\n" + Host + "Range: bytes=0-1,3-4\r\n",
        "GET /plain HTTP/1.1\r\n" + Host + "Range: bytes=900-\r\n",
        "GET /plain HTTP/1.1\r\n" + Host + "If-None-Match: \"v1\"\r\n",
        "GET /plain HTTP/1.1\r\n" + Host + "If-Match: \"other\"\r\n",
        "GET /plain HTTP/1.1\r\n" + Host + "If-Modified-Since: Fri, 01 Jan 2038 00:00:00 GMT\r\n",
        "GET /plain HTTP/1.1\r\n" + Host + "Origin: https://a.example.org\r\n",
        "GET /plain HTTP/1.1\r\n" + Host + "Cache-Control: no-cache\r\n",
        "GET /plain HTTP/1.1\r\n" + Host + "Cookie: a=b\r\nUser-Agent: test\r\nReferer: https://b.example/\r\n",
        "GET http://" + TestEdge.Host + "/plain HTTP/1.1\r\n" + Host,
        "GET / HTTP/1.1\r\n" + Host,
        "GET /?q HTTP/1.1\r\n" + Host,
        "GET /large HTTP/1.1\r\n" + Host,
        "HEAD /large HTTP/1.1\r\n" + Host,
        "GET /large HTTP/1.1\r\n" + Host + "Range: bytes=-100000\r\n",
        "GET /empty HTTP/1.1\r\n" + Host,
        "GET /moved HTTP/1.1\r\n" + Host,
        "GET /missing HTTP/1.1\r\n" + Host,
        "GET /once HTTP/1.1\r\n" + Host,
        "HEAD /twice HTTP/1.1\r\n" + Host,
        "GET /nothing HTTP/1.1\r\n" + Host,
        "GET /dated HTTP/1.1\r\n" + Host,
        "GET /text HTTP/1.1\r\n" + Host + "Accept-Encoding: gzip\r\n",
        "GET /text HTTP/1.1\r\n" + Host,
        "GET /chunked HTTP/1.1\r\n" + Host,
        "GET /private HTTP/1.1\r\n" + Host,
        "GET /policy/a HTTP/1.1\r\n" + Host,
        "GET /policy/a HTTP/1.1\r\n" + Host + "Origin: https://a.example.org\r\n",
        "HEAD /policy/a HTTP/1.1\r\n" + Host,
        "GET /timed/a HTTP/1.1\r\n" + Host,
        "GET /uncached/a HTTP/1.1\r\n" + Host,
        "POST /plain HTTP/1.1\r\n" + Host + "Content-Length: 3\r\n\r\nabc",
        "OPTIONS /plain HTTP/1.1\r\n" + Host,
        "GET /plain HTTP/1.1\r\n" + Host + "Content-Length: 3\r\n\r\nabc",
        "BREW /plain HTTP/1.1\r\n" + Host,
        "GET /plain HTTP/1.1\r\nHost: nobody.example\r\n",
        "GET /plain HTTP/1.1\r\n" + Host + "CDN-Loop: CloudFront\r\nCDN-Loop: CloudFront\r\n",
        "GET /plain HTTP/1.1\r\n" + Host + "X: " + "y".PadRight(40_000, 'y') + "\r\n",
        "GET /" + "y".PadRight(9_000, 'y') + " HTTP/1.1\r\n" + Host,
        "GET /a#b HTTP/1.1\r\n" + Host,
    ];

    [Fact]
    public async Task The_straight_path_changes_no_byte_of_any_answer()
    {
        await using var with = await StartAsync();
        await using var without = await StartAsync(isStraight: false);
        foreach (var request in Requests)
        {
            Assert.Equal(Sorted(await SendAsync(without, request)), Sorted(await SendAsync(with, request)));
        }
    }

    [Fact]
    public async Task Our_server_gives_the_answers_that_Kestrel_gives()
    {
        await using var ours = await StartAsync();
        await using var kestrels = await StartAsync(onKestrel: true);
        foreach (var request in Requests)
        {
            Assert.Equal(Normal(await SendAsync(kestrels, request)), Normal(await SendAsync(ours, request)));
        }
    }

    private static async Task<TestEdge> StartAsync(bool isStraight = true, bool onKestrel = false)
    {
        var edge = await TestEdge.StartAsync(
            static distribution => distribution with
            {
                DefaultRootObject = "index.html",
                Behaviors =
                [
                    TestEdge.Behavior("/policy/*") with { ResponseHeadersPolicyId = TestPolicies.EveryHeader },
                    TestEdge.Behavior("/timed/*") with { ResponseHeadersPolicyId = TestPolicies.TimingAlways },
                    TestEdge.Behavior("/uncached/*") with { CachePolicyId = TestEdge.CachingDisabled },
                ],
                DefaultBehavior = distribution.DefaultBehavior with { Compress = true },
            },
            options => options with { StraightPath = isStraight },
            onKestrel);
        edge.Origin.On("/plain").Reply(200, "hello", ("Cache-Control", "max-age=60"), ("ETag", "\"v1\""), ("Content-Type", "text/plain"), ("X-Own", "a"), ("X-Own", "b"));
        edge.Origin.On("/index.html").Reply(200, "<html>", ("Cache-Control", "max-age=60"));
        edge.Origin.On("/large").Reply(200, new string('x', 300_000), ("Cache-Control", "max-age=60"));
        edge.Origin.On("/empty").Reply(200, "", ("Cache-Control", "max-age=60"));
        edge.Origin.On("/moved").Reply(301, "", ("Location", "/plain"), ("Cache-Control", "max-age=60"));
        edge.Origin.On("/missing").Reply(404, "gone", ("Cache-Control", "max-age=60"));
        edge.Origin.On("/nothing").Reply(204, "", ("Cache-Control", "max-age=60"));
        edge.Origin.On("/dated").Reply(200, "dated", ("Date", "Fri, 07 Aug 2026 11:59:00 GMT"), ("Age", "30"), ("Cache-Control", "max-age=60"));
        edge.Origin.On("/text").Reply(200, new string('t', 5_000), ("Content-Type", "text/plain"), ("Cache-Control", "max-age=60"));
        edge.Origin.On("/chunked").Reply(new ScriptedReply { Body = new byte[50_000], Framing = ScriptedFraming.Chunked });
        edge.Origin.On("/private").Reply(200, "mine", ("Cache-Control", "private"));
        edge.Origin.On("/policy/a").Reply(200, "policy", ("Cache-Control", "max-age=60"));
        edge.Origin.On("/timed/a").Reply(200, "timed", ("Cache-Control", "max-age=60"));
        edge.Origin.On("/uncached/a").Reply(200, "uncached");
        edge.Origin.On("/once").Reply(200, "once", ("Cache-Control", "max-age=60"));
        edge.Origin.On("/twice").Reply(200, "twice", ("Cache-Control", "max-age=60"));
        foreach (var path in Stored)
        {
            await Eventually.IsTrueAsync(async () => (await edge.GetAsync(path)).Header("Age") is not null);
        }

        await Eventually.IsTrueAsync(async () => (await edge.GetAsync("/text", ("Accept-Encoding", "gzip"))).Header("Age") is not null);
        return edge;
    }

    private static async Task<string> SendAsync(TestEdge edge, string request)
    {
        using var viewer = await edge.ConnectAsync();
        var head = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        await viewer.SendAsync(head < 0 ? $"{request}Connection: close\r\n\r\n" : request.Insert(head + 2, "Connection: close\r\n"));
        return await viewer.ReadToEndAsync();
    }

    /// <summary>Without what is no two times the same.</summary>
    private static string Stable(string answer) => Unstable.Replace(answer, "$1: …");

    private static string Sorted(string answer) => Arrange(Stable(answer), static _ => true);

    /// <summary>And without what a server is free in: the reason phrase, chunks, and the fields of the connection.</summary>
    private static string Normal(string answer)
    {
        var text = Stable(answer);
        var isChunked = text.Contains("Transfer-Encoding: chunked\r\n", StringComparison.Ordinal);
        var arranged = Arrange(text, static line => !line.StartsWith("Connection:", StringComparison.Ordinal) && !line.StartsWith("Transfer-Encoding:", StringComparison.Ordinal) && !line.StartsWith("Date:", StringComparison.Ordinal));
        var end = arranged.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var firstLine = arranged.IndexOf("\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return arranged;
        }

        var body = arranged[(end + 4)..];
        return arranged[..Math.Min(12, firstLine)] + arranged[firstLine..(end + 4)] + (isChunked ? Unchunked(body) : body);
    }

    /// <summary>The fields in alphabetical order: their order among each other means nothing.</summary>
    private static string Arrange(string answer, Func<string, bool> keeps)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return answer;
        }

        var lines = answer[..end].Split("\r\n");
        return string.Join("\r\n", lines.Skip(1).Where(keeps).Order(StringComparer.OrdinalIgnoreCase).Prepend(lines[0])) + answer[end..];
    }

    private static string Unchunked(string body)
    {
        var whole = new StringBuilder();
        for (var at = 0; ;)
        {
            var lineEnd = body.IndexOf("\r\n", at, StringComparison.Ordinal);
            var size = int.Parse(body.AsSpan(at, lineEnd - at), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                return whole.ToString();
            }

            whole.Append(body, lineEnd + 2, size);
            at = lineEnd + 2 + size + 2;
        }
    }

    [GeneratedRegex(@"^(X-Amz-Cf-Id|Via|Server-Timing|Date): [^\r]*|(?<=ID: )[\w\-=]+|(?<=boundary=|--)[0-9a-f]{24}", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Unstable { get; }
}
