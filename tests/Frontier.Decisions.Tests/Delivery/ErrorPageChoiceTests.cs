// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tests.Delivery;

/// <summary>Which errors are answered with a page (DP-19.4, DP-19.9, DP-19.11).</summary>
public sealed class ErrorPageChoiceTests
{
    private static readonly DistributionModel Distribution = Sample.Distribution(Sample.DistributionConfig with
    {
        ErrorResponses = [.. new[] { 400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504 }.Select(static status => new ErrorResponseConfig(status, 10) { PagePath = $"/{status}.html" })],
    });

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(414)]
    [InlineData(416)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void Eleven_statuses_can_have_a_page_DP_19_11(int status) =>
        Assert.Equal($"/{status}.html", ErrorPageChoice.Decide(Sample.Request(), Distribution, status, lacksCapacity: false)!.PagePath);

    [Theory]
    [InlineData(200)]
    [InlineData(304)]
    [InlineData(402)]
    [InlineData(412)]
    [InlineData(415)]
    public void Others_have_none_DP_19_11(int status) => Assert.Null(ErrorPageChoice.Decide(Sample.Request(), Distribution, status, lacksCapacity: false));

    [Fact]
    public void A_status_that_only_has_a_time_to_be_kept_has_no_page_DP_19_1() =>
        Assert.Null(ErrorPageChoice.Decide(Sample.Request(), Sample.Distribution(Sample.DistributionConfig with { ErrorResponses = [new ErrorResponseConfig(404, 10)] }), 404, lacksCapacity: false));

    [Fact]
    public void An_edge_without_capacity_fetches_no_page_DP_19_9() => Assert.Null(ErrorPageChoice.Decide(Sample.Request(), Distribution, 503, lacksCapacity: true));

    [Theory]
    [InlineData("CDN-Loop: CloudFront", true)]
    [InlineData("CDN-Loop: CloudFront, other, CloudFront", false)]
    public void A_request_in_a_circle_makes_no_other_DP_2_11(string header, bool hasPage) =>
        Assert.Equal(hasPage, ErrorPageChoice.Decide(Sample.Request("/", header), Distribution, 403, lacksCapacity: false) is not null);
}
