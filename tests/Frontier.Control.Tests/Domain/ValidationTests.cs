// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Domain;

/// <summary>§8.2, §9, §10: what a configuration may not say, and the code that it is refused with.</summary>
public sealed class ValidationTests
{
    private const string Behavior = "DefaultCacheBehavior";
    private const string Origin = "Origins/Items/Origin";
    private const string Custom = Origin + "/CustomOriginConfig";

    public static TheoryData<string, string?, int, string, string> Faults => new()
    {
        { "CallerReference", "", 400, "InvalidArgument", "CallerReference" },
        { "Comment", new string('c', 129), 400, "InvalidArgument", "Comment" },
        { "", "+<DefaultRootObject>/index.html</DefaultRootObject>", 400, "InvalidDefaultRootObject", "" },
        { "", "+<Aliases><Quantity>1</Quantity><Items><CNAME>not a name</CNAME></Items></Aliases>", 400, "InvalidArgument", "The parameter CNAME contains one or more parameters that are not valid." },
        { "", "+<Aliases><Quantity>1</Quantity><Items><CNAME>x.frontier.localhost</CNAME></Items></Aliases>", 400, "InvalidArgument", "CNAME" },
        { "", "+<Aliases><Quantity>1</Quantity><Items><CNAME>a.*.example.com</CNAME></Items></Aliases>", 400, "InvalidArgument", "CNAME" },
        { "Origins", "<Origins><Quantity>0</Quantity></Origins>", 400, "InvalidArgument", "at least one origin" },
        { Origin + "/DomainName", "http://origin.example.com", 400, "InvalidArgument", "The parameter origin name must be a domain name." },
        { Origin + "/DomainName", "10.0.0.1", 400, "InvalidArgument", "The parameter origin name must be a domain name." },
        { Origin + "/DomainName", "origin.example.com:8080", 400, "InvalidArgument", "The parameter origin name must be a domain name." },
        { Custom, null, 400, "InvalidArgument", "The parameter Origin DomainName does not refer to a valid S3 bucket." },
        { Custom, "<S3OriginConfig><OriginAccessIdentity/></S3OriginConfig>", 400, "InvalidArgument", "The parameter Origin DomainName does not refer to a valid S3 bucket." },
        { Origin, "+<S3OriginConfig><OriginAccessIdentity/></S3OriginConfig>", 400, "InvalidArgument", "exactly one of" },
        { Origin, "+<OriginPath>path</OriginPath>", 400, "InvalidArgument", "OriginPath" },
        { Origin, "+<OriginPath>/path/</OriginPath>", 400, "InvalidArgument", "OriginPath" },
        { Origin, "+<ConnectionAttempts>4</ConnectionAttempts>", 400, "InvalidArgument", "ConnectionAttempts" },
        { Origin, "+<ConnectionTimeout>11</ConnectionTimeout>", 400, "InvalidArgument", "ConnectionTimeout" },
        { Origin, "+<ResponseCompletionTimeout>29</ResponseCompletionTimeout>", 400, "InvalidArgument", "ResponseCompletionTimeout" },
        { Origin, "+<OriginShield><Enabled>true</Enabled></OriginShield>", 400, "InvalidArgument", "OriginShieldRegion" },
        { Origin, "+<OriginAccessControlId>ENONE</OriginAccessControlId>", 400, "InvalidOriginAccessControl", "" },
        { Custom + "/HTTPPort", "81", 400, "InvalidArgument", "HTTPPort" },
        { Custom, "+<OriginReadTimeout>121</OriginReadTimeout>", 400, "InvalidOriginReadTimeout", "121" },
        { Custom, "+<OriginKeepaliveTimeout>0</OriginKeepaliveTimeout>", 400, "InvalidOriginKeepaliveTimeout", "" },
        { Custom, "+<OriginSslProtocols><Quantity>0</Quantity></OriginSslProtocols>", 400, "InvalidArgument", "OriginSslProtocols" },
        { Origin, Header("Cookie", "x"), 400, "InvalidArgument", "'Cookie' that is not allowed" },
        { Origin, Header("X-Edge-Anything", "x"), 400, "InvalidArgument", "not allowed" },
        { Origin, Header("a b", "x"), 400, "InvalidArgument", "HeaderName" },
        { Origin, Header("a", new string('x', 1_784)), 400, "InvalidArgument", "HeaderValue" },
        { Behavior + "/TargetOriginId", "nowhere", 404, "NoSuchOrigin", "nowhere" },
        { Behavior + "/CachePolicyId", "no-such-policy", 404, "NoSuchCachePolicy", "" },
        { Behavior + "/CachePolicyId", null, 400, "InvalidArgument", "CachePolicyId or ForwardedValues" },
        { Behavior, "+<MinTTL>0</MinTTL>", 400, "InvalidArgument", "The parameter MinTTL cannot be used when a cache policy is associated to the cache behavior." },
        { Behavior, "+<OriginRequestPolicyId>none</OriginRequestPolicyId>", 404, "NoSuchOriginRequestPolicy", "" },
        { Behavior, "+<ResponseHeadersPolicyId>none</ResponseHeadersPolicyId>", 404, "NoSuchResponseHeadersPolicy", "" },
        { Behavior, "+<AllowedMethods><Quantity>1</Quantity><Items><Method>GET</Method></Items></AllowedMethods>", 400, "InvalidArgument", "AllowedMethods" },
        { Behavior, "+<AllowedMethods><Quantity>2</Quantity><Items><Method>GET</Method><Method>HEAD</Method></Items><CachedMethods><Quantity>3</Quantity><Items><Method>GET</Method><Method>HEAD</Method><Method>OPTIONS</Method></Items></CachedMethods></AllowedMethods>", 400, "InvalidArgument", "CachedMethods" },
        { "", "+<CacheBehaviors><Quantity>2</Quantity><Items>" + Pattern("/a*") + Pattern("a*") + "</Items></CacheBehaviors>", 400, "InvalidArgument", "more than one cache behavior" },
        { "", "+<CacheBehaviors><Quantity>1</Quantity><Items>" + Pattern("a{b}") + "</Items></CacheBehaviors>", 400, "InvalidArgument", "PathPattern" }, // DP-3.8
        { "", ErrorResponse("404", "/e.html", ""), 400, "InvalidArgument", "Your request must specify both ResponsePagePath and ResponseCode together or none of them." },
        { "", ErrorResponse("418", "", ""), 400, "InvalidErrorCode", "" },
        { "", ErrorResponse("404", "/e.html", "201"), 400, "InvalidResponseCode", "" },
        { "", ErrorResponse("404", "e.html", "200"), 400, "InvalidRelativePath", "" },
        { "", "+<Restrictions><GeoRestriction><RestrictionType>whitelist</RestrictionType><Quantity>0</Quantity></GeoRestriction></Restrictions>", 400, "InvalidGeoRestrictionParameter", "" },
        { "", "+<Restrictions><GeoRestriction><RestrictionType>whitelist</RestrictionType><Quantity>1</Quantity><Items><Location>de</Location></Items></GeoRestriction></Restrictions>", 400, "InvalidLocationCode", "'de'" },
        { "", "+<ViewerCertificate><CloudFrontDefaultCertificate>false</CloudFrontDefaultCertificate></ViewerCertificate>", 400, "InvalidViewerCertificate", "" },
        { "", Certificate("sni-only", "SSLv3"), 400, "InvalidProtocolSettings", "" },
        { "", Certificate("vip", "TLSv1.2_2021"), 400, "InvalidMinimumProtocolVersion", "" },
        { "", "+<OriginGroups><Quantity>1</Quantity><Items><OriginGroup><Id>g</Id><FailoverCriteria><StatusCodes><Quantity>1</Quantity><Items><StatusCode>500</StatusCode></Items></StatusCodes></FailoverCriteria><Members><Quantity>1</Quantity><Items><OriginGroupMember><OriginId>web</OriginId></OriginGroupMember></Items></Members></OriginGroup></Items></OriginGroups>", 400, "InvalidArgument", "exactly two different members" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_faulty_configuration_is_refused_by_its_code(string path, string? xml, int status, string code, string says)
    {
        await using var control = await TestControl.StartAsync();

        var answer = (await control.CallAsync("POST", "distribution", Distribution("ref-1", (path, xml)))).ExpectError(status, code);

        Assert.Contains(says, answer.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("0", (await control.CallAsync("GET", "distribution")).Text("Quantity"));
    }

    [Fact]
    public async Task Quotas_within_a_distribution_hold()
    {
        await using var control = await TestControl.StartAsync(options => options with
        {
            Quotas = new Quotas { AliasesPerDistribution = 1, OriginsPerDistribution = 0, CustomHeadersPerOrigin = 0, CacheBehaviorsPerDistribution = 0 },
        });

        (await control.CallAsync("POST", "distribution", Distribution("a", ("", "+" + Aliases("a.test", "b.test"))))).ExpectError(400, "TooManyDistributionCNAMEs");
        (await control.CallAsync("POST", "distribution", Distribution("a"))).ExpectError(400, "TooManyOrigins");
    }

    [Fact]
    public async Task Faults_are_reported_together()
    {
        await using var control = await TestControl.StartAsync();

        var answer = await control.CallAsync("POST", "distribution", Distribution("a", (Behavior + "/TargetOriginId", "nowhere"), (Origin, "+<ConnectionAttempts>9</ConnectionAttempts>")));

        Assert.Contains("ConnectionAttempts", answer.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("nowhere", answer.ErrorMessage, StringComparison.Ordinal);
    }

    private static string Header(string name, string value) =>
        $"+<CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader><HeaderName>{name}</HeaderName><HeaderValue>{value}</HeaderValue></OriginCustomHeader></Items></CustomHeaders>";

    private static string Pattern(string pattern) =>
        $"<CacheBehavior><PathPattern>{pattern}</PathPattern><TargetOriginId>web</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy><CachePolicyId>{CachingOptimized}</CachePolicyId></CacheBehavior>";

    private static string ErrorResponse(string code, string page, string response) =>
        $"+<CustomErrorResponses><Quantity>1</Quantity><Items><CustomErrorResponse><ErrorCode>{code}</ErrorCode><ResponsePagePath>{page}</ResponsePagePath><ResponseCode>{response}</ResponseCode></CustomErrorResponse></Items></CustomErrorResponses>";

    private static string Certificate(string support, string minimum) =>
        $"+<ViewerCertificate><ACMCertificateArn>arn:aws:acm:us-east-1:1:certificate/a</ACMCertificateArn><SSLSupportMethod>{support}</SSLSupportMethod><MinimumProtocolVersion>{minimum}</MinimumProtocolVersion></ViewerCertificate>";
}
