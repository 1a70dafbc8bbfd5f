// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Access;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Access;

/// <summary>§4: protocol policy and methods, and DP-2.11.</summary>
public sealed class AccessCheckTests
{
    public static TheoryData<ViewerProtocol, string, HttpVersion, bool, AccessVerdict> Table()
    {
        var table = new TheoryData<ViewerProtocol, string, HttpVersion, bool, AccessVerdict>();
        string[] reading = ["GET", "HEAD"];
        string[] others = ["DELETE", "OPTIONS", "PATCH", "POST", "PUT"];
        foreach (var method in reading.Concat(others))
        {
            var moved = reading.Contains(method) ? AccessVerdict.MovedToHttps : AccessVerdict.TemporarilyMovedToHttps;
            var movedOld = reading.Contains(method) ? AccessVerdict.MovedToHttps : AccessVerdict.HttpsOnly;
            foreach (var version in Enum.GetValues<HttpVersion>())
            {
                foreach (var policy in Enum.GetValues<ViewerProtocol>())
                {
                    table.Add(policy, method, version, true, AccessVerdict.Allowed);
                }

                table.Add(ViewerProtocol.AllowAll, method, version, false, AccessVerdict.Allowed);
                table.Add(ViewerProtocol.HttpsOnly, method, version, false, AccessVerdict.HttpsOnly);
                table.Add(ViewerProtocol.RedirectToHttps, method, version, false, version is HttpVersion.Http10 ? movedOld : moved);
            }
        }

        return table;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void The_protocol_policy_decides_by_method_and_version_as_the_table_of_section_4_says(
        ViewerProtocol policy, string method, HttpVersion version, bool isHttps, AccessVerdict verdict) =>
        Assert.Equal(verdict, Decide(method, policy, isHttps, version, ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]));

    [Theory]
    [InlineData("POST")]
    [InlineData("OPTIONS")]
    [InlineData("DELETE")]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public void A_method_the_behavior_does_not_allow_is_refused_DP_4_3(string method)
    {
        Assert.Equal(AccessVerdict.MethodNotAllowed, Decide(method, allowed: ["GET", "HEAD"]));
        Assert.Equal(AccessVerdict.Allowed, Decide(method, allowed: ["GET", "HEAD", method]));
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("CONNECT")]
    [InlineData("PROPFIND")]
    [InlineData("get")]
    [InlineData("GETT")]
    public void An_unknown_method_is_refused_likewise_even_where_it_is_listed_DP_4_4(string method)
    {
        Assert.Equal(AccessVerdict.MethodNotAllowed, Decide(method, allowed: ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", method]));
        Assert.Equal(AccessVerdict.MethodNotAllowed, Decide(method, ViewerProtocol.RedirectToHttps, isHttps: false));
    }

    [Theory]
    [InlineData("GET", AccessVerdict.BodyNotAllowed)]
    [InlineData("HEAD", AccessVerdict.BodyNotAllowed)]
    [InlineData("POST", AccessVerdict.Allowed)]
    [InlineData("PUT", AccessVerdict.Allowed)]
    [InlineData("DELETE", AccessVerdict.Allowed)]
    [InlineData("OPTIONS", AccessVerdict.Allowed)]
    public void A_GET_or_HEAD_with_a_body_is_refused_DP_4_5(string method, AccessVerdict verdict) =>
        Assert.Equal(verdict, Decide(method, allowed: ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"], hasBody: true));

    [Fact]
    public void The_protocol_is_judged_before_the_method_and_the_body_section_1()
    {
        Assert.Equal(AccessVerdict.TemporarilyMovedToHttps, Decide("POST", ViewerProtocol.RedirectToHttps, isHttps: false, allowed: ["GET"]));
        Assert.Equal(AccessVerdict.MovedToHttps, Decide("GET", ViewerProtocol.RedirectToHttps, isHttps: false, hasBody: true));
        Assert.Equal(AccessVerdict.HttpsOnly, Decide("POST", ViewerProtocol.HttpsOnly, isHttps: false, allowed: ["GET"]));
    }

    [Theory]
    [InlineData(AccessVerdict.Allowed)]
    [InlineData(AccessVerdict.Allowed, "CloudFront")]
    [InlineData(AccessVerdict.Loop, "CloudFront, CloudFront")]
    [InlineData(AccessVerdict.Loop, "CloudFront", "CloudFront")]
    [InlineData(AccessVerdict.Loop, "other, CloudFront; a=\"b,c\" , another.example:80, CloudFront;d")]
    [InlineData(AccessVerdict.Loop, "CloudFront, CloudFront, CloudFront")]
    [InlineData(AccessVerdict.Allowed, "CloudFront, other")]
    [InlineData(AccessVerdict.Allowed, "CloudFrontier, CloudFront-like, CloudFront")]
    [InlineData(AccessVerdict.Allowed, "\"CloudFront, CloudFront\"")]
    public void A_request_that_passed_two_distributions_passes_no_third_DP_2_11(AccessVerdict verdict, params string[] loops)
    {
        var request = Sample.Request("/", [.. loops.Select(loop => "CDN-Loop: " + loop)]);

        Assert.Equal(verdict, AccessCheck.Decide(request, Sample.Behavior(), hasBody: false));
    }

    private static AccessVerdict Decide(
        string method, ViewerProtocol policy = ViewerProtocol.AllowAll, bool isHttps = true, HttpVersion version = HttpVersion.Http11, string[]? allowed = null, bool hasBody = false)
    {
        var request = Sample.Request("/");
        request.SetMethod(method);
        request.Version = version;
        request.IsHttps = isHttps;
        var behavior = Sample.Behavior(behavior: Sample.BehaviorConfig with { ViewerProtocol = policy, AllowedMethods = [.. allowed ?? ["GET", "HEAD"]] });
        return AccessCheck.Decide(request, behavior, hasBody);
    }
}
