// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Delivery;
using Frontier.Decisions.Keys;

namespace Frontier.Decisions.Tests.Delivery;

/// <summary>DP-19.5: what the request for a custom error page is made of.</summary>
public sealed class ErrorPageRequestTests
{
    [Fact]
    public void Conditions_ranges_and_what_describes_a_body_stay_behind_DP_19_5()
    {
        var into = Sample.Headers();
        ErrorPageRequest.CopyHeaders(
            Sample.Headers(
                "Host: h", "Range: bytes=0-1", "If-Range: x", "If-Match: x", "If-None-Match: x", "If-Modified-Since: x", "If-Unmodified-Since: x", "content-type: x", "Content-Length: 1",
                "Content-Encoding: gzip", "Transfer-Encoding: chunked", "Expect: 100-continue", "Accept-Encoding: br", "Cookie: a=b", "Accept-Language: de"),
            into);

        Assert.Equal(["Host: h", "Accept-Encoding: br", "Cookie: a=b", "Accept-Language: de"], Sample.Lines(into));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a=b")]
    public void The_origin_can_be_told_what_failed_section_10_3(string? query)
    {
        var viewer = Sample.Viewer with { FailedPath = "/missing", FailedQuery = query };

        Assert.Equal("/missing", ViewerHeaders.Value("CloudFront-Error-Uri"u8, Sample.Request(), viewer));
        Assert.Equal(query, ViewerHeaders.Value("cloudfront-error-args"u8, Sample.Request(), viewer));
        Assert.Null(ViewerHeaders.Value("CloudFront-Error-Uri"u8, Sample.Request(), Sample.Viewer)); // no page is asked for
    }
}
