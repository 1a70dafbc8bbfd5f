// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Domain.Distributions;
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
        { "", Restriction("DE", "UK"), 400, "InvalidLocationCode", "'UK'" }, // two capitals that are nobody's would block nobody
        { "", Restriction("ZZ"), 400, "InvalidLocationCode", "give codes such as DE" },
        { Behavior, Functions("viewer-request", "viewer-request"), 400, "InvalidFunctionAssociation", "" }, // API-10.11
        { Behavior, Functions("origin-request"), 400, "InvalidFunctionAssociation", "" },
        { Behavior, Lambdas(("origin-request", false), ("origin-request", false)), 400, "InvalidLambdaFunctionAssociation", "" },
        { Behavior, Lambdas(("origin-response", true)), 400, "InvalidLambdaFunctionAssociation", "" },
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
    public async Task Functions_of_both_kinds_are_not_both_on_viewers_events_API_10_11()
    {
        await using var control = await TestControl.StartAsync();

        (await control.CallAsync("POST", "distribution", Distribution("a", (Behavior, Functions("viewer-request")), (Behavior, Lambdas(("viewer-response", false)))))).ExpectError(400, "InvalidFunctionAssociation");
    }

    /// <summary>As many as there may be are taken, and one more is refused.</summary>
    [Theory]
    [InlineData("TooManyDistributionCNAMEs")]
    [InlineData("TooManyOrigins")]
    [InlineData("TooManyOriginGroupsPerDistribution")]
    [InlineData("TooManyOriginCustomHeaders")]
    [InlineData("TooManyCacheBehaviors")]
    public async Task Quotas_within_a_distribution_hold(string code)
    {
        await using var control = await TestControl.StartAsync(options => options with
        {
            Quotas = new Quotas { AliasesPerDistribution = 2, OriginsPerDistribution = 2, OriginGroupsPerDistribution = 2, CustomHeadersPerOrigin = 2, CacheBehaviorsPerDistribution = 2 },
        });
        XElement Of(int count) => code switch
        {
            "TooManyDistributionCNAMEs" => Distribution("a", ("", "+" + Aliases([.. Numbered(count, static name => $"{name}.test")]))),
            "TooManyOrigins" => Distribution("a", ("Origins", OriginList(count))),
            "TooManyOriginGroupsPerDistribution" => Distribution("a", ("Origins", OriginList(2)), ("", "+" + List("OriginGroups", Numbered(count, Group)))),
            "TooManyOriginCustomHeaders" => Distribution("a", (Origin, "+" + List("CustomHeaders", Numbered(count, static name => $"<OriginCustomHeader><HeaderName>{name}</HeaderName><HeaderValue>x</HeaderValue></OriginCustomHeader>")))),
            _ => Distribution("a", ("", "+" + List("CacheBehaviors", Numbered(count, Pattern)))),
        };

        (await control.CallAsync("POST", "distribution", Of(3))).ExpectError(400, code);
        (await control.CallAsync("POST", "distribution", Of(2))).Expect(201);
    }

    [Fact]
    public async Task An_origin_access_control_is_for_so_many_distributions_that_those_which_have_it_may_still_change()
    {
        await using var control = await TestControl.StartAsync(static options => options with { Quotas = new Quotas { DistributionsPerOriginAccessControl = 1 } });
        var access = (await control.CallAsync("POST", "origin-access-control", OriginAccessControl("one"))).Expect(201);
        (string, string?)[] bucket =
        [
            (Origin + "/DomainName", "pics.s3.amazonaws.com"), (Custom, "<S3OriginConfig><OriginAccessIdentity/></S3OriginConfig>"),
            (Origin, $"+<OriginAccessControlId>{access.Text("Id")}</OriginAccessControlId>"),
        ];
        var first = (await control.CallAsync("POST", "distribution", Distribution("a", bucket))).Expect(201);

        (await control.CallAsync("POST", "distribution", Distribution("b", bucket))).ExpectError(400, "TooManyDistributionsAssociatedToOriginAccessControl");
        (await control.ReviseAsync(first.Text("Id")!, ("Comment", "changed"))).Expect(200);
    }

    [Fact]
    public async Task A_behavior_of_an_origin_group_may_allow_methods_that_do_not_fail_over_API_10_14()
    {
        await using var control = await TestControl.StartAsync();
        var every = string.Concat(Vocabulary.Method.Select(static method => $"<Method>{method}</Method>"));
        var body = Distribution(
            "a", ("Origins", OriginList(2)), ("", "+" + List("OriginGroups", [Group("g")])), (Behavior + "/TargetOriginId", "g"),
            (Behavior, $"+<AllowedMethods><Quantity>7</Quantity><Items>{every}</Items></AllowedMethods>"));

        (await control.CallAsync("POST", "distribution", body)).Expect(201);

        var behavior = (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single().DefaultBehavior;
        Assert.Equal(("g", 7), (behavior.TargetOriginId, behavior.AllowedMethods.Length));
    }

    [Fact]
    public async Task Faults_are_reported_together()
    {
        await using var control = await TestControl.StartAsync();

        var answer = await control.CallAsync("POST", "distribution", Distribution("a", (Behavior + "/TargetOriginId", "nowhere"), (Origin, "+<ConnectionAttempts>9</ConnectionAttempts>")));

        Assert.Contains("ConnectionAttempts", answer.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("nowhere", answer.ErrorMessage, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Numbered(int count, Func<string, string> item) => Enumerable.Range(1, count).Select(number => item($"n{number}"));

    private static string List(string name, IEnumerable<string> items) => $"<{name}><Quantity>{items.Count()}</Quantity><Items>{string.Concat(items)}</Items></{name}>";

    /// <summary>The one that the default behavior names, and others.</summary>
    private static string OriginList(int count) => List("Origins", Enumerable.Range(1, count).Select(static number =>
        $"<Origin><Id>{(number == 1 ? "web" : $"o{number}")}</Id><DomainName>origin.example.com</DomainName><CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>http-only</OriginProtocolPolicy></CustomOriginConfig></Origin>"));

    /// <summary>Of the two of <see cref="OriginList"/>.</summary>
    private static string Group(string id) =>
        $"<OriginGroup><Id>{id}</Id><FailoverCriteria><StatusCodes><Quantity>1</Quantity><Items><StatusCode>500</StatusCode></Items></StatusCodes></FailoverCriteria>"
        + $"{List("Members", [Member("web"), Member("o2")])}</OriginGroup>";

    private static string Member(string id) => $"<OriginGroupMember><OriginId>{id}</OriginId></OriginGroupMember>";

    private static string Restriction(params string[] countries) =>
        $"+<Restrictions><GeoRestriction><RestrictionType>blacklist</RestrictionType><Quantity>{countries.Length}</Quantity><Items>{string.Concat(countries.Select(static code => $"<Location>{code}</Location>"))}</Items></GeoRestriction></Restrictions>";

    private static string Functions(params string[] events) => "+" + List("FunctionAssociations", events.Select(static one =>
        $"<FunctionAssociation><FunctionARN>arn:aws:cloudfront::000000000000:function/f</FunctionARN><EventType>{one}</EventType></FunctionAssociation>"));

    private static string Lambdas(params (string Event, bool WithBody)[] events) => "+" + List("LambdaFunctionAssociations", events.Select(static one =>
        $"<LambdaFunctionAssociation><LambdaFunctionARN>arn:aws:lambda:us-east-1:000000000000:function:f:1</LambdaFunctionARN><EventType>{one.Event}</EventType><IncludeBody>{(one.WithBody ? "true" : "false")}</IncludeBody></LambdaFunctionAssociation>"));

    private static string Header(string name, string value) =>
        $"+<CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader><HeaderName>{name}</HeaderName><HeaderValue>{value}</HeaderValue></OriginCustomHeader></Items></CustomHeaders>";

    private static string Pattern(string pattern) =>
        $"<CacheBehavior><PathPattern>{pattern}</PathPattern><TargetOriginId>web</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy><CachePolicyId>{CachingOptimized}</CachePolicyId></CacheBehavior>";

    private static string ErrorResponse(string code, string page, string response) =>
        $"+<CustomErrorResponses><Quantity>1</Quantity><Items><CustomErrorResponse><ErrorCode>{code}</ErrorCode><ResponsePagePath>{page}</ResponsePagePath><ResponseCode>{response}</ResponseCode></CustomErrorResponse></Items></CustomErrorResponses>";

    private static string Certificate(string support, string minimum) =>
        $"+<ViewerCertificate><ACMCertificateArn>arn:aws:acm:us-east-1:1:certificate/a</ACMCertificateArn><SSLSupportMethod>{support}</SSLSupportMethod><MinimumProtocolVersion>{minimum}</MinimumProtocolVersion></ViewerCertificate>";
}
