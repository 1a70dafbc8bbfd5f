// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain.Validation;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Domain;

/// <summary>A setting that no edge honours is refused by name, never ignored.</summary>
public sealed class UnsupportedSettingsTests
{
    private const string Behavior = "DefaultCacheBehavior";
    private const string Origin = "Origins/Items/Origin";

    /// <summary>Element path of the table → changes that make a configuration use it.</summary>
    private static readonly Dictionary<string, (string Path, string? Xml)[]> Uses = new()
    {
        ["OriginGroups.OriginGroup.SelectionCriteria"] = [(Origin, "<Origin><Id>web</Id><DomainName>a.test</DomainName>" + CustomConfig + "</Origin>"), ("Origins/Items", "+<Origin><Id>b</Id><DomainName>b.test</DomainName>" + CustomConfig + "</Origin>"), ("Origins/Quantity", "2"),
            ("", "+<OriginGroups><Quantity>1</Quantity><Items><OriginGroup><Id>g</Id><FailoverCriteria><StatusCodes><Quantity>1</Quantity><Items><StatusCode>500</StatusCode></Items></StatusCodes></FailoverCriteria><Members><Quantity>2</Quantity><Items><OriginGroupMember><OriginId>web</OriginId></OriginGroupMember><OriginGroupMember><OriginId>b</OriginId></OriginGroupMember></Items></Members><SelectionCriteria>media-quality-based</SelectionCriteria></OriginGroup></Items></OriginGroups>")],
        ["Origins.Origin.VpcOriginConfig"] = [(Origin + "/CustomOriginConfig", "<VpcOriginConfig><VpcOriginId>vo_1</VpcOriginId></VpcOriginConfig>")],
        ["CacheBehavior.SmoothStreaming"] = [(Behavior, "+<SmoothStreaming>true</SmoothStreaming>")],
        ["CacheBehavior.LambdaFunctionAssociations"] = [(Behavior, "+<LambdaFunctionAssociations><Quantity>1</Quantity><Items><LambdaFunctionAssociation><LambdaFunctionARN>a</LambdaFunctionARN><EventType>origin-request</EventType></LambdaFunctionAssociation></Items></LambdaFunctionAssociations>")],
        ["CacheBehavior.FunctionAssociations"] = [(Behavior, "+<FunctionAssociations><Quantity>1</Quantity><Items><FunctionAssociation><FunctionARN>a</FunctionARN><EventType>viewer-request</EventType></FunctionAssociation></Items></FunctionAssociations>")],
        ["CacheBehavior.RealtimeLogConfigArn"] = [(Behavior, "+<RealtimeLogConfigArn>arn</RealtimeLogConfigArn>")],
        ["Logging.Enabled"] = [("", "+<Logging><Enabled>true</Enabled><IncludeCookies>false</IncludeCookies><Bucket>b.s3.amazonaws.com</Bucket><Prefix/></Logging>")],
        ["ViewerCertificate.SSLSupportMethod"] = [("", "+<ViewerCertificate><ACMCertificateArn>@certificate</ACMCertificateArn><SSLSupportMethod>vip</SSLSupportMethod><MinimumProtocolVersion>TLSv1</MinimumProtocolVersion></ViewerCertificate>")],
        ["Restrictions.GeoRestriction"] = [("", "+<Restrictions><GeoRestriction><RestrictionType>blacklist</RestrictionType><Quantity>1</Quantity><Items><Location>DE</Location></Items></GeoRestriction></Restrictions>")],
        ["WebACLId"] = [("", "+<WebACLId>acl</WebACLId>")],
        ["HttpVersion"] = [("", "+<HttpVersion>http3</HttpVersion>")],
        ["AnycastIpListId"] = [("", "+<AnycastIpListId>a</AnycastIpListId>")],
        ["TenantConfig"] = [("", "+<TenantConfig><ParameterDefinitions><member><Name>n</Name><Definition><StringSchema><Required>true</Required></StringSchema></Definition></member></ParameterDefinitions></TenantConfig>")],
        ["ConnectionMode"] = [("", "+<ConnectionMode>tenant-only</ConnectionMode>")],
        ["ConnectionFunctionAssociation"] = [("", "+<ConnectionFunctionAssociation><Id>f</Id></ConnectionFunctionAssociation>")],
    };

    private const string CustomConfig = "<CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>http-only</OriginProtocolPolicy></CustomOriginConfig>";

    public static TheoryData<string> Settings => [.. UnsupportedSettings.All.Select(setting => setting.ElementPath)];

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_configuration_that_uses_it_is_refused_and_told_which_and_why(string elementPath)
    {
        await using var control = await TestControl.StartAsync();
        var changes = Uses[elementPath["DistributionConfig.".Length..]];
        if (elementPath.EndsWith("SSLSupportMethod", StringComparison.Ordinal))
        {
            changes = [(changes[0].Path, changes[0].Xml!.Replace("@certificate", await control.ImportAsync("www.example.com"), StringComparison.Ordinal))];
        }

        if (elementPath.EndsWith("SSLSupportMethod", StringComparison.Ordinal))
        {
            changes = [(changes[0].Path, changes[0].Xml!.Replace("@certificate", await control.ImportAsync("www.example.com"), StringComparison.Ordinal))];
        }

        var answer = (await control.CallAsync("POST", "distribution", Distribution("ref-1", changes))).ExpectError(400, "InvalidArgument");

        var reason = UnsupportedSettings.All.Single(setting => setting.ElementPath == elementPath).Reason;
        Assert.Contains($"{elementPath} is not supported by this version of Frontier: {reason}.", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("whitelist", true)]
    [InlineData("blacklist", false)]
    public async Task Where_edges_know_places_a_restriction_by_country_reaches_them_DP_23_1(string type, bool areAllowed)
    {
        await using var control = await TestControl.StartAsync(static options => options with { EdgesKnowPlaces = true });
        var restriction = $"+<Restrictions><GeoRestriction><RestrictionType>{type}</RestrictionType><Quantity>2</Quantity><Items><Location>DE</Location><Location>FR</Location></Items></GeoRestriction></Restrictions>";
        (await control.CallAsync("POST", "distribution", Distribution("ref-1", ("", restriction)))).Expect(201);

        var countries = (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single().Countries!;
        Assert.Equal(areAllowed, countries.AreAllowed);
        Assert.Equal(["DE", "FR"], countries.Codes);
    }

    [Fact]
    public async Task What_means_nothing_to_one_edge_or_may_be_declined_is_accepted()
    {
        await using var control = await TestControl.StartAsync();
        var root = Distribution(
            "ref-1",
            ("", "+<PriceClass>PriceClass_100</PriceClass>"), ("", "+<IsIPV6Enabled>true</IsIPV6Enabled>"), ("", "+<HttpVersion>http2and3</HttpVersion>"),
            (Origin, "+<OriginShield><Enabled>true</Enabled><OriginShieldRegion>eu-west-1</OriginShieldRegion></OriginShield>"),
            ("", "+<ViewerCertificate><CloudFrontDefaultCertificate>true</CloudFrontDefaultCertificate><MinimumProtocolVersion>TLSv1.2_2021</MinimumProtocolVersion></ViewerCertificate>"),
            ("", "+<Logging><Enabled>false</Enabled><IncludeCookies>true</IncludeCookies><Bucket>dropped</Bucket><Prefix/></Logging>"),
            ("", "+<CustomErrorResponses><Quantity>1</Quantity><Items><CustomErrorResponse><ErrorCode>404</ErrorCode><ErrorCachingMinTTL>5</ErrorCachingMinTTL></CustomErrorResponse></Items></CustomErrorResponses>"),
            ("", "+" + Aliases("www.example.com", "*.example.org")));

        var created = (await control.CallAsync("POST", "distribution", root)).Expect(201);

        Assert.Equal("TLSv1", created.Text("MinimumProtocolVersion"));
        Assert.Equal("", created.Text("Bucket"));
        var snapshot = (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single();
        Assert.True(snapshot is { LogCookies: true, Http2: true });
        Assert.Equal("eu-west-1", snapshot.Origins.Single().ShieldRegion); // DP-26.3: where a fleet has caches in regions
        Assert.Equal([new Contracts.ErrorResponseConfig(404, 5)], snapshot.ErrorResponses);
    }
}
