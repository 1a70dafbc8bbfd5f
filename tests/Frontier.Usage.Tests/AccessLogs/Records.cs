// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Protocols.Http;
using HttpVersion = Frontier.Protocols.Http.HttpVersion;

namespace Frontier.Usage.Tests.AccessLogs;

/// <summary>Records as tests need them.</summary>
internal static class Records
{
    public static readonly DateTimeOffset Noon = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);

    /// <param name="target">Path, and query where there is one; one byte a character.</param>
    public static RequestRecord Of(string distributionId, string target = "/a", DateTimeOffset? endedAt = null)
    {
        var request = new RequestHead();
        request.SetTarget(Encoding.Latin1.GetBytes(target));
        var record = new RequestRecord
        {
            Request = request,
            StartedAt = (endedAt ?? Noon) - TimeSpan.FromMilliseconds(1_234),
            EndedAt = endedAt ?? Noon,
            Pop = "LCL50-C1",
            ClientAddress = IPAddress.Loopback,
            ClientPort = 50_000,
            DistributionId = distributionId,
            Status = 200,
        };
        record.NewRequestId();
        return record;
    }

    /// <summary>As a browser asks, with everything answered that can be: the most that a usual line has.</summary>
    public static RequestRecord OfBrowser()
    {
        var record = Of("E1A2B3C4D5E6F7", "/images/2026/08/hero.webp?width=1280&dpr=2");
        record.Request.SetHost("www.example.com"u8);
        record.Request.IsHttps = true;
        record.Request.Version = HttpVersion.Http2;
        record.Request.Headers.Add("host", "www.example.com");
        record.Request.Headers.Add("user-agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36");
        record.Request.Headers.Add("referer", "https://www.example.com/");
        record.Request.Headers.Add("cookie", "session=0123456789abcdef; theme=dark");
        record.Request.Headers.Add("x-forwarded-for", "192.0.2.1");
        record.Request.Headers.Add("x-forwarded-for", "198.51.100.7");
        record.LogsCookies = true;
        record.DistributionDomain = "d111111abcdef8.frontier.localhost";
        record.TlsProtocol = "TLSv1.3";
        record.TlsCipher = "TLS_AES_128_GCM_SHA256";
        record.TimeToFirstByte = TimeSpan.FromMicroseconds(420);
        record.BytesReceived = 612;
        record.BytesSent = 12_345;
        record.ContentLength = 12_000;
        record.SetContentType("image/webp"u8);
        return record;
    }
}
