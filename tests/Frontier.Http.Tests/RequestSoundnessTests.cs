// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Http.Tests;

/// <summary>What is let in can be written as one request of HTTP/1.1, whichever version it came by.</summary>
public sealed class RequestSoundnessTests
{
    [Theory]
    [InlineData("connection", "close", false)]
    [InlineData("Keep-Alive", "timeout=5", false)]
    [InlineData("proxy-connection", "keep-alive", false)]
    [InlineData("transfer-encoding", "chunked", false)]
    [InlineData("upgrade", "websocket", false)]
    [InlineData("te", "gzip", false)]
    [InlineData("te", "trailers, gzip", false)]
    [InlineData("te", "trailers", true)]
    [InlineData("x-a", " b", false)]
    [InlineData("x-a", "b\t", false)]
    [InlineData("x-a", "b c", true)]
    [InlineData("x-a", "", true)]
    [InlineData("upgrade-insecure-requests", "1", true)]
    public void In_HTTP_2_fields_of_connections_and_outer_space_are_malformed_RFC_9113_section_8_2(string name, string value, bool isSound)
    {
        Assert.Equal(isSound, RequestSoundness.IsSound(Request(HttpVersion.Http2, name, value)));
        Assert.True(RequestSoundness.IsSound(Request(HttpVersion.Http11, name, value)));
    }

    [Theory]
    [InlineData("", "b")]
    [InlineData("x a", "b")]
    [InlineData("x:", "b")]
    [InlineData("x\r\n", "b")]
    [InlineData("x", "b\r")]
    [InlineData("x", "b\nc")]
    [InlineData("x", "\0")]
    [InlineData("x", "\u007f")]
    public void A_field_that_is_no_line_is_refused_in_every_version(string name, string value) =>
        Assert.All([HttpVersion.Http10, HttpVersion.Http11, HttpVersion.Http2], version => Assert.False(RequestSoundness.IsSound(Request(version, name, value))));

    [Theory]
    [InlineData("b", true)]
    [InlineData("b\r\n\r\nGET / HTTP/1.1", false)]
    public void Trailers_are_judged_as_other_fields(string value, bool isSound) =>
        Assert.Equal(isSound, RequestSoundness.IsSound(Request(HttpVersion.Http2, "x-a", value).Headers, HttpVersion.Http2));

    [Fact]
    public void What_is_sound_takes_one_line_each_and_no_more() =>
        Prop.ForAll(Pieces.ToArbitrary(), Pieces.ToArbitrary(), Pieces.ToArbitrary(), static (target, name, value) =>
        {
            var request = Request(HttpVersion.Http2, name, value);
            request.SetTarget(Encoding.Latin1.GetBytes("/" + target));
            var text = $"GET /{target} HTTP/1.1\r\n{name}: {value}\r\n\r\n";
            return !RequestSoundness.IsSound(request)
                || (text.Count(static character => character is '\r' or '\n') == 6 && !text.Contains('\0', StringComparison.Ordinal) && text.Split("\r\n")[0].Split(' ').Length == 3 && !name.Contains(':', StringComparison.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    private static Gen<string> Pieces => Gen.ListOf(Gen.Frequency((6, Gen.Elements("a", "b", "-", "%0a")), (1, Gen.Elements("\r", "\n", "\0", " ", ":", "\t", "\u0085", "#")))).Select(static list => string.Concat(list));

    private static RequestHead Request(HttpVersion version, string name, string value)
    {
        var request = new RequestHead { Version = version };
        request.SetMethod("GET");
        request.SetTarget("/a"u8);
        request.Headers.Add("Host", "a.example");
        request.Headers.Add(name, value);
        return request;
    }
}
