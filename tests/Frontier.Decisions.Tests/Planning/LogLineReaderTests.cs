// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Decisions.Planning;
using FsCheck;
using FsCheck.Fluent;
using HttpVersion = Frontier.Protocols.Http.HttpVersion;

namespace Frontier.Decisions.Tests.Planning;

/// <summary>Lines of the standard log, version 1 (§29.1).</summary>
public sealed class LogLineReaderTests
{
    private const string Line = "2026-11-21\t15:00:01\tFRA50\t512\t203.0.113.7\tGET\td1.frontier.localhost\t/a%2520b\t200\thttps://r.example/\tMozilla/5.0%20(X11)\tx=1&y=%2525\ta=1;%20b=2\t"
        + "Miss\treq-1\twww.example.com\thttps\t300\t0.012\t198.51.100.1\tTLSv1.3\tTLS_AES_128_GCM_SHA256\tMiss\tHTTP/2.0\t-\t-\t4711\t0.010\tMiss\ttext/html\t20\t-\t-";

    [Fact]
    public void A_line_becomes_the_request_it_tells_of()
    {
        var request = new LogLineReader().Read(Line);

        Assert.Equal(
            new LoggedRequest
            {
                Method = "GET",
                Path = "/a%20b", // what the viewer had encoded stays so
                Query = "x=1&y=%25",
                Host = "www.example.com",
                Protocol = "https",
                Version = HttpVersion.Http2,
                Client = IPAddress.Parse("203.0.113.7"),
                ClientPort = 4711,
                UserAgent = "Mozilla/5.0 (X11)",
                Referer = "https://r.example/",
                ForwardedFor = "198.51.100.1",
                Cookie = "a=1; b=2",
                Status = 200,
                Result = "Miss",
            },
            request);
        Assert.Equal("https://www.example.com/a%20b?x=1&y=%25", request!.Url);
    }

    [Fact]
    public void A_line_of_fields_says_what_the_columns_are()
    {
        var reader = new LogLineReader();

        Assert.True(reader.TakeComment("#Version: 1.0"));
        Assert.True(reader.TakeComment("#Fields: sc-status cs-uri-stem cs-method"));
        Assert.True(reader.TakeComment(""));
        Assert.False(reader.TakeComment("404\t/x\tHEAD"));
        Assert.Equal((404, "/x", "HEAD", "http"), reader.Read("404\t/x\tHEAD") is var read ? (read!.Status, read.Path, read.Method, read.Protocol) : default);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /x HTTP/1.1")]
    [InlineData("a\tb\tc")]
    [InlineData("2026-11-21\t15:00:01\tFRA50\t512\t203.0.113.7\tGET\td1\tx\t200")]
    [InlineData("2026-11-21\t15:00:01\tFRA50\t512\t203.0.113.7\tGET\td1\t/x\tok")]
    public void What_is_no_line_of_such_a_log_is_no_request(string line) => Assert.Null(new LogLineReader().Read(line));

    [Fact]
    public void A_line_longer_than_any_is_no_request() => Assert.Null(new LogLineReader().Read(Line + new string('x', LogLineReader.LongestLine)));

    [Fact]
    public void Nothing_that_stands_in_a_log_makes_the_reader_throw() => Prop.ForAll<string?[]>(static fields =>
    {
        var reader = new LogLineReader();
        var line = string.Join('\t', fields.Select(static field => field ?? "%"));
        _ = reader.TakeComment(line) ? null : reader.Read(line);
        _ = reader.TakeComment("#Fields: " + line) ? reader.Read(line) : null;
    }).QuickCheckThrowOnFailure();
}
