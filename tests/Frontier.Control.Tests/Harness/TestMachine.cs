// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Contracts.Zones;
using X509Request = System.Security.Cryptography.X509Certificates.CertificateRequest;

namespace Frontier.Control.Tests.Harness;

/// <summary>A machine that talks to the listener of a fleet: with a certificate, or with none.</summary>
internal sealed class TestMachine : IDisposable
{
    private readonly HttpClient _client;

    [SuppressMessage("Security", "CA5359", Justification = "What the server shows is another test's matter.")]
    public TestMachine(TestControl control, X509Certificate2? certificate = null)
    {
        Certificate = certificate;
        _client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
                LocalCertificateSelectionCallback = certificate is null ? null : (_, _, _, _, _) => certificate,
            },
        })
        { BaseAddress = control.FleetAddress, Timeout = TimeSpan.FromSeconds(30) };
    }

    public X509Certificate2? Certificate { get; }

    public string Id => FleetName.Of(Certificate!)!.Id;

    public static NodeFacts Facts(NodeRole role = NodeRole.Edge) => new() { Role = role, ProgramVersion = "1.0", Addresses = ["192.0.2.10"], HttpPort = 80, HttpsPort = 443, Tier = "10.0.0.1:8405" };

    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static string RequestFor(ECDsa key, string subject = "CN=any") => new X509Request(subject, key, HashAlgorithmName.SHA256).CreateSigningRequestPem();

    /// <summary>A token of the own API.</summary>
    public static async Task<JoinToken> TokenAsync(TestControl control, string role = "edge", string pop = "fra1", int uses = 1, int seconds = 3_600)
    {
        var made = (await control.CallOwnAsync("POST", "fleet/tokens", $$"""{"role":"{{role}}","pop":"{{pop}}","uses":{{uses}},"validSeconds":{{seconds}}}""")).Expect(201).Json();
        Assert.True(JoinToken.TryParse(made.GetProperty("token").GetString()!, out var token));
        return token;
    }

    /// <summary>A machine that has joined.</summary>
    public static async Task<TestMachine> JoinAsync(TestControl control, NodeRole role = NodeRole.Edge, string pop = "fra1", string id = "edge-1")
    {
        using var stranger = new TestMachine(control);
        using var key = NewKey();
        using var response = await stranger.TryJoinAsync((await TokenAsync(control, NodeRoleNames.Of(role), pop)).Secret, key, role, pop, id);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return new TestMachine(control, await ReadAsync(response, key));
    }

    public async Task<HttpResponseMessage> TryJoinAsync(string secret, ECDsa key, NodeRole role = NodeRole.Edge, string pop = "fra1", string id = "edge-1") => await _client.PostAsJsonAsync(
        JoinRequest.Path,
        new JoinRequest { Secret = secret, NodeId = id, Pop = pop, Facts = Facts(role), CertificateRequest = RequestFor(key) },
        ContractsJson.Default.JoinRequest);

    public static async Task<X509Certificate2> ReadAsync(HttpResponseMessage response, ECDsa key)
    {
        var made = (await response.Content.ReadFromJsonAsync(ContractsJson.Default.MachineCertificate))!;
        using var certificate = X509Certificate2.CreateFromPem(made.Certificate);
        return certificate.CopyWithPrivateKey(key);
    }

    public Task<HttpResponseMessage> RenewAsync(string request) => _client.PostAsJsonAsync(RenewRequest.Path, new RenewRequest { CertificateRequest = request }, ContractsJson.Default.RenewRequest);

    public Task<HttpResponseMessage> AskForKeysAsync(params string[] ids) =>
        _client.PostAsJsonAsync(Contracts.CertificateRequest.Path, new Contracts.CertificateRequest { Ids = [.. ids] }, ContractsJson.Default.CertificateRequest);

    public Task<HttpResponseMessage> PostReportAsync(EdgeReport report) => _client.PostAsJsonAsync("/frontier/v1/feed", report, ContractsJson.Default.EdgeReport);

    public EdgeReport Report(string revision = "", bool atOnce = true) =>
        new() { EdgeId = Id, Pop = "any", SnapshotVersion = 0, InvalidationPosition = 0, AtOnce = atOnce, FleetRevision = revision };

    public async Task<FeedAnswer> ReportAsync(EdgeReport? report = null)
    {
        using var response = await PostReportAsync(report ?? Report());
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.FeedAnswer))!;
    }

    public Task<HttpResponseMessage> PostZonesAsync(ZoneReport report) => _client.PostAsJsonAsync(ZoneReport.Path, report, ContractsJson.Default.ZoneReport);

    /// <summary>As a DNS node that has nothing yet, where <paramref name="change"/> does not say otherwise.</summary>
    public async Task<ZoneAnswer> ReportZonesAsync(Func<ZoneReport, ZoneReport>? change = null)
    {
        var report = new ZoneReport { NodeId = Id, Position = 0, AtOnce = true, FleetRevision = "", SnapshotVersion = 0 };
        using var response = await PostZonesAsync(change?.Invoke(report) ?? report);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync(ContractsJson.Default.ZoneAnswer))!;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request);

    public static async Task ExpectRefusalAsync(HttpResponseMessage response, HttpStatusCode status, string words)
    {
        using (response)
        {
            Assert.Equal(status, response.StatusCode);
            Assert.Contains(words, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        Certificate?.Dispose();
    }
}
