// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Forwarding;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Forwarding;

/// <summary>Legacy ForwardedValues: every row of the table of §10.2, in its default column and where a header is listed.</summary>
public sealed class LegacyForwardingTests
{
    [Theory]
    [InlineData("X-Anything")]
    [InlineData("Cache-Control")]
    [InlineData("Pragma")]
    [InlineData("Max-Forwards")]
    [InlineData("Request-Range")]
    [InlineData("Content-MD5")]
    [InlineData("Content-Type")]
    [InlineData("From")]
    [InlineData("Origin")]
    [InlineData("Warning")]
    [InlineData("Date")]
    [InlineData("CloudFront-Is-Mobile-Viewer")]
    [InlineData("CloudFront-Made-Up")]
    public void It_is_forwarded(string name) => Assert.Equal("v", Sent(name, "v", "GET"));

    [Theory]
    [InlineData("Accept")]
    [InlineData("Accept-Charset")]
    [InlineData("Accept-Encoding")]
    [InlineData("Accept-Language")]
    [InlineData("Referer")]
    [InlineData("Cookie")]
    [InlineData("Expect")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Proxy-Authenticate")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Proxy-Connection")]
    [InlineData("Upgrade")]
    [InlineData("X-Edge-Anything")]
    [InlineData("X-Forwarded-Proto")]
    [InlineData("X-Real-IP")]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("Connection")]
    public void It_is_removed(string name) => Assert.Null(Sent(name, "v", "GET"));

    [Theory]
    [InlineData("GET", false, false)]
    [InlineData("HEAD", false, false)]
    [InlineData("OPTIONS", true, false)]
    [InlineData("OPTIONS", false, true)]
    [InlineData("POST", false, true)]
    [InlineData("PUT", false, true)]
    [InlineData("PATCH", false, true)]
    [InlineData("DELETE", false, true)]
    public void Authorization_goes_by_the_method(string method, bool cachesOptions, bool isSent) =>
        Assert.Equal(isSent ? "v" : null, Sent("Authorization", "v", method, cachesOptions: cachesOptions));

    [Theory]
    [InlineData("If-Match")]
    [InlineData("If-Modified-Since")]
    [InlineData("If-None-Match")]
    [InlineData("If-Range")]
    [InlineData("If-Unmodified-Since")]
    [InlineData("Range")]
    public void A_condition_is_forwarded_with_what_is_for_this_viewer_alone(string name)
    {
        Assert.Equal("v", Sent(name, "v", "GET"));
        Assert.Null(Sent(name, "v", "GET", OriginPurpose.Fill));
    }

    [Theory]
    [InlineData("User-Agent", "Amazon CloudFront")]
    [InlineData("Host", "origin.example")]
    [InlineData("Via", "v, 1.1 00000000000000000000000000000000.cloudfront.net (CloudFront)")]
    [InlineData("X-Forwarded-For", "v, 198.51.100.7")]
    [InlineData("X-Amz-Cf-Id", "request-id")]
    public void It_is_written_by_the_edge(string name, string value) => Assert.Equal(value, Sent(name, "v", "GET"));

    [Theory]
    [InlineData("Accept")]
    [InlineData("Accept-Charset")]
    [InlineData("Accept-Encoding")]
    [InlineData("Accept-Language")]
    [InlineData("Referer")]
    [InlineData("Authorization")]
    [InlineData("User-Agent")]
    [InlineData("X-HTTP-Method-Override")]
    public void A_header_in_the_key_is_forwarded_whatever_the_default(string name) => Assert.Equal("v", Sent(name, "v", "GET", listed: name));

    [Fact]
    public void A_header_of_ours_that_is_asked_for_replaces_the_viewers() =>
        Assert.Equal("false", Sent("CloudFront-Is-Mobile-Viewer", "true", "GET", listed: "CloudFront-Is-Mobile-Viewer"));

    private static string? Sent(
        string name, string value, string method, OriginPurpose purpose = OriginPurpose.Pass, bool cachesOptions = false, string? listed = null)
    {
        var request = Sample.Request("/", $"{name}: {value}");
        request.SetMethod(method);
        var behavior = Sample.Behavior(
            Sample.CachePolicy with { Headers = listed is null ? SelectionConfig.None : Sample.Listed(listed) },
            Sample.OriginRequestPolicy with { Headers = OriginRequestHeaders.LegacyDefault },
            behavior: Sample.BehaviorConfig with { CachedMethods = cachesOptions ? ["GET", "HEAD", "OPTIONS"] : ["GET", "HEAD"] });
        var into = new HeaderList();
        OriginHeaders.Compose(request, behavior, behavior.Origin, Sample.Viewer, purpose, hasBody: false, new string('0', 32), "request-id"u8, into);
        return into.GetText(System.Text.Encoding.ASCII.GetBytes(name));
    }
}
