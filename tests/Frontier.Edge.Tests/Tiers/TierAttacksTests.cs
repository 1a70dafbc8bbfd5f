// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Frontier.Contracts.Fleet;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Tiers;

/// <summary>Who is no machine of the fleet gets nothing by the words of machines, on whichever port; and a machine gets no more than it should.</summary>
public sealed class TierAttacksTests
{
    private const string RequestId = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa==";

    [Fact]
    public async Task A_viewer_that_speaks_as_a_machine_is_a_viewer_like_any_other()
    {
        await using var fleet = await TestFleet.StartAsync(
            static (_, distribution) => distribution with { DefaultBehavior = TestEdge.Behavior("*") with { ViewerProtocol = Contracts.ViewerProtocol.HttpsOnly } }, null, ("fra1", 1, 1));
        fleet.Origin.On("/a").Reply(200, "hello", ("X-Edge-Declined", "behind"), ("X-Edge-Failure", "ConnectError"), ("X-Edge-Lifetime", "1000000 0 0"));
        var edge = fleet.Edges.Single();
        var answer = await edge.GetAsync("/a", [.. Forged("owner")]);
        Assert.Equal(403, answer.Status); // its protocol is that of its connection
        Assert.Equal(0, fleet.Origin.Requests("/a"));
    }

    [Fact]
    public async Task What_an_origin_says_in_the_words_of_machines_says_nothing()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1));
        fleet.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=5"), ("X-Edge-Declined", "behind"), ("X-Edge-Failure", "ConnectError"), ("X-Edge-Lifetime", "9000000 0 0"), ("X-Edge-Result", "Hit OriginShieldHit"));
        var edge = fleet.Edges.Single();
        var answer = await edge.GetAsync("/a");
        Assert.Equal((200, "hello", "Miss from cloudfront"), (answer.Status, answer.Body, answer.Cache));
        fleet.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("Miss from cloudfront", (await edge.GetAsync("/a")).Cache);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("foreign")]
    [InlineData("a server's")]
    [InlineData("of a DNS node")]
    [InlineData("expired")]
    public async Task Whoever_shows_no_certificate_of_the_fleet_gets_no_connection(string shown)
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1));
        using var foreign = new TestFleetAuthority(fleet.Clock.GetUtcNow());
        using var server = new TestAuthority(fleet.Clock.GetUtcNow());
        var id = fleet.Edges.Single().Id;
        using var certificate = shown switch
        {
            "foreign" => foreign.Issue(NodeRole.Edge, id),
            "a server's" => server.Issue(id),
            "expired" => fleet.Authority.Issue(NodeRole.Edge, id, until: fleet.Clock.GetUtcNow().AddMinutes(-1)),
            "of a DNS node" => fleet.Authority.Issue(NodeRole.Dns, "dns-fra1-0"),
            _ => null,
        };
        await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(fleet, fleet.Regionals.Single(), certificate, Forged("regional")));
        Assert.Equal(0, fleet.Origin.Requests("/a"));
    }

    [Fact]
    public async Task A_machine_that_was_removed_is_refused_also_on_a_connection_that_stands()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 2, 1));
        fleet.Origin.On("*").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        var removed = fleet.Edges.First();
        await removed.GetAsync("/a");
        var directory = fleet.DirectoryWithout(removed);
        await TestFleet.TellAsync(directory, fleet.Nodes.Where(node => node != removed)); // it has not heard of it itself

        Assert.Null((await removed.Records.OfAsync(await removed.GetAsync("/b"))).Parent);
        using var certificate = fleet.Authority.Issue(NodeRole.Edge, removed.Id);
        Assert.Contains("X-Edge-Declined: not-of-fleet", await AskAsync(fleet, fleet.Regionals.Single(), certificate, Forged("regional")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_DNS_node_is_refused_whatever_its_certificate_says()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1));
        var dns = new NodeConfig { Id = "dns-fra1-0", Pop = "fra1", State = NodeState.InService, Facts = new NodeFacts { Role = NodeRole.Dns, ProgramVersion = "0.1.0" } };
        await TestFleet.TellAsync(fleet.DirectoryWith(dns), fleet.Nodes);
        using var certificate = fleet.Authority.Issue(NodeRole.Edge, dns.Id);
        Assert.Contains("X-Edge-Declined: not-of-fleet", await AskAsync(fleet, fleet.Regionals.Single(), certificate, Forged("regional")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Edge-Tier", "edge", "malformed")]
    [InlineData("X-Edge-Tier", "owner", "not-that-tier")]
    [InlineData("X-Edge-Distribution", "nobody.example", "not-known")]
    [InlineData("X-Edge-Origin", "another", "not-known")]
    [InlineData("X-Edge-Key", "00112233445566778899aabbccddeeff", "other-key")]
    [InlineData("X-Edge-Key", "0", "malformed")]
    [InlineData("X-Edge-Position", "-1", "malformed")]
    [InlineData("X-Edge-Viewer", "https 1.1 nobody 1 -", "malformed")]
    [InlineData("X-Edge-Request-Id", "short", "malformed")]
    public async Task A_machine_can_make_another_store_nothing_under_a_key_of_its_choice(string field, string value, string why)
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1));
        fleet.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        using var certificate = fleet.Authority.Issue(NodeRole.Edge, fleet.Edges.Single().Id);
        var fields = Forged("regional").Where(known => known.Name != field).Append((field, value));
        Assert.Contains($"X-Edge-Declined: {why}", await AskAsync(fleet, fleet.Regionals.Single(), certificate, fields), StringComparison.Ordinal);
        Assert.Equal(0, fleet.Origin.Requests("/a"));
        Assert.Equal(0, fleet.Regionals.Single().Server.CacheStatistics.MemoryObjects);
    }

    [Fact]
    public async Task A_parent_that_is_another_machine_than_the_directory_says_is_not_asked()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 2));
        fleet.Origin.On("/a").Reply(200, "hello", ("Cache-Control", "max-age=60"));
        var regionals = fleet.Regionals.ToList();
        (regionals[0].Tier, regionals[1].Tier) = (regionals[1].Tier, regionals[0].Tier);
        await fleet.TellDirectoryAsync();
        var edge = fleet.Edges.Single();
        Assert.Null((await edge.Records.OfAsync(await edge.GetAsync("/a"))).Parent);
    }

    [Fact]
    public async Task An_origin_cannot_be_where_machines_ask_one_another()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1));
        var port = IPEndPoint.Parse(fleet.Regionals.Single().Tier!).Port;
        await fleet.ConfigureAsync((fleet, distribution) => distribution with { Origins = [fleet.OriginConfig() with { HttpPort = port }] });
        var edge = fleet.Edges.Single();
        var answer = await edge.GetAsync("/a");
        Assert.Equal(502, answer.Status);
        Assert.Equal(Frontier.Usage.ErrorDetail.OriginForbiddenError, (await edge.Records.OfAsync(answer)).Detail);
    }

    [Fact]
    public async Task The_port_of_machines_speaks_no_plain_HTTP()
    {
        await using var fleet = await TestFleet.StartAsync(("fra1", 1, 1));
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPEndPoint.Parse(fleet.Regionals.Single().Tier!));
        await socket.SendAsync(Encoding.ASCII.GetBytes(Request(Forged("regional"))));
        using var patience = new CancellationTokenSource(ScriptedOrigin.Patience);
        var buffer = new byte[512];
        var read = 0;
        try
        {
            read = await socket.ReceiveAsync(buffer, patience.Token);
        }
        catch (SocketException)
        {
            // Cut is as good as closed.
        }

        Assert.DoesNotContain("HTTP/1.1 200", Encoding.ASCII.GetString(buffer, 0, read), StringComparison.Ordinal);
    }

    private static IEnumerable<(string Name, string Value)> Forged(string level) =>
    [
        ("X-Edge-Tier", level), ("X-Edge-Distribution", TestEdge.Host), ("X-Edge-Key", Decisions.Tiers.TierKey.Of(Encoding.ASCII.GetBytes($"{TestEdge.Id}\0/a\0")).ToString()),
        ("X-Edge-Position", "0"), ("X-Edge-Viewer", "https 2.0 203.0.113.1 1234 -"), ("X-Edge-Request-Id", RequestId),
    ];

    private static string Request(IEnumerable<(string Name, string Value)> fields) =>
        $"GET /a HTTP/1.1\r\nHost: {TestEdge.Host}\r\n{string.Concat(fields.Select(static field => $"{field.Name}: {field.Value}\r\n"))}Connection: close\r\n\r\n";

    private static async Task<string> AskAsync(TestFleet fleet, TestNode node, X509Certificate2? certificate, IEnumerable<(string Name, string Value)> fields)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPEndPoint.Parse(node.Tier!));
        await using var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = node.Id,
            EnabledSslProtocols = SslProtocols.Tls13,
            ClientCertificateContext = certificate is null ? null : SslStreamCertificateContext.Create(certificate, null, offline: true),
            RemoteCertificateValidationCallback = static (_, shown, _, _) => shown is not null,
        });
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Request(fields)));
        using var reader = new StreamReader(stream);
        using var patience = new CancellationTokenSource(ScriptedOrigin.Patience);
        var answer = await reader.ReadToEndAsync(patience.Token);
        return answer.Length > 0 ? answer : throw new IOException("The connection ended without an answer.");
    }
}
