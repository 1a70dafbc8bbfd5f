// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Usage.AccessLogs;
using FsCheck;
using FsCheck.Fluent;
using HttpVersion = Frontier.Protocols.Http.HttpVersion;

namespace Frontier.Usage.Tests.AccessLogs;

/// <summary>§29.1: 33 fields in their order, encoded.</summary>
public sealed class StandardLogLineTests
{
    [Fact]
    public void A_line_has_all_33_fields_in_order()
    {
        var record = new RequestRecord
        {
            RequestId = "id==",
            StartedAt = Records.Noon,
            EndedAt = Records.Noon + TimeSpan.FromMilliseconds(2_345),
            TimeToFirstByte = TimeSpan.FromMilliseconds(12),
            Pop = "LCL50-C1",
            ClientAddress = IPAddress.Parse("2001:db8::1"),
            ClientPort = 50_000,
            Method = "GET",
            Path = "/a%20b",
            Query = "q=1",
            Host = "www.example.com",
            Version = HttpVersion.Http2,
            IsHttps = true,
            TlsProtocol = "TLSv1.3",
            TlsCipher = "TLS_AES_128_GCM_SHA256",
            Referer = "https://example.com/?x",
            UserAgent = "Agent/1.0 (x)",
            Cookie = "a=b; c=d",
            ForwardedFor = "10.0.0.1, 10.0.0.2",
            DistributionId = "E1A2B3C4D5E6F7",
            DistributionDomain = "d1.frontier.localhost",
            Status = 206,
            BytesReceived = 321,
            BytesSent = 54_321,
            ResponseResult = ResultType.Miss,
            Result = ResultType.Error,
            Detail = ErrorDetail.ClientCommError,
            ContentType = "text/plain; charset=utf-8",
            ContentLength = 100,
            RangeFirst = 0,
            RangeLast = 99,
        };
        Assert.Equal(
            [
                "2026-08-07", "12:00:02", "LCL50-C1", "54321", "2001:db8::1", "GET", "d1.frontier.localhost", "/a%2520b", "206", "https://example.com/?x", "Agent/1.0%20(x)",
                "q=1", "a=b;%20c=d", "Error", "id==", "www.example.com", "https", "321", "2.345", "10.0.0.1,%2010.0.0.2", "TLSv1.3", "TLS_AES_128_GCM_SHA256", "Miss",
                "HTTP/2.0", "-", "-", "50000", "0.012", "ClientCommError", "text/plain;%20charset=utf-8", "100", "0", "99",
            ],
            Fields(record));
    }

    [Fact]
    public void What_is_empty_is_a_hyphen_and_a_viewer_that_left_early_has_status_000()
    {
        var record = Records.Of("E1");
        record.Status = 0;
        var fields = Fields(record);
        Assert.Equal(33, fields.Length);
        Assert.Equal("000", fields[8]);
        Assert.All([6, 9, 10, 11, 12, 15, 19, 20, 21, 24, 25, 29, 30, 31, 32], index => Assert.Equal("-", fields[index]));
        Assert.Equal(("http", "Hit", "1.234"), (fields[16], fields[28], fields[18]));
    }

    [Fact]
    public void The_header_names_as_many_fields_as_a_line_has()
    {
        var lines = StandardLogLine.Header.Split('\n');
        Assert.Equal("#Version: 1.0", lines[0]);
        Assert.Equal(33, lines[1]["#Fields: ".Length..].Split(' ').Length);
        Assert.Equal("", lines[2]);
    }

    [Fact]
    public void Exactly_the_listed_bytes_are_encoded()
    {
        for (var value = 1; value < 256; value++)
        {
            var isEncoded = value <= 32 || value >= 127 || "<>\"#%{}|\\^~[]`'".Contains((char)value, StringComparison.Ordinal);
            Assert.Equal(isEncoded ? $"x%{value:X2}" : $"x{(char)value}", Fields(Records.Of("E1", $"x{(char)value}"))[7]);
        }
    }

    [Fact]
    public void Nothing_a_viewer_sends_breaks_a_line_or_its_fields() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), static bytes =>
        {
            var record = Records.Of("E1", "/" + Encoding.Latin1.GetString(bytes ?? []));
            record.Query = record.UserAgent = record.Referer = record.Cookie = record.Host = record.Method = record.Path;
            return Fields(record).Length == 33;
        }).QuickCheckThrowOnFailure();

    private static string[] Fields(RequestRecord record)
    {
        var line = new StringBuilder();
        StandardLogLine.Append(record, line);
        var text = line.ToString();
        Assert.Equal(text.Length - 1, text.IndexOf('\n', StringComparison.Ordinal));
        return text[..^1].Split('\t');
    }
}
