// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Text;
using HttpVersion = Frontier.Protocols.Http.HttpVersion;

namespace Frontier.Decisions.Planning;

/// <summary>
/// Reads lines of the standard log, version 1 (§29.1), as Frontier and CloudFront write it. The fields are those of the usual
/// order, or what the last <c>#Fields:</c> line says. Not thread-safe.
/// </summary>
public sealed class LogLineReader
{
    /// <summary>No line of ours is longer (§29.1); a longer one is no request.</summary>
    public const int LongestLine = 128 * 1024;

    private const string FieldsMark = "#Fields:";

    private static readonly string[] Usual =
    [
        "date", "time", "x-edge-location", "sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status", "cs(Referer)", "cs(User-Agent)", "cs-uri-query", "cs(Cookie)",
        "x-edge-result-type", "x-edge-request-id", "x-host-header", "cs-protocol", "cs-bytes", "time-taken", "x-forwarded-for", "ssl-protocol", "ssl-cipher", "x-edge-response-result-type",
        "cs-protocol-version", "fle-status", "fle-encrypted-fields", "c-port", "time-to-first-byte", "x-edge-detailed-result-type", "sc-content-type", "sc-content-len", "sc-range-start",
        "sc-range-end",
    ];

    private Dictionary<string, int> _columns = Columns(Usual);

    /// <summary>Takes note of a line that is about the log itself. True when it was one, or an empty one.</summary>
    public bool TakeComment(string line)
    {
        if (line.StartsWith(FieldsMark, StringComparison.Ordinal))
        {
            _columns = Columns(line[FieldsMark.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        }

        return line.Length == 0 || line[0] == '#';
    }

    /// <summary>The request of a line; null for what is no line of such a log.</summary>
    public LoggedRequest? Read(string line)
    {
        if (line.Length > LongestLine)
        {
            return null;
        }

        var fields = line.TrimEnd('\r').Split('\t');
        string? Field(string name) => _columns.TryGetValue(name, out var column) && column < fields.Length && fields[column] is not "-" and var text ? Decode(text) : null;

        if (Field("cs-method") is not { } method || Field("cs-uri-stem") is not ['/', ..] and not "*" || !int.TryParse(Field("sc-status"), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            return null;
        }

        return new LoggedRequest
        {
            Method = method,
            Path = Field("cs-uri-stem")!,
            Query = Field("cs-uri-query"),
            Host = Field("x-host-header") ?? Field("cs(Host)") ?? "",
            Protocol = Field("cs-protocol") ?? "http",
            Version = Field("cs-protocol-version") switch { "HTTP/1.0" => HttpVersion.Http10, "HTTP/2.0" => HttpVersion.Http2, "HTTP/3.0" => HttpVersion.Http3, _ => HttpVersion.Http11 },
            Client = IPAddress.TryParse(Field("c-ip"), out var address) ? address : IPAddress.None,
            ClientPort = int.TryParse(Field("c-port"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : 0,
            UserAgent = Field("cs(User-Agent)"),
            Referer = Field("cs(Referer)"),
            ForwardedFor = Field("x-forwarded-for"),
            Cookie = Field("cs(Cookie)"),
            Status = status,
            Result = Field("x-edge-result-type") ?? "",
        };
    }

    private static Dictionary<string, int> Columns(string[] names) => names.Index().DistinctBy(static name => name.Item).ToDictionary(static name => name.Item, static name => name.Index, StringComparer.Ordinal);

    /// <summary>Undoes what the log encodes once; what a viewer had encoded itself stays so.</summary>
    private static string Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                decoded.Append((char)value);
                i += 2;
            }
            else
            {
                decoded.Append(text[i]);
            }
        }

        return decoded.ToString();
    }
}
