// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Protocols.FieldEncryption;
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
        var record = Records.Of("E1A2B3C4D5E6F7", "/a%20b?q=1");
        record.Request.SetHost("www.example.com"u8);
        record.Request.Version = HttpVersion.Http2;
        record.Request.IsHttps = true;
        record.Request.Headers.Add("Referer", "https://example.com/?x");
        record.Request.Headers.Add("User-Agent", "Agent/1.0 (x)");
        record.Request.Headers.Add("Cookie", "a=b");
        record.Request.Headers.Add("X-Forwarded-For", "10.0.0.1, 10.0.0.2");
        record.Request.Headers.Add("Cookie", "c=d");
        record.LogsCookies = true;
        record.EndedAt = record.StartedAt + TimeSpan.FromMilliseconds(2_345);
        record.TimeToFirstByte = TimeSpan.FromMilliseconds(12);
        record.ClientAddress = IPAddress.Parse("2001:db8::1");
        record.TlsProtocol = "TLSv1.3";
        record.TlsCipher = "TLS_AES_128_GCM_SHA256";
        record.DistributionDomain = "d1.frontier.localhost";
        record.Status = 206;
        record.BytesReceived = 321;
        record.BytesSent = 54_321;
        record.ResponseResult = ResultType.Miss;
        record.Result = ResultType.Error;
        record.Detail = ErrorDetail.ClientCommError;
        record.SetContentType("text/plain; charset=utf-8"u8);
        record.ContentLength = 100;
        record.RangeFirst = 0;
        record.RangeLast = 99;
        Assert.Equal(
            [
                "2026-08-07", "12:00:01", "LCL50-C1", "54321", "2001:db8::1", "GET", "d1.frontier.localhost", "/a%2520b", "206", "https://example.com/?x", "Agent/1.0%20(x)",
                "q=1", "a=b,%20c=d", "Error", record.RequestId, "www.example.com", "https", "321", "2.345", "10.0.0.1,%2010.0.0.2", "TLSv1.3", "TLS_AES_128_GCM_SHA256", "Miss",
                "HTTP/2.0", "-", "-", "50000", "0.012", "ClientCommError", "text/plain;%20charset=utf-8", "100", "0", "99",
            ],
            Fields(record));
    }

    [Fact]
    public void Field_level_encryption_has_its_word_and_its_count_DP_25_11()
    {
        var record = Records.OfBrowser();
        Assert.Equal(["-", "-"], Fields(record)[24..26]);
        (record.FieldEncryption, record.EncryptedFields) = (FieldEncryptionStatus.Processed, 3);
        Assert.Equal(["Processed", "3"], Fields(record)[24..26]);
        record.Reset();
        Assert.Equal((FieldEncryptionStatus.None, null), (record.FieldEncryption, record.EncryptedFields));
    }

    [Fact]
    public void What_is_empty_is_a_hyphen_and_a_viewer_that_left_early_has_status_000()
    {
        var record = Records.Of("E1");
        record.Status = 0;
        record.Request.Headers.Add("Cookie", "not=logged");
        record.Request.Headers.Add("Referer", "");
        record.Request.Headers.Add("X-Forwarded-For", "");
        var fields = Fields(record);
        Assert.Equal(33, fields.Length);
        Assert.Equal("000", fields[8]);
        Assert.All([6, 9, 10, 11, 12, 15, 19, 20, 21, 24, 25, 29, 30, 31, 32], index => Assert.Equal("-", fields[index]));
        Assert.Equal(("http", "Hit", "1.234"), (fields[16], fields[28], fields[18]));
    }

    /// <summary>§24: what signs a URL opens it to whoever reads it.</summary>
    [Fact]
    public void Signatures_are_left_out_wherever_a_viewer_may_have_put_them()
    {
        var record = Records.Of("E1", "/a?x=1&Expires=2&Signature=abc~&Key-Pair-Id=K&NoSignature=1&Signature=def");
        record.Request.SetQuery("x=1"u8, hasQuery: true);
        record.Request.Headers.Add("Referer", "https://www.example.com/page?Signature=abc&Key-Pair-Id=K#top");
        record.Request.Headers.Add("Cookie", "a=b; CloudFront-Signature=abc; CloudFront-Key-Pair-Id=K");
        record.Request.Headers.Add("Cookie", "CloudFront-Signature=def");
        record.LogsCookies = true;
        var fields = Fields(record);
        Assert.Equal("x=1&Expires=2&Signature=-&Key-Pair-Id=K&NoSignature=1&Signature=-", fields[11]);
        Assert.Equal("https://www.example.com/page?Signature=-&Key-Pair-Id=K%23top", fields[9]);
        Assert.Equal("a=b;%20CloudFront-Signature=-;%20CloudFront-Key-Pair-Id=K,%20CloudFront-Signature=-", fields[12]);
    }

    [Fact]
    public void The_path_is_the_one_received_and_not_the_default_root_object_DP_3_9()
    {
        var record = Records.Of("E1", "/?q");
        record.Request.SetPath("/index.html"u8);
        var fields = Fields(record);
        Assert.Equal(("/", "q"), (fields[7], fields[11]));
    }

    [Fact]
    public void Date_and_time_follow_the_records_also_backwards_and_over_midnight()
    {
        var line = new StandardLogLine();
        var midnight = new DateTimeOffset(2026, 8, 8, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(("2026-08-08", "00:00:00"), Time(midnight));
        Assert.Equal(("2026-08-07", "23:59:59"), Time(midnight.AddTicks(-1)));
        Assert.Equal(("2026-08-07", "23:59:59"), Time(midnight.AddMilliseconds(-1)));
        Assert.Equal(("2026-08-08", "00:00:00"), Time(midnight.AddMilliseconds(1).ToOffset(TimeSpan.FromHours(2))));

        (string, string) Time(DateTimeOffset endedAt)
        {
            var fields = Fields(Records.Of("E1", "/", endedAt), line);
            return (fields[0], fields[1]);
        }
    }

    [Theory]
    [InlineData(0, "0.000")]
    [InlineData(4_999, "0.000")]
    [InlineData(5_000, "0.001")]
    [InlineData(9_999_999, "1.000")]
    [InlineData(864_000_000_000, "86400.000")]
    [InlineData(-15_000_000, "-1.500")]
    public void Seconds_have_three_decimals(long ticks, string expected)
    {
        var record = Records.Of("E1");
        record.TimeToFirstByte = TimeSpan.FromTicks(ticks);
        Assert.Equal(expected, Fields(record)[27]);
    }

    [Fact]
    public void A_new_address_is_written_and_an_old_one_not_kept()
    {
        var record = Records.Of("E1");
        Assert.Equal("127.0.0.1", Fields(record)[4]);
        record.ClientAddress = IPAddress.Parse("fe80::1%3");
        Assert.Equal("fe80::1%253", Fields(record)[4]);
        record.ClientAddress = IPAddress.Parse("1.2.3.4");
        Assert.Equal("1.2.3.4", Fields(record)[4]);
    }

    [Fact]
    public void Each_detail_is_told_by_its_name_and_none_by_the_result()
    {
        var record = Records.Of("E1");
        record.Result = ResultType.Error;
        Assert.Equal("Error", Fields(record)[28]);
        Assert.All(Enum.GetValues<ErrorDetail>().Except([ErrorDetail.None]), detail =>
        {
            record.Detail = detail;
            Assert.Equal(detail.ToString(), Fields(record)[28]);
        });
    }

    [Fact]
    public void A_content_type_is_cut_at_its_bound()
    {
        var record = Records.Of("E1");
        record.SetContentType(Encoding.ASCII.GetBytes(new string('t', 300)));
        Assert.Equal(new string('t', RequestRecord.MaxContentTypeBytes), Fields(record)[29]);
    }

    [Fact]
    public void The_header_names_as_many_fields_as_a_line_has()
    {
        var lines = Encoding.ASCII.GetString(StandardLogLine.Header).Split('\n');
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
            var expected = isEncoded ? $"x%{value:X2}y" : $"x{(char)value}y";
            var record = Records.Of("E1", value == '?' ? "/" : $"x{(char)value}y");
            record.Request.Host = record.Request.PathText;
            var fields = Fields(record);
            Assert.Equal(value == '?' ? "/" : expected, fields[7]); // kept as bytes
            Assert.Equal(fields[7], fields[15]); // kept as text
        }
    }

    [Fact]
    public void Nothing_a_viewer_sends_breaks_a_line_or_its_fields() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), static bytes =>
        {
            var text = "/" + Encoding.Latin1.GetString(bytes ?? []);
            var record = Records.Of("E1", $"{text}?{text}");
            record.LogsCookies = true;
            record.Request.Host = text;
            record.Request.SetMethod(text);
            foreach (var name in new[] { "Referer", "User-Agent", "Cookie", "Cookie", "X-Forwarded-For" })
            {
                record.Request.Headers.Add(name, text);
            }

            record.SetContentType(bytes ?? []);
            return Fields(record).Length == 33;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_longest_head_of_bytes_that_take_three_each_fits_the_stated_bound()
    {
        var record = Records.Of("E1", "/" + new string('"', 8_190));
        record.Request.Headers.Add("User-Agent", new string('"', 24_500));
        record.SetContentType(Encoding.ASCII.GetBytes(new string('"', 300)));
        Assert.True(new StandardLogLine().TryWrite(record, new byte[StandardLogLine.MaxBytes], out var written));
        Assert.InRange(written, 3 * 32_600, StandardLogLine.MaxBytes);
    }

    [Fact]
    public void A_line_is_written_whole_or_refused_whatever_room_there_is()
    {
        var record = Records.OfBrowser();
        var line = new StandardLogLine();
        Assert.True(line.TryWrite(record, new byte[StandardLogLine.MaxBytes], out var length));
        for (var room = 0; room < length + 2; room++)
        {
            Assert.Equal(room >= length, line.TryWrite(record, new byte[room], out var written));
            Assert.True(written <= room);
        }
    }

    [Fact]
    public void A_line_allocates_nothing()
    {
        var record = Records.OfBrowser();
        record.Detail = ErrorDetail.ClientCommError;
        var line = new StandardLogLine();
        var destination = new byte[StandardLogLine.MaxBytes];
        Write(2); // what is made once is made
        var before = GC.GetAllocatedBytesForCurrentThread();
        Write(1_000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Write(int times)
        {
            for (var i = 0; i < times; i++)
            {
                record.EndedAt += TimeSpan.FromMilliseconds(250);
                line.TryWrite(record, destination, out _);
            }
        }
    }

    private static string[] Fields(RequestRecord record) => Fields(record, new StandardLogLine());

    private static string[] Fields(RequestRecord record, StandardLogLine line)
    {
        var bytes = new byte[StandardLogLine.MaxBytes];
        Assert.True(line.TryWrite(record, bytes, out var written));
        var text = Encoding.ASCII.GetString(bytes, 0, written);
        Assert.Equal(text.Length - 1, text.IndexOf('\n', StringComparison.Ordinal));
        return text[..^1].Split('\t');
    }
}
