// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Protocols.FieldEncryption;
using Frontier.Protocols.Http;

namespace Frontier.Usage.AccessLogs;

/// <summary>
/// Writes lines of CloudFront's standard log, version 1: 33 tab-separated fields (§29.1). Used by one thread at a time, since it
/// remembers the second it wrote last. Benchmark: <c>log-line</c>.
/// </summary>
public sealed class StandardLogLine
{
    /// <summary>
    /// No line is longer. What a viewer says of itself is in a head of at most 32 KiB (§5), each byte of which may take three;
    /// what the edge adds, the answer's content type included, is far less than 4 KiB.
    /// </summary>
    public const int MaxBytes = (3 * 32_768) + 4_096;

    private const string TimeFormat = "yyyy-MM-dd\tHH:mm:ss";

    private readonly byte[] _time = new byte[TimeFormat.Length];
    private long _second = -1;

    public static ReadOnlySpan<byte> Header =>
        "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) "u8
        + "x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type "u8
        + "cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end\n"u8;

    /// <summary>Writes the line with its line feed and allocates nothing. False when it does not fit; the destination then holds a part of it.</summary>
    public bool TryWrite(RequestRecord record, Span<byte> destination, out int written)
    {
        var line = new LogFieldWriter(destination);
        var request = record.Request;
        var fields = LoggedFields.Of(request.Headers);
        line.Raw(Time(record.EndedAt.UtcTicks));
        line.Field(record.Pop);
        line.Number(record.BytesSent);
        line.Field(record.ClientAddressText);
        line.Field(request.MethodToken);
        line.Field(record.DistributionDomain);
        line.Field(request.ReceivedPath);
        line.Status(record.Status);
        line.Url(fields.Referer < 0 ? default : request.Headers.Value(fields.Referer));
        line.Field(request.Headers, fields.UserAgent);
        line.Url(request.ReceivedQuery);
        line.Cookies(request.Headers, record.LogsCookies ? fields.Cookie : -1);
        line.Plain(record.Result.LogName);
        line.Plain(record.RequestIdBytes);
        line.Field(request.Host);
        line.Plain(record.Carries.LogName(request.IsHttps));
        line.Number(record.BytesReceived);
        line.Seconds(record.TimeTaken);
        line.List(request.Headers, fields.ForwardedFor);
        line.Plain(record.TlsProtocol);
        line.Plain(record.TlsCipher);
        line.Plain(record.ResponseResult.LogName);
        line.Plain(Protocol(request.Version));
        line.Plain(record.FieldEncryption.LogName);
        line.Number(record.EncryptedFields);
        line.Number(record.ClientPort);
        line.Seconds(record.TimeToFirstByte);
        line.Plain(record.Detail is ErrorDetail.None ? record.Result.LogName : record.Detail.LogName);
        line.Field(record.ContentType);
        line.Number(record.ContentLength);
        line.Number(record.RangeFirst);
        line.Number(record.RangeLast);
        line.Raw("\n"u8);
        written = line.Length;
        return !line.IsFull;
    }

    private static ReadOnlySpan<byte> Protocol(HttpVersion version) => version switch
    {
        HttpVersion.Http10 => "HTTP/1.0"u8,
        HttpVersion.Http11 => "HTTP/1.1"u8,
        HttpVersion.Http2 => "HTTP/2.0"u8,
        HttpVersion.Http3 => "HTTP/3.0"u8,
    };

    /// <summary>Date and time, which change once a second.</summary>
    private ReadOnlySpan<byte> Time(long ticks)
    {
        var second = ticks / TimeSpan.TicksPerSecond;
        if (second != _second)
        {
            new DateTime(ticks, DateTimeKind.Utc).TryFormat(_time, out _, TimeFormat, CultureInfo.InvariantCulture);
            _second = second;
        }

        return _time;
    }
}
