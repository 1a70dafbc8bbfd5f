// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Xml.Linq;
using Frontier.Contracts;
using Frontier.Control.Tests.Harness;
using Frontier.Testing;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

/// <summary>Trust stores (<c>api.md</c> §6.25, §7), ViewerMtlsConfig (API-10.18), and what edges are told of them (DP-31.4).</summary>
public sealed class TrustStoreTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);

    private readonly TestClientAuthority _root = new("CN=root", Now);
    private readonly TestClientAuthority _middle;

    public TrustStoreTests() => _middle = new TestClientAuthority("CN=middle", Now, _root);

    [Fact]
    public async Task A_store_is_made_of_a_bundle_and_read_listed_updated_and_deleted()
    {
        await using var origin = ScriptedOrigin.Start();
        await using var control = await StartAsync(origin);
        origin.On("/authorities/viewers.pem").Reply(200, "# the root\n" + _root.Pem + _middle.Pem);

        var created = (await control.CallAsync("POST", "trust-store", Create("viewers"))).Expect(201);
        var id = created.Text("Id")!;
        Assert.Matches("^ts_[0-9A-Za-z]{26}$", id);
        Assert.Equal(("viewers", "active", "2", "false"), (created.Text("Name"), created.Text("Status"), created.Text("NumberOfCaCertificates"), created.Text("UseClientCertificateOCSPEndpoint")));
        Assert.EndsWith($":trust-store/{id}", created.Text("Arn"), StringComparison.Ordinal);
        Assert.StartsWith("AWS4-HMAC-SHA256 ", origin.Log[0].Header("Authorization"), StringComparison.Ordinal); // by the installation's own key
        Assert.Equal(created.ETag, (await control.CallAsync("GET", $"trust-store/{id}")).Expect(200).ETag);
        Assert.Equal(id, (await control.CallAsync("GET", "trust-store/viewers")).Expect(200).Text("Id"));

        origin.On("/authorities/viewers.pem").Reply(200, _root.Pem);
        (await control.CallAsync("PUT", $"trust-store/{id}", Source(), "EOTHER")).ExpectError(412, "PreconditionFailed");
        var updated = (await control.CallAsync("PUT", $"trust-store/{id}", Source(), created.ETag)).Expect(200);
        Assert.Equal("1", updated.Text("NumberOfCaCertificates"));
        (await control.CallAsync("POST", "trust-store", Create("viewers"))).ExpectError(409, "EntityAlreadyExists");
        (await control.CallAsync("POST", "trust-store", Create("second"))).Expect(201);
        var page = (await control.CallAsync("POST", "trust-stores", Parse("<ListTrustStoresRequest><MaxItems>1</MaxItems></ListTrustStoresRequest>"))).Expect(200);
        Assert.Equal((id, id, updated.ETag), (page.Text("NextMarker"), page.Text("Id"), page.Text("ETag")));
        var rest = (await control.CallAsync("POST", "trust-stores", Parse($"<ListTrustStoresRequest><Marker>{id}</Marker></ListTrustStoresRequest>"))).Expect(200);
        Assert.Equal(("second", null), (rest.Text("Name"), rest.Text("NextMarker")));

        (await control.CallAsync("DELETE", $"trust-store/{id}", (XElement?)null, updated.ETag)).Expect(204);
        (await control.CallAsync("GET", $"trust-store/{id}")).ExpectError(404, "EntityNotFound");
    }

    [Fact]
    public async Task What_is_no_bundle_of_authorities_makes_no_store_and_the_answer_says_what_to_do()
    {
        await using var origin = ScriptedOrigin.Start();
        await using var control = await StartAsync(origin, new Quotas { CertificatesPerTrustStore = 2, TrustStoreBytes = 4_096 });
        using var leaf = _root.Issue("CN=leaf");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        foreach (var (file, fault) in new[]
        {
            ("", "the file holds no certificate in PEM form"),
            ("no certificate", "the file holds no certificate in PEM form"),
            (_middle.Pem, "no certificate of the bundle is its own issuer's: add the root"),
            (_root.Pem + leaf.ExportCertificatePem(), "certificate 2 of the bundle is not that of an authority"),
            (_root.Pem + key.ExportPkcs8PrivateKeyPem(), "the bundle holds a PRIVATE KEY"),
            (_root.Pem + _middle.Pem + _root.Pem, "the bundle holds more than 2 certificates"),
            (_root.Pem + _middle.Pem[..^40], "of 2 blocks that begin in the bundle, 1 are not in PEM form"),
            ("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "certificate 1 of the bundle is not that of an authority"),
            (_root.Pem + new string('#', 4_096), "is longer than 4096 bytes"),
        })
        {
            origin.On("/authorities/viewers.pem").Reply(200, file);
            var refused = (await control.CallAsync("POST", "trust-store", Create("viewers"))).ExpectError(400, "InvalidArgument");
            Assert.Contains(fault, refused.ErrorMessage, StringComparison.Ordinal);
            Assert.Contains("s3://authorities/viewers.pem", refused.ErrorMessage, StringComparison.Ordinal);
        }

        origin.On("/authorities/viewers.pem").Reply(404);
        Assert.Contains("the bucket server answered 404", (await control.CallAsync("POST", "trust-store", Create("viewers"))).ExpectError(400, "InvalidArgument").ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("OCSP", (await control.CallAsync("POST", "trust-store", Create("viewers", "<UseClientCertificateOCSPEndpoint>true</UseClientCertificateOCSPEndpoint>"))).ExpectError(400, "InvalidArgument").ErrorMessage, StringComparison.Ordinal);
        Assert.Empty((await control.CallAsync("POST", "trust-stores", Parse("<ListTrustStoresRequest/>"))).Expect(200).Texts("Id"));
    }

    [Fact]
    public async Task Without_a_bucket_server_there_are_no_trust_stores()
    {
        await using var control = await TestControl.StartAsync();
        var refused = (await control.CallAsync("POST", "trust-store", Create("viewers"))).ExpectError(400, "InvalidArgument");
        Assert.Contains("CaCertificatesBundleSource is not supported by this control plane", refused.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quotas_bound_stores_and_what_uses_one()
    {
        await using var origin = ScriptedOrigin.Start();
        await using var control = await StartAsync(origin, new Quotas { TrustStores = 1, DistributionsPerTrustStore = 1 });
        origin.On("/authorities/viewers.pem").Reply(200, _root.Pem);
        var id = (await control.CallAsync("POST", "trust-store", Create("viewers"))).Expect(201).Text("Id")!;
        (await control.CallAsync("POST", "trust-store", Create("second"))).ExpectError(400, "EntityLimitExceeded");
        (await control.CallAsync("POST", "distribution", Distribution("one", ("", Mtls("required", id))))).Expect(201);
        (await control.CallAsync("POST", "distribution", Distribution("two", ("", Mtls("required", id))))).ExpectError(400, "EntityLimitExceeded");
    }

    [Fact]
    public async Task Edges_are_told_of_the_stores_that_distributions_name_and_of_every_change_to_them()
    {
        await using var origin = ScriptedOrigin.Start();
        await using var control = await StartAsync(origin);
        origin.On("/authorities/viewers.pem").Reply(200, _root.Pem);
        var store = (await control.CallAsync("POST", "trust-store", Create("viewers"))).Expect(201);
        (await control.CallAsync("POST", "trust-store", Create("idle"))).Expect(201);
        var id = store.Text("Id")!;
        var distribution = (await control.CallAsync("POST", "distribution", Distribution("one", ("", Mtls("optional", id, "<AdvertiseTrustStoreCaNames>true</AdvertiseTrustStoreCaNames>"))))).Expect(201);

        var snapshot = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        Assert.Equal(ConfigSnapshot.FormatWithViewerCertificates, snapshot.Format); // an edge that knows nothing of it would serve everybody
        Assert.Equal(new ViewerCertificatesConfig(ViewerCertificateMode.Optional, id, true, false), snapshot.Distributions.Single().ViewerCertificates);
        Assert.True(snapshot.TrustStores.Single() is { Certificates.Length: 1 } told && told.Id == id);
        Assert.Equal(distribution.Text("Id"), (await control.CallAsync("GET", $"distributionsByTrustStore?TrustStoreIdentifier={id}")).Expect(200).Text("Id"));
        (await control.CallAsync("DELETE", $"trust-store/{id}", (XElement?)null, store.ETag)).ExpectError(409, "CannotDeleteEntityWhileInUse");

        origin.On("/authorities/viewers.pem").Reply(200, _root.Pem + _middle.Pem);
        (await control.CallAsync("PUT", $"trust-store/{id}", Source(), store.ETag)).Expect(200);
        Assert.Equal(2, (await control.ReportAsync("e", 0, 0)).Snapshot!.TrustStores.Single().Certificates.Length);
    }

    [Fact]
    public async Task A_mode_needs_what_it_needs_API_10_18()
    {
        await using var control = await TestControl.StartAsync();
        const string CachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
        (await control.CallAsync("POST", "distribution", Distribution("a", ("", "+<ViewerMtlsConfig><Mode>required</Mode></ViewerMtlsConfig>")))).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("POST", "distribution", Distribution("a", ("", Mtls("required", "ts_none"))))).ExpectError(404, "EntityNotFound");
        var caching = (await control.CallAsync("POST", "distribution", Distribution("a", ("", "+<ViewerMtlsConfig><Mode>passthrough</Mode></ViewerMtlsConfig>")))).ExpectError(400, "InvalidArgument");
        Assert.Contains("such as Managed-CachingDisabled", caching.ErrorMessage, StringComparison.Ordinal);
        (await control.CallAsync("POST", "distribution", Distribution("a", ("DefaultCacheBehavior/CachePolicyId", CachingDisabled), ("", Mtls("passthrough", "ts_none"))))).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("POST", "distribution", Distribution("a", ("DefaultCacheBehavior/CachePolicyId", CachingDisabled), ("", "+<ViewerMtlsConfig><Mode>passthrough</Mode></ViewerMtlsConfig>")))).Expect(201);
        Assert.Equal(ViewerCertificateMode.Passthrough, (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single().ViewerCertificates!.Mode);
    }

    public void Dispose()
    {
        _root.Dispose();
        _middle.Dispose();
    }

    private static Task<TestControl> StartAsync(ScriptedOrigin origin, Quotas? quotas = null) =>
        TestControl.StartAsync(options => options with { S3Endpoint = new Uri($"http://127.0.0.1:{origin.Port}"), Quotas = quotas ?? options.Quotas });

    private static XElement Create(string name, string inner = "") => Parse($"<CreateTrustStoreRequest><Name>{name}</Name>{SourceText}{inner}</CreateTrustStoreRequest>");

    private static XElement Source() => Parse(SourceText);

    private static string Mtls(string mode, string store, string inner = "") =>
        $"+<ViewerMtlsConfig><Mode>{mode}</Mode><TrustStoreConfig><TrustStoreId>{store}</TrustStoreId>{inner}</TrustStoreConfig></ViewerMtlsConfig>";

    private const string SourceText =
        "<CaCertificatesBundleSource><CaCertificatesBundleS3Location><Bucket>authorities</Bucket><Key>viewers.pem</Key><Region>us-east-1</Region></CaCertificatesBundleS3Location></CaCertificatesBundleSource>";
}
