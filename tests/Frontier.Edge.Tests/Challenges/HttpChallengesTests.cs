// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Challenges;

/// <summary>A certificate authority asks by HTTP whether a name reaches the edge (RFC 8555, section 8.3).</summary>
public sealed class HttpChallengesTests
{
    private const string Name = "new.example.com";
    private const string Token = "evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA";
    private const string Path = "/.well-known/acme-challenge/" + Token;

    private static readonly ChallengeConfig Challenge = new(Name, ChallengeKind.Http01, Token, Token + ".thumbprint");

    [Fact]
    public async Task A_name_under_order_is_answered_before_any_distribution_has_it()
    {
        await using var edge = await TestEdge.StartAsync();
        Assert.Equal(403, (await edge.GetAsync(Path, ("Host", Name))).Status);

        await edge.Control.ChallengeAsync(Challenge);
        var answer = await edge.GetAsync(Path, ("Host", Name.ToUpperInvariant() + ":80"));
        Assert.Equal((200, Token + ".thumbprint", "application/octet-stream"), (answer.Status, answer.Body, answer.Header("Content-Type")));

        await edge.Control.ChallengeAsync();
        Assert.Equal(403, (await edge.GetAsync(Path, ("Host", Name))).Status);
    }

    [Fact]
    public async Task A_distribution_that_redirects_to_HTTPS_is_not_asked_and_one_that_has_cached_the_path_neither()
    {
        await using var edge = await TestEdge.StartAsync(static distribution => distribution with
        {
            Aliases = [Name],
            Behaviors = [TestEdge.Behavior("/secure/*") with { ViewerProtocol = ViewerProtocol.RedirectToHttps }],
        });
        edge.Origin.On(Path).Reply(200, "the origin's own");
        Assert.Equal("the origin's own", (await edge.GetAsync(Path, ("Host", Name))).Body);
        Assert.Equal("Hit from cloudfront", (await edge.GetAsync(Path, ("Host", Name))).Header("X-Cache"));

        await edge.Control.ChallengeAsync(Challenge);
        Assert.Equal(Token + ".thumbprint", (await edge.GetAsync(Path, ("Host", Name))).Body);

        edge.Configure(static distribution => distribution with { Aliases = [Name], DefaultBehavior = distribution.DefaultBehavior with { ViewerProtocol = ViewerProtocol.RedirectToHttps } });
        await edge.DeployedAsync();
        Assert.Equal(Token + ".thumbprint", (await edge.GetAsync(Path, ("Host", Name))).Body);
        Assert.Equal(301, (await edge.GetAsync("/.well-known/acme-challenge/unknown", ("Host", Name))).Status);
    }

    /// <summary>Origins have orders of their own, and whoever makes up a token, or asks under another name, learns nothing.</summary>
    [Fact]
    public async Task A_token_that_nobody_waits_for_goes_to_the_origin_and_one_of_another_name_is_not_told()
    {
        await using var edge = await TestEdge.StartAsync();
        edge.Origin.On("*").Handle(static request => ScriptedReply.Of(200, "origin " + request.Path));
        await edge.Control.ChallengeAsync(Challenge);
        foreach (var path in new[] { Path, "/.well-known/acme-challenge/guessed", "/.well-known/acme-challenge/", "/.well-known/acme-challenge/../" + Token })
        {
            Assert.StartsWith("origin ", (await edge.GetAsync(path)).Body, StringComparison.Ordinal);
        }

        Assert.Equal(403, (await edge.GetAsync("/.well-known/acme-challenge/guessed", ("Host", Name))).Status);
        Assert.Equal(403, (await edge.SendAsync(HttpMethod.Post, Path, new StringContent("x"), ("Host", Name))).Status);
    }

    /// <summary>What is for a handshake is answered there alone.</summary>
    [Fact]
    public async Task A_challenge_of_the_other_kind_is_not_answered_by_HTTP()
    {
        await using var edge = await TestEdge.StartAsync();
        await edge.Control.ChallengeAsync(Challenge with { Kind = ChallengeKind.TlsAlpn01 });
        Assert.Equal(403, (await edge.GetAsync(Path, ("Host", Name))).Status);
    }

    [Fact]
    public async Task After_a_restart_the_edge_says_that_it_has_none_and_is_told_again()
    {
        await using var edge = await TestEdge.StartAsync();
        await edge.Control.ChallengeAsync(Challenge);
        await edge.RestartAsync();
        await Eventually.IsTrueAsync(async () => (await edge.GetAsync(Path, ("Host", Name))).Status == 200);
    }
}
