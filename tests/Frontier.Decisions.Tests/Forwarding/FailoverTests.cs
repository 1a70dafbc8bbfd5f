// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Forwarding;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Tests.Forwarding;

/// <summary>When a group's second origin is asked (§12).</summary>
public sealed class FailoverTests
{
    [Theory]
    [InlineData(500, false, 500)]
    [InlineData(404, false, null)]
    [InlineData(502, true, 503)] // refused: the page would say 502
    [InlineData(504, true, 503)] // not connected in time: the page would say 504
    [InlineData(504, false, null)]
    public void A_status_counts_when_it_is_listed_and_a_missing_connection_as_503_DP_12_2(int status, bool notConnected, int? code) =>
        Assert.Equal(code, Failover.Reason(Model(500, 503), status, notConnected));

    [Theory]
    [InlineData(502, true, 502)]
    [InlineData(504, true, null)]
    public void Without_503_a_missing_connection_counts_as_its_page_does(int status, bool notConnected, int? code) =>
        Assert.Equal(code, Failover.Reason(Model(500, 502), status, notConnected));

    [Theory]
    [InlineData(RequestMethod.Get, false, true)]
    [InlineData(RequestMethod.Head, false, true)]
    [InlineData(RequestMethod.Options, false, true)]
    [InlineData(RequestMethod.Options, true, false)]
    [InlineData(RequestMethod.Get, true, false)]
    [InlineData(RequestMethod.Post, false, false)]
    [InlineData(RequestMethod.Put, false, false)]
    [InlineData(RequestMethod.Patch, false, false)]
    [InlineData(RequestMethod.Delete, false, false)]
    [InlineData(RequestMethod.Other, false, false)]
    public void Only_methods_that_ask_and_bring_no_body_fail_over_DP_12_3(RequestMethod method, bool hasBody, bool may) =>
        Assert.Equal(may, Failover.MayFailOver(method, hasBody));

    private static OriginFailoverModel Model(params int[] statuses) =>
        new(new OriginGroupConfig { Id = "g", PrimaryOriginId = "o", SecondaryOriginId = "p", FailoverStatuses = [.. statuses] }, new OriginModel(Sample.Origin));
}
