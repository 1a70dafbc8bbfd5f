// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Tests.Harness;
using Frontier.Decisions.Models;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Publishing;

/// <summary>Settings of a distribution that edges honour reach them as they were configured.</summary>
public sealed class SettingsTests
{
    private const string SevenMethods =
        "+<AllowedMethods><Quantity>7</Quantity><Items><Method>GET</Method><Method>HEAD</Method><Method>POST</Method><Method>PUT</Method><Method>PATCH</Method><Method>OPTIONS</Method><Method>DELETE</Method></Items></AllowedMethods>";

    /// <summary>§12, DP-12.9.</summary>
    [Fact]
    public async Task An_origin_group_is_two_origins_and_the_statuses_that_mean_failure()
    {
        var distribution = await PublishAsync(Second, Group("first", "web", "second", 500, 404), ("DefaultCacheBehavior/TargetOriginId", "first"));

        var group = distribution.OriginGroups.Single();
        Assert.True(group is { Id: "first", PrimaryOriginId: "web", SecondaryOriginId: "second", FailoverStatuses: [500, 404] });
        Assert.Equal("first", distribution.DefaultBehavior.TargetOriginId);
    }

    public static TheoryData<string, string, int, string, string> GroupFaults => new()
    {
        { "web", "web", 500, "InvalidArgument", "exactly two different members" },
        { "web", "nowhere", 500, "NoSuchOrigin", "" },
        { "web", "g", 500, "InvalidArgument", "cannot have the origin group 'g' as a member" },
        { "web", "second", 429, "InvalidArgument", "StatusCodes" },
    };

    /// <summary>API-10.14, DP-12.9.</summary>
    [Theory]
    [MemberData(nameof(GroupFaults))]
    public async Task A_faulty_origin_group_is_refused(string primary, string secondary, int status, string code, string says)
    {
        await using var control = await TestControl.StartAsync();

        var answer = await control.CallAsync("POST", "distribution", Distribution("ref-1", [.. Second, Group("g", primary, secondary, status)]));

        answer.ExpectError(code == "NoSuchOrigin" ? 404 : 400, code);
        Assert.Contains(says, answer.ErrorMessage, StringComparison.Ordinal);
    }

    /// <summary>DP-19.1, DP-19.5, DP-19.6.</summary>
    [Fact]
    public async Task An_error_has_a_page_and_a_status_or_only_a_time()
    {
        var distribution = await PublishAsync(("", "+<CustomErrorResponses><Quantity>2</Quantity><Items>"
            + "<CustomErrorResponse><ErrorCode>404</ErrorCode><ResponsePagePath>/errors/404.html?x=1</ResponsePagePath><ResponseCode>200</ResponseCode><ErrorCachingMinTTL>0</ErrorCachingMinTTL></CustomErrorResponse>"
            + "<CustomErrorResponse><ErrorCode>503</ErrorCode></CustomErrorResponse></Items></CustomErrorResponses>"));

        Assert.Equal([new ErrorResponseConfig(404, 0) { PagePath = "/errors/404.html?x=1", PageStatus = 200 }, new ErrorResponseConfig(503, 10)], distribution.ErrorResponses);
    }

    [Fact]
    public async Task A_page_with_a_fragment_is_no_path()
    {
        await using var control = await TestControl.StartAsync();
        var page = "+<CustomErrorResponses><Quantity>1</Quantity><Items><CustomErrorResponse><ErrorCode>404</ErrorCode><ResponsePagePath>/e#f</ResponsePagePath><ResponseCode>404</ResponseCode></CustomErrorResponse></Items></CustomErrorResponses>";

        (await control.CallAsync("POST", "distribution", Distribution("ref-1", ("", page)))).ExpectError(400, "InvalidRelativePath");
    }

    [Fact]
    public async Task Compression_and_grpc_are_the_behaviors_own()
    {
        var distribution = await PublishAsync(
            ("DefaultCacheBehavior", "+<Compress>true</Compress>"),
            ("", $"+<CacheBehaviors><Quantity>1</Quantity><Items><CacheBehavior><PathPattern>/rpc</PathPattern><TargetOriginId>web</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy><CachePolicyId>{CachingOptimized}</CachePolicyId><GrpcConfig><Enabled>true</Enabled></GrpcConfig>{SevenMethods[1..]}</CacheBehavior></Items></CacheBehaviors>"));

        Assert.Equal((true, false), (distribution.DefaultBehavior.Compress, distribution.DefaultBehavior.Grpc));
        Assert.Equal((false, true), (distribution.Behaviors[0].Compress, distribution.Behaviors[0].Grpc));
    }

    /// <summary>§9, API-10.14.</summary>
    [Fact]
    public async Task Grpc_needs_every_method_and_http2_and_one_origin()
    {
        await using var control = await TestControl.StartAsync();
        var (grpc, methods) = (("DefaultCacheBehavior", (string?)"+<GrpcConfig><Enabled>true</Enabled></GrpcConfig>"), ("DefaultCacheBehavior", (string?)SevenMethods));

        Assert.Contains("seven methods", await RefusalAsync(grpc), StringComparison.Ordinal);
        Assert.Contains("HTTP/2", await RefusalAsync(grpc, methods, ("", "+<HttpVersion>http1.1</HttpVersion>")), StringComparison.Ordinal);
        Assert.Contains("origin group", await RefusalAsync([grpc, methods, .. Second, Group("g", "web", "second", 500), ("DefaultCacheBehavior/TargetOriginId", "g")]), StringComparison.Ordinal);

        async Task<string> RefusalAsync(params (string Path, string? Xml)[] changes) =>
            (await control.CallAsync("POST", "distribution", Distribution("ref-1", changes))).ExpectError(400, "InvalidArgument").ErrorMessage!;
    }

    /// <summary>DP-27.12.</summary>
    [Fact]
    public async Task The_header_of_cache_tags_is_the_distributions()
    {
        Assert.Equal("X-Tags", (await PublishAsync(("", "+<CacheTagConfig><HeaderName>X-Tags</HeaderName></CacheTagConfig>"))).CacheTagHeader);
        Assert.Null((await PublishAsync()).CacheTagHeader);
    }

    [Fact]
    public async Task The_header_of_cache_tags_must_be_one()
    {
        await using var control = await TestControl.StartAsync();

        (await control.CallAsync("POST", "distribution", Distribution("ref-1", ("", "+<CacheTagConfig><HeaderName>X Tags</HeaderName></CacheTagConfig>")))).ExpectError(400, "InvalidArgument");
    }

    private static (string Path, string? Xml)[] Second =>
    [
        ("Origins/Quantity", "2"),
        ("Origins/Items", "+<Origin><Id>second</Id><DomainName>second.example.com</DomainName><CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>http-only</OriginProtocolPolicy></CustomOriginConfig></Origin>"),
    ];

    private static (string Path, string? Xml) Group(string id, string primary, string secondary, params int[] statuses) => ("",
        $"+<OriginGroups><Quantity>1</Quantity><Items><OriginGroup><Id>{id}</Id><FailoverCriteria><StatusCodes><Quantity>{statuses.Length}</Quantity><Items>{string.Concat(statuses.Select(status => $"<StatusCode>{status}</StatusCode>"))}</Items></StatusCodes></FailoverCriteria>"
        + $"<Members><Quantity>2</Quantity><Items><OriginGroupMember><OriginId>{primary}</OriginId></OriginGroupMember><OriginGroupMember><OriginId>{secondary}</OriginId></OriginGroupMember></Items></Members></OriginGroup></Items></OriginGroups>");

    private static Task<DistributionConfig> PublishAsync((string Path, string? Xml)[] first, params (string Path, string? Xml)[] more) => PublishAsync([.. first, .. more]);

    private static async Task<DistributionConfig> PublishAsync(params (string Path, string? Xml)[] changes)
    {
        await using var control = await TestControl.StartAsync(options => options with { SnapshotCheck = snapshot => SnapshotCompiler.Compile(snapshot).Faults });
        (await control.CallAsync("POST", "distribution", Distribution("ref-1", changes))).Expect(201);
        return (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single();
    }
}
