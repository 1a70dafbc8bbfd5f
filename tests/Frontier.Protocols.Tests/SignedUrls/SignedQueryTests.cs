// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;
using Frontier.Protocols.SignedUrls;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.SignedUrls;

/// <summary>DP-24.7, DP-24.13: what signs is taken out of a query, and nothing else.</summary>
public sealed class SignedQueryTests
{
    [Theory]
    [InlineData("Expires=1&Signature=s&Key-Pair-Id=k", null)]
    [InlineData("Policy=p&Hash-Algorithm=SHA256&Signature&Key-Pair-Id=", null)]
    [InlineData("a=1&Expires=1&b=2&Signature=s&c", "a=1&b=2&c")]
    [InlineData("a&&Expires=1", "a&")]
    [InlineData("&Expires=1", "")]
    [InlineData("expires=1&signature=s&Key-Pair-id=k", "expires=1&signature=s&Key-Pair-id=k")]
    [InlineData("Sign%61ture=s&Expires=1", "Sign%61ture=s")]
    [InlineData("a=Expires=1&Expires", "a=Expires=1")]
    [InlineData("x;Signature=s&Policy=p", "x;Signature=s")]
    public void The_signing_parameters_go_and_the_others_stay_byte_for_byte(string query, string? rest)
    {
        var into = new byte[query.Length];
        var isAny = SignedQuery.TryStrip(Encoding.ASCII.GetBytes(query), into, out var length);
        Assert.Equal(rest, isAny ? Encoding.ASCII.GetString(into, 0, length) : null);
    }

    [Fact]
    public void A_query_without_them_stays_as_it_is_whatever_it_says() =>
        Prop.ForAll<byte[]>(static query =>
        {
            var into = new byte[query.Length];
            return SignedQuery.IsSigned(query) || (SignedQuery.TryStrip(query, into, out var length) && into.AsSpan(0, length).SequenceEqual(query));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_request_tells_the_query_it_came_with_after_it_was_taken_off()
    {
        var request = new RequestHead();
        request.SetTarget("/?a=1&Expires=2"u8);
        request.SetPath("/index.html"u8);
        request.SetQuery("a=1"u8, hasQuery: true);
        Assert.Equal(("/index.html?a=1", "a=1&Expires=2", "/"), (request.TargetText, Encoding.ASCII.GetString(request.ReceivedQuery), Encoding.ASCII.GetString(request.ReceivedPath)));

        request.SetQuery(default, hasQuery: false);
        Assert.Equal(("/index.html", false, true), (request.TargetText, request.HasQuery, request.HasReceivedQuery));
        request.SetTarget("/b?c"u8);
        Assert.Equal(("/b?c", "c"), (request.TargetText, Encoding.ASCII.GetString(request.ReceivedQuery)));
        request.SetTarget("/b"u8);
        Assert.False(request.HasReceivedQuery);
    }
}
