// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Control.Credentials;
using Frontier.Control.Fleet;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;
using X509Request = System.Security.Cryptography.X509Certificates.CertificateRequest;

namespace Frontier.Control.Tests.Fleet;

/// <summary>Who is let to what machines may ask, and what it takes to stay (decision 23). Each attack fails.</summary>
public sealed class TrustTests
{
    [Fact]
    public async Task Without_a_certificate_there_is_nothing_but_to_join()
    {
        await using var control = await StartAsync();
        using var stranger = new TestMachine(control);
        using var key = TestMachine.NewKey();

        await TestMachine.ExpectRefusalAsync(await stranger.PostReportAsync(Report("edge-1")), HttpStatusCode.Unauthorized, "joined the fleet");
        await TestMachine.ExpectRefusalAsync(await stranger.AskForKeysAsync("id"), HttpStatusCode.Unauthorized, "joined the fleet");
        await TestMachine.ExpectRefusalAsync(await stranger.RenewAsync(TestMachine.RequestFor(key)), HttpStatusCode.Unauthorized, "joined the fleet");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.SendAsync(new HttpRequestMessage(HttpMethod.Get, "/2020-05-31/distribution"))).StatusCode);
    }

    /// <summary>The token of the edge beside the control plane in one process is no way around certificates.</summary>
    [Fact]
    public async Task The_token_of_one_process_counts_for_nothing_at_the_listener_of_the_fleet()
    {
        await using var control = await StartAsync();
        using var stranger = new TestMachine(control);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/frontier/v1/feed") { Content = JsonContent.Create(Report("edge-1"), ContractsJson.Default.EdgeReport) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestControl.EdgeToken);

        await TestMachine.ExpectRefusalAsync(await stranger.SendAsync(request), HttpStatusCode.Unauthorized, "joined the fleet");
    }

    [Fact]
    public async Task The_listener_of_the_API_serves_no_machines_where_no_edge_is_in_the_process()
    {
        await using var control = await StartAsync(static options => options with { EdgeToken = null });

        using var response = await control.PostReportAsync(Report("edge-1"));

        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await control.Store.ListEdgesAsync(TimeSpan.FromHours(1), default));
    }

    [Theory]
    [InlineData("another authority")]
    [InlineData("expired")]
    [InlineData("self-signed")]
    public async Task A_certificate_that_the_fleets_authority_does_not_vouch_for_ends_the_handshake(string kind)
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        if (kind == "expired")
        {
            control.Clock.Advance(FleetAuthority.Lifetime + TimeSpan.FromSeconds(1));
        }

        using var forged = new TestMachine(control, kind == "expired" ? machine.Certificate : Forge(control.Clock, isSelfSigned: kind == "self-signed"));

        await Assert.ThrowsAsync<HttpRequestException>(() => forged.PostReportAsync(Report("edge-1")));
    }

    [Fact]
    public async Task A_certificate_that_expires_while_its_connection_stands_is_refused()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        await machine.ReportAsync();
        control.Clock.Advance(FleetAuthority.Lifetime + TimeSpan.FromSeconds(1));

        await TestMachine.ExpectRefusalAsync(await machine.PostReportAsync(machine.Report()), HttpStatusCode.Unauthorized, "expired");
    }

    [Fact]
    public async Task A_machine_reports_as_itself_alone()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        using var other = await TestMachine.JoinAsync(control, id: "edge-2");

        using var response = await machine.PostReportAsync(other.Report());

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(await control.Store.ListEdgesAsync(TimeSpan.FromHours(1), default));
    }

    [Fact]
    public async Task A_DNS_node_gets_no_keys_of_certificates_and_reports_as_no_edge()
    {
        await using var control = await StartAsync();
        using var dns = await TestMachine.JoinAsync(control, NodeRole.Dns, id: "dns-1");

        await TestMachine.ExpectRefusalAsync(await dns.AskForKeysAsync("id"), HttpStatusCode.Forbidden, "Edges and regional caches alone");
        Assert.Equal(HttpStatusCode.BadRequest, (await dns.PostReportAsync(dns.Report())).StatusCode);
    }

    [Fact]
    public async Task A_machine_that_was_removed_is_refused_at_once_whatever_it_asks()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        using var key = TestMachine.NewKey();
        await machine.ReportAsync();
        (await control.CallOwnAsync("DELETE", "nodes/edge-1")).Expect(204);

        await TestMachine.ExpectRefusalAsync(await machine.PostReportAsync(machine.Report()), HttpStatusCode.Forbidden, "it was removed");
        await TestMachine.ExpectRefusalAsync(await machine.AskForKeysAsync("id"), HttpStatusCode.Forbidden, "it was removed");
        await TestMachine.ExpectRefusalAsync(await machine.RenewAsync(TestMachine.RequestFor(key)), HttpStatusCode.Forbidden, "it was removed");
    }

    [Fact]
    public async Task A_machine_that_is_removed_while_its_report_waits_is_told_nothing_more()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        var revision = (await machine.ReportAsync()).Fleet!.Revision;
        var waiting = machine.PostReportAsync(machine.Report(revision, atOnce: false));
        await Eventually.IsTrueAsync(async () => (await control.Store.ListEdgesAsync(TimeSpan.FromHours(1), default)).Length == 1);
        (await control.CallOwnAsync("DELETE", "nodes/edge-1")).Expect(204);

        await TestMachine.ExpectRefusalAsync(await waiting, HttpStatusCode.Forbidden, "it was removed");
    }

    [Fact]
    public async Task A_machine_renews_its_certificate_for_another_key()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        control.Clock.Advance(TimeSpan.FromDays(5));
        using var key = TestMachine.NewKey();

        using var response = await machine.RenewAsync(TestMachine.RequestFor(key));
        using var renewed = new TestMachine(control, await TestMachine.ReadAsync(response, key));
        control.Clock.Advance(TimeSpan.FromDays(5)); // the first one is over by now

        Assert.Equal("edge-1", renewed.Id);
        await renewed.ReportAsync();
    }

    [Fact]
    public async Task What_a_request_for_a_certificate_says_of_its_machine_counts_for_nothing()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        using var key = TestMachine.NewKey();
        var asked = new X509Request("CN=control", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri("frontier://control/me"));
        asked.CertificateExtensions.Add(names.Build());
        asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));

        using var response = await machine.RenewAsync(asked.CreateSigningRequestPem());
        using var made = await TestMachine.ReadAsync(response, key);

        Assert.Equal("frontier://edge/edge-1", FleetName.Of(made)!.ToString());
        Assert.False(made.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
    }

    [Fact]
    public async Task A_certificate_can_be_had_for_a_key_of_P_256_alone()
    {
        await using var control = await StartAsync();
        using var machine = await TestMachine.JoinAsync(control);
        using var rsa = RSA.Create(2048);
        using var wide = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        await TestMachine.ExpectRefusalAsync(await machine.RenewAsync(new X509Request("CN=x", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem()), HttpStatusCode.BadRequest, "P-256");
        await TestMachine.ExpectRefusalAsync(await machine.RenewAsync(TestMachine.RequestFor(wide)), HttpStatusCode.BadRequest, "P-256");
        await TestMachine.ExpectRefusalAsync(await machine.RenewAsync("no request"), HttpStatusCode.BadRequest, "P-256");
    }

    [Fact]
    public async Task All_processes_on_one_store_have_one_authority_and_another_key_file_cannot_read_it()
    {
        await using var control = await StartAsync();
        var first = await FleetAuthority.OpenAsync(control.Store, TestControl.DefaultOptions.SecretsKey, control.Clock, default);
        var second = await FleetAuthority.OpenAsync(control.Store, TestControl.DefaultOptions.SecretsKey, control.Clock, default);

        Assert.Equal(first.Fingerprint, second.Fingerprint);
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => FleetAuthority.OpenAsync(control.Store, new byte[SecretSeal.KeyBytes], control.Clock, default));
        Assert.Contains("--key-file", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Whoever gets hold of the authority, or trusts it for more than a fleet, is not lied to about hosts: RFC 5280, section 4.2.1.10.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_authority_can_vouch_for_no_host(bool isHost)
    {
        await using var control = await StartAsync();
        using var authority = Stored(await control.Store.AgreeAsync("fleet-authority", "", default));
        using var key = TestMachine.NewKey();
        var request = new X509Request("CN=Frontier a b", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri("frontier://edge/e"));
        if (isHost)
        {
            names.AddDnsName("www.example.com");
        }

        request.CertificateExtensions.Add(names.Build());
        var now = control.Clock.GetUtcNow();
        using var leaf = request.Create(authority, now, now.AddDays(1), [1]);
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, VerificationTime = now.UtcDateTime.AddHours(1) } };
        chain.ChainPolicy.CustomTrustStore.Add(authority);

        Assert.Equal(!isHost, chain.Build(leaf));
    }

    [Theory]
    [InlineData("frontier://edge/edge-1", true)]
    [InlineData("frontier://control/c", true)]
    [InlineData("frontier://admin/c", false)]
    [InlineData("frontier://edge/", false)]
    [InlineData("frontier://edge/a/b", false)]
    [InlineData("frontier://edge/A", false)]
    [InlineData("https://edge/a", false)]
    public void Names_are_of_one_form(string text, bool isOne) => Assert.Equal(isOne ? text : null, FleetName.Parse(text)?.ToString());

    private static X509Certificate2 Stored(string agreed)
    {
        var pem = new SecretSeal(TestControl.DefaultOptions.SecretsKey).TryOpen("fleet-authority", agreed)!;
        return X509Certificate2.CreateFromPem(pem, pem);
    }

    /// <summary>One that says it is that of a machine of the fleet, from somebody else.</summary>
    private static X509Certificate2 Forge(ManualTimeProvider clock, bool isSelfSigned)
    {
        var now = clock.GetUtcNow();
        using var key = TestMachine.NewKey();
        var request = new X509Request("CN=Frontier edge edge-1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri("frontier://edge/edge-1"));
        request.CertificateExtensions.Add(names.Build());
        if (isSelfSigned)
        {
            return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        }

        using var authority = new TestAuthority(now);
        using var issued = request.Create(authority.Root, now.AddDays(-1), now.AddDays(1), [1]);
        return issued.CopyWithPrivateKey(key);
    }

    private static EdgeReport Report(string id) => new() { EdgeId = id, Pop = "fra1", SnapshotVersion = 0, InvalidationPosition = 0, AtOnce = true };

    private static async Task<TestControl> StartAsync(Func<ControlOptions, ControlOptions>? change = null)
    {
        var control = await TestControl.StartAsync(options => TestControl.WithFleet(change?.Invoke(options) ?? options));
        (await control.CallOwnAsync("PUT", "pops/fra1")).Expect(200);
        return control;
    }
}
