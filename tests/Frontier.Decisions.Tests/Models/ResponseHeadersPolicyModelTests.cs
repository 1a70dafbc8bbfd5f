// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tests.Models;

/// <summary>Response headers policies that cannot be served are refused with the snapshot (DP-21.6, DP-21.12).</summary>
public sealed class ResponseHeadersPolicyModelTests
{
    private static readonly CorsConfig Cors = new() { AllowOrigins = ["*"], AllowHeaders = ["*"], AllowMethods = ["ALL"] };

    private static readonly ResponseHeadersPolicyConfig Policy = new()
    {
        Id = "rhp",
        Name = "rhp",
        RemovedHeaders = ["Server", "Date", "X-Powered-By"],
        Cors = Cors,
        AddedHeaders = [new AddedHeaderConfig("X-Empty", "", false), new AddedHeaderConfig("Content-Security-Policy", "default-src 'self'", true)],
        ServerTimingPercent = 0.0001m,
    };

    [Fact]
    public void A_behavior_gets_the_policy_it_names()
    {
        var result = Compile(Policy);

        Assert.True(result.Succeeded);
        Assert.True(result.Table.TryFind(Sample.DistributionConfig.DomainName, out var distribution));
        Assert.Equal("rhp", distribution.DefaultBehavior.ResponseHeadersPolicy!.Id);
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        var result = Compile(Policy with
        {
            RemovedHeaders = ["Bad Name", "Content-Length", "X-Amz-Cf-Id", "x-edge-anything"],
            AddedHeaders = [new AddedHeaderConfig("X:Y", "v", true), new AddedHeaderConfig("Transfer-Encoding", "chunked", true), new AddedHeaderConfig("X-Split", "a\r\nb", true)],
            Cors = Cors with { AllowOrigins = ["test.*.example.org"], AllowHeaders = ["x y"] },
            ServerTimingPercent = 101,
        });

        Assert.False(result.Succeeded);
        Assert.Equal(
            [
                "Response headers policy rhp: 'Bad Name' is no header's name.",
                "Response headers policy rhp: The header Content-Length cannot be removed.",
                "Response headers policy rhp: The header X-Amz-Cf-Id cannot be removed.",
                "Response headers policy rhp: The header x-edge-anything cannot be removed.",
                "Response headers policy rhp: 'X:Y' is no header's name.",
                "Response headers policy rhp: The header Transfer-Encoding cannot be added.",
                "Response headers policy rhp: The value of the header X-Split has characters that no header may have.",
                "Response headers policy rhp: 'test.*.example.org' is no pattern of origins.",
                "Response headers policy rhp: 'x y' is no method and no header's name.",
                "Response headers policy rhp: The sampling rate (101) is not between 0 and 100 percent.",
            ],
            result.Faults);
    }

    [Fact]
    public void Two_policies_with_one_id_are_a_fault() =>
        Assert.Contains("There are two response headers policies with the id rhp.", SnapshotCompiler.Compile(Sample.Snapshot() with { ResponseHeadersPolicies = [Policy, Policy] }).Faults);

    private static CompileResult Compile(ResponseHeadersPolicyConfig policy) => SnapshotCompiler.Compile(
        Sample.Snapshot(Sample.DistributionConfig with { DefaultBehavior = Sample.BehaviorConfig with { ResponseHeadersPolicyId = "rhp" } }) with { ResponseHeadersPolicies = [policy] });
}
