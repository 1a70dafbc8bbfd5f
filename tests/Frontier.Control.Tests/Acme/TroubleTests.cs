// SPDX-License-Identifier: Apache-2.0

using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Frontier.Control.Acme;
using Frontier.Control.Store;
using Frontier.Control.Tests.Feed;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using static Frontier.Control.Tests.Harness.CertificateCalls;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Acme;

/// <summary>What goes wrong between the control plane and an authority, and what becomes of it (RFC 8555, sections 6 and 7).</summary>
public sealed class TroubleTests
{
    private const string Name = AcmeWorld.Name;

    [Fact]
    public async Task A_nonce_that_is_refused_is_replaced()
    {
        await using var world = await AcmeWorld.StartAsync();
        world.Authority.BadNonces = 3;
        var arn = await world.IssueAsync();
        Assert.Equal(("ISSUED", 1), (await world.StatusAsync(arn), world.Authority.Orders.Count));
    }

    /// <summary>A name that does not reach the edges yet is tried again, at a pace that authorities bear.</summary>
    [Fact]
    public async Task A_name_that_is_not_found_is_ordered_again_later()
    {
        await using var world = await AcmeWorld.StartAsync();
        var found = false;
        world.Authority.Finds = (_, _, _) => found;
        var arn = await world.RequestAsync();
        Assert.StartsWith("DOMAIN_VALIDATION_DENIED: www.example.com: looked in vain", await world.ProblemComesAsync(arn, "vain"), StringComparison.Ordinal);
        Assert.Equal("PENDING_VALIDATION", await world.StatusAsync(arn));
        world.Control.Clock.Advance(TimeSpan.FromMinutes(4));
        await world.StatusAsync(arn);
        Assert.Single(world.Authority.Orders);

        found = true;
        world.Control.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.StatusComesAsync(arn, "ISSUED");
        Assert.Equal(2, world.Authority.Orders.Count);
    }

    [Fact]
    public async Task After_three_days_nothing_more_is_tried_NB_6_4()
    {
        await using var world = await AcmeWorld.StartAsync();
        world.Authority.IsSlow = true;
        var arn = await world.RequestAsync();
        await world.PassUntilAsync(() => world.Edge.Challenges.Length == 1);
        world.Control.Clock.Advance(TimeSpan.FromHours(73));
        Assert.Equal("VALIDATION_TIMED_OUT", await world.StatusAsync(arn));
        await world.PassUntilAsync(() => world.Edge.Challenges.IsEmpty);
    }

    [Fact]
    public async Task Who_is_told_to_come_back_later_comes_back_later()
    {
        await using var world = await AcmeWorld.StartAsync();
        world.Authority.RefusesOrders = (429, "rateLimited", 3_600);
        var arn = await world.RequestAsync();
        Assert.Contains("rateLimited", await world.ProblemComesAsync(arn, "rateLimited"), StringComparison.Ordinal);
        var other = await world.RequestAsync("other.example.com");
        world.Control.Clock.Advance(TimeSpan.FromMinutes(50));
        await world.StatusAsync(arn);
        Assert.Equal(1, world.Authority.Log.Count(static call => call == "POST /order"));

        world.Authority.RefusesOrders = null;
        world.Control.Clock.Advance(TimeSpan.FromMinutes(10));
        await world.StatusComesAsync(arn, "ISSUED");
        await world.StatusComesAsync(other, "ISSUED");
    }

    [Fact]
    public async Task An_authority_that_is_away_is_asked_again()
    {
        await using var world = await AcmeWorld.StartAsync();
        world.Authority.IsAway = true;
        var arn = await world.RequestAsync();
        Assert.Contains("503", await world.ProblemComesAsync(arn, "503"), StringComparison.Ordinal);
        world.Authority.IsAway = false;
        await world.StatusComesAsync(arn, "ISSUED");
    }

    [Fact]
    public async Task An_authority_that_takes_its_time_is_not_asked_all_the_time()
    {
        await using var world = await AcmeWorld.StartAsync();
        world.Authority.IsSlow = true;
        var arn = await world.RequestAsync();
        await world.PassUntilAsync(() => world.Authority.Log.Contains("POST /orders/0"));
        for (var second = 0; second < 120; second++)
        {
            world.Control.Clock.Advance(TimeSpan.FromSeconds(1));
            await world.StatusAsync(arn);
        }

        Assert.InRange(world.Authority.Log.Count(static call => call == "POST /orders/0"), 2, 9);
        Assert.Equal("PENDING_VALIDATION", await world.StatusAsync(arn));
    }

    [Fact]
    public async Task A_restart_in_the_middle_goes_on_with_the_same_order_and_account()
    {
        await using var world = await AcmeWorld.StartAsync();
        world.Authority.IsSlow = true;
        var arn = await world.RequestAsync();
        await world.PassUntilAsync(() => world.Authority.Log.Contains("POST /challenge/0/0"));
        await world.Control.RestartAsync();
        await using var edge = new ListeningEdge(world.Control.Address);
        world.Authority.Finds = edge.Answers;
        await world.PassUntilAsync(() => edge.Challenges.Length == 1);
        world.Authority.IsSlow = false;
        world.Authority.Approve();
        await world.StatusComesAsync(arn, "ISSUED");
        Assert.Equal((1, 1), (world.Authority.Orders.Count, world.Authority.Accounts));
    }

    /// <summary>Two processes on one store, each with edges of its own: what is ordered is ordered once, and all edges answer.</summary>
    [Fact]
    public async Task Two_processes_make_one_order_and_the_edges_of_both_know_the_answer()
    {
        await using var world = await AcmeWorld.StartAsync(wraps: Share);
        IControlStore Share(IControlStore store)
        {
            var shared = DispatchProxy.Create<ISharedControlStore, FeedFollowerTests.SharedStore>();
            (((FeedFollowerTests.SharedStore)(object)shared).Target, ((FeedFollowerTests.SharedStore)(object)shared).Clock) = (store, new ManualTimeProvider());
            return shared;
        }

        await using var second = await ControlServer.StartAsync(world.Control.Options, Share(world.Control.Store), world.Control.Clock, NullLoggerFactory.Instance, default);
        await using var other = new ListeningEdge(new Uri($"http://{second.Endpoint}"), "other");
        await world.PassUntilAsync(async () => (await world.Control.Store.ListEdgesAsync(TimeSpan.FromHours(1), default)).Length == 2);
        var asked = 0;
        world.Authority.Finds = (name, token, answer) =>
        {
            asked++;
            return world.Edge.Answers(name, token, answer) && other.Answers(name, token, answer);
        };
        string[] arns = [await world.RequestAsync(), await world.RequestAsync("a.example.com"), await world.RequestAsync("b.example.com")];
        foreach (var arn in arns)
        {
            await world.StatusComesAsync(arn, "ISSUED");
        }

        Assert.True((3, 3, 1) == (world.Authority.Orders.Count, asked, world.Authority.Accounts), string.Join('\n', world.Authority.Log));
    }

    [Fact]
    public async Task An_account_that_the_authority_knows_from_elsewhere_is_proved_to_it()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        await using var world = await AcmeWorld.StartAsync(options => options with { ExternalAccount = new AcmeExternalAccount("kid-1", key), Email = "operator@example.com" });
        world.Authority.ExternalAccount = ("kid-1", RandomNumberGenerator.GetBytes(32));
        var arn = await world.RequestAsync();
        Assert.Contains("--acme-eab", await world.ProblemComesAsync(arn, "externalAccountRequired"), StringComparison.Ordinal);
        world.Authority.ExternalAccount = ("kid-1", key);
        await world.StatusComesAsync(arn, "ISSUED");
    }

    /// <summary>Whoever stands between, or has the authority, must not have the edges show what they chose.</summary>
    [Theory]
    [InlineData("other names")]
    [InlineData("another key")]
    [InlineData("an expired one")]
    [InlineData("no certificate")]
    public async Task What_does_not_fit_the_request_is_not_taken(string attack)
    {
        await using var world = await AcmeWorld.StartAsync();
        var now = world.Control.Clock.GetUtcNow();
        world.Authority.Issues = request => attack switch
        {
            "other names" => Authority.IssueFor(request, now.AddHours(-1), now.AddDays(9), ["evil.example.com"]),
            "another key" => PemText.Of(Authority.Issue(Name)),
            "an expired one" => Authority.IssueFor(request, now.AddDays(-9), now.AddDays(-1)),
            _ => "nothing",
        };
        var arn = await world.RequestAsync();
        Assert.Contains("The ACME server gave", await world.ProblemComesAsync(arn, "gave"), StringComparison.Ordinal);
        Assert.Equal("PENDING_VALIDATION", await world.StatusAsync(arn));
        (await world.Control.AcmAsync("GetCertificate", Named(arn))).ExpectTargetError(400, "RequestInProgressException");
    }

    /// <summary>Neither the account's key nor a certificate's leaves the store but for edges, whoever reads its files, its audit log or its snapshots.</summary>
    [Fact]
    public async Task Keys_lie_nowhere_in_the_clear()
    {
        await using var world = await AcmeWorld.StartAsync();
        world.Authority.IsSlow = true;
        var arn = await world.RequestAsync();
        await world.PassUntilAsync(() => world.Authority.Log.Contains("POST /challenge/0/0"));
        var middle = await world.Control.FileTextAsync();
        world.Authority.IsSlow = false;
        world.Authority.Approve();
        await world.StatusComesAsync(arn, "ISSUED");
        (await world.Control.CallAsync("POST", "distribution", Distribution("r", Certified(arn, aliases: Name)))).Expect(201);
        (await world.Control.AcmAsync("DeleteCertificate", Named(await world.RequestAsync("b.example.com")))).Expect(200);
        var audit = (await world.Control.CallOwnAsync("GET", "audit")).Expect(200).Body;
        Assert.Contains("RequestCertificate", audit, StringComparison.Ordinal);
        var everywhere = middle + await world.Control.FileTextAsync() + audit + string.Concat((await world.Control.StoredSnapshotsAsync()).Select(static row => row.Json));
        Assert.Contains("acme-account", everywhere, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", everywhere, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.ASCII.GetBytes("-----BEGIN PRIVATE KEY"))[..20], everywhere, StringComparison.Ordinal);
    }
}
