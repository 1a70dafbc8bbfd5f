// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Usage.AccessLogs;

/// <summary>One line of CloudFront's standard log, version 1: 33 tab-separated fields (§29.1).</summary>
public static class StandardLogLine
{
    public const string Header =
        "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) "
        + "x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type "
        + "cs-protocol-version fle-status fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end\n";

    /// <summary>Appends the line with its line feed.</summary>
    public static void Append(RequestRecord record, StringBuilder line)
    {
        var ended = record.EndedAt.UtcDateTime;
        line.Append(ended.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Field(line, ended.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        Field(line, record.Pop);
        Number(line, record.BytesSent);
        Field(line, record.ClientAddress.ToString());
        Field(line, record.Method);
        Field(line, record.DistributionDomain);
        Field(line, record.Path);
        Field(line, record.Status.ToString("D3", CultureInfo.InvariantCulture));
        Field(line, record.Referer);
        Field(line, record.UserAgent);
        Field(line, record.Query);
        Field(line, record.Cookie);
        Field(line, record.Result.LogName);
        Field(line, record.RequestId);
        Field(line, record.Host);
        Field(line, record.Carries.LogName(record.IsHttps));
        Number(line, record.BytesReceived);
        Seconds(line, record.TimeTaken);
        Field(line, record.ForwardedFor);
        Field(line, record.TlsProtocol);
        Field(line, record.TlsCipher);
        Field(line, record.ResponseResult.LogName);
        Field(line, $"HTTP/{record.Version.Number}");
        Field(line, null); // fle-status: field-level encryption is not offered
        Field(line, null); // fle-encrypted-fields
        Number(line, record.ClientPort);
        Seconds(line, record.TimeToFirstByte);
        Field(line, record.Detail is ErrorDetail.None ? record.Result.LogName : record.Detail.ToString());
        Field(line, record.ContentType);
        Number(line, record.ContentLength);
        Number(line, record.RangeFirst);
        Number(line, record.RangeLast);
        line.Append('\n');
    }

    private static void Field(StringBuilder line, string? value)
    {
        line.Append('\t');
        if (string.IsNullOrEmpty(value))
        {
            line.Append('-');
            return;
        }

        foreach (var character in value)
        {
            if (character <= 32 || character >= 127 || "<>\"#%{}|\\^~[]`'".Contains(character, StringComparison.Ordinal))
            {
                line.Append('%').Append(((int)character & 0xFF).ToString("X2", CultureInfo.InvariantCulture));
            }
            else
            {
                line.Append(character);
            }
        }
    }

    private static void Number(StringBuilder line, long? value) => Field(line, value?.ToString(CultureInfo.InvariantCulture));

    private static void Seconds(StringBuilder line, TimeSpan value) => Field(line, value.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture));
}
