// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Contracts;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Certificates;

/// <summary>Certificates that were imported reach the edge, and viewers of aliases see them (§22, NB-6.3).</summary>
public sealed class ImportedCertificatesTests
{
    private const string Alias = CertifiedEdge.Alias;

    private static string Held(TestEdge edge) => Path.Combine(edge.Directory, "certificates", "held");

    [Fact]
    public async Task An_alias_is_shown_the_imported_certificate_and_the_first_name_the_default_one_DP_22_4()
    {
        using var certificate = CertifiedEdge.Authority.Issue(Alias);
        await using var edge = await CertifiedEdge.StartAsync(certificate);
        using var shown = await CertifiedEdge.ShownAsync(edge, Alias);
        Assert.Equal(certificate.Thumbprint, shown.Thumbprint);

        foreach (var name in new[] { TestEdge.Host, "", "unknown.example" })
        {
            using var other = await CertifiedEdge.ShownAsync(edge, name);
            Assert.Equal("CN=Frontier local authority", other.Issuer);
            Assert.True(other.MatchesHostname(TestEdge.Host));
        }
    }

    [Fact]
    public async Task A_wildcard_is_shown_for_each_name_below_it_and_its_chain_is_sent_along()
    {
        var (issuer, leaf) = CertifiedEdge.Authority.IssueByIntermediate("*.wild.example");
        using (issuer)
        using (leaf)
        {
            await using var edge = await CertifiedEdge.StartAsync(leaf, issuer: issuer, names: ["*.wild.example"]);
            edge.Origin.On("/a").Reply(200, "hello");
            using var handler = TlsViewer.Handler(edge);
            handler.SslOptions.CertificateChainPolicy!.CustomTrustStore.Clear();
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(CertifiedEdge.Authority.Root);
            handler.SslOptions.CertificateChainPolicy.DisableCertificateDownloads = true;
            using var client = new HttpClient(handler) { Timeout = ScriptedOrigin.Patience };
            Assert.Equal("hello", await client.GetStringAsync(new Uri($"https://any.wild.example:{edge.Server.Https.Port}/a"))); // trusted by its root alone
        }
    }

    [Fact]
    public async Task Keys_of_RSA_serve_as_well()
    {
        using var certificate = CertifiedEdge.Authority.IssueOfRsa(2048, Alias);
        await using var edge = await CertifiedEdge.StartAsync(certificate);
        using var shown = await CertifiedEdge.ShownAsync(edge, Alias);
        Assert.Equal(certificate.Thumbprint, shown.Thumbprint);
    }

    [Fact]
    public async Task A_certificate_is_replaced_while_a_download_goes_on_and_new_connections_see_the_new_one_NB_6_3()
    {
        using var first = CertifiedEdge.Authority.Issue(Alias);
        using var second = CertifiedEdge.Authority.Issue(Alias);
        await using var edge = await CertifiedEdge.StartAsync(first);
        edge.Origin.On("/slow").Reply(200, new string('s', 100_000)).StallAfter(50_000);
        await using var busy = await CertifiedEdge.ConnectAsync(edge, Alias);
        await busy.WriteAsync(Encoding.ASCII.GetBytes($"GET /slow HTTP/1.1\r\nHost: {Alias}\r\nConnection: close\r\n\r\n"));
        var received = await ReadAsync(busy, 40_000);

        CertifiedEdge.Import(edge, "c", second, [Alias]);
        edge.Configure(static distribution => distribution with { Aliases = [Alias], CertificateId = "c" });
        await edge.DeployedAsync();
        using (var shown = await CertifiedEdge.ShownAsync(edge, Alias))
        {
            Assert.Equal(second.Thumbprint, shown.Thumbprint);
        }

        edge.Origin.On("/slow").Release();
        received += await ReadAsync(busy, int.MaxValue);
        Assert.EndsWith(new string('s', 100_000), received, StringComparison.Ordinal);
        Assert.Equal([CertificateFingerprint.Of(PemText.Of(second)) + ".pem"], Directory.GetFiles(Held(edge)).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Keys_are_the_owners_alone_are_in_no_snapshot_and_serve_with_the_control_plane_absent()
    {
        using var certificate = CertifiedEdge.Authority.Issue(Alias);
        await using var edge = await CertifiedEdge.StartAsync(certificate);
        var file = Assert.Single(Directory.GetFiles(Held(edge)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Contains("PRIVATE KEY", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        foreach (var path in Directory.GetFiles(edge.Directory, "snapshot.json*"))
        {
            Assert.DoesNotContain("PRIVATE KEY", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        }

        await edge.StopControlAsync();
        await edge.RestartAsync();
        using var shown = await CertifiedEdge.ShownAsync(edge, Alias);
        Assert.Equal(certificate.Thumbprint, shown.Thumbprint);
    }

    [Fact]
    public async Task What_no_snapshot_names_is_forgotten()
    {
        await using var edge = await CertifiedEdge.StartAsync();
        Assert.Single(Directory.GetFiles(Held(edge)));
        edge.Certificates = [];
        edge.Configure(static distribution => distribution with { Aliases = [Alias] });
        await edge.DeployedAsync();
        Assert.Empty(Directory.GetFiles(Held(edge)));
        using var shown = await CertifiedEdge.ShownAsync(edge, Alias);
        Assert.Equal("CN=Frontier local authority", shown.Issuer);
    }

    [Fact]
    public async Task A_damaged_file_is_noticed_at_the_start_and_asked_for_again()
    {
        using var certificate = CertifiedEdge.Authority.Issue(Alias);
        await using var edge = await CertifiedEdge.StartAsync(certificate);
        var file = Assert.Single(Directory.GetFiles(Held(edge)));
        await File.WriteAllTextAsync(file, "-----BEGIN CERTIFICATE-----\ntorn");
        await edge.RestartAsync();
        await Eventually.IsTrueAsync(async () =>
        {
            using var shown = await CertifiedEdge.ShownAsync(edge, Alias);
            return shown.Thumbprint == certificate.Thumbprint;
        });
        edge.Errors.Expect(2201);
    }

    /// <summary>Nobody may slip an edge a certificate by another name, or with a key that is not its own.</summary>
    [Theory]
    [InlineData("another certificate")]
    [InlineData("another key")]
    [InlineData("nothing")]
    public async Task What_comes_in_the_place_of_a_certificate_goes_not_live_and_invalidations_still_do(string instead)
    {
        using var certificate = CertifiedEdge.Authority.Issue(Alias);
        using var other = CertifiedEdge.Authority.Issue(Alias);
        await using var edge = await CertifiedEdge.StartAsync(certificate);
        using var renewed = CertifiedEdge.Authority.Issue(Alias);
        CertifiedEdge.Import(edge, "c", renewed, [Alias]);
        var good = edge.Control.Certificates["c"];
        switch (instead)
        {
            case "another certificate":
                edge.Control.Certificates["c"] = good with { Certificates = PemText.Of(other), PrivateKey = PemText.OfKey(other) };
                break;
            case "another key":
                edge.Control.Certificates["c"] = good with { PrivateKey = PemText.OfKey(other) };
                break;
            default:
                edge.Control.Certificates.Clear();
                break;
        }

        edge.Configure(static distribution => distribution with { Aliases = [Alias], CertificateId = "c" });
        var invalidated = edge.Control.InvalidateAsync(TestEdge.Id, "/*");
        await PassUntilAsync(edge, () => invalidated.IsCompleted);
        await invalidated;
        Assert.Equal(2, edge.Control.LastReport!.SnapshotVersion);
        using (var shown = await CertifiedEdge.ShownAsync(edge, Alias))
        {
            Assert.Equal(certificate.Thumbprint, shown.Thumbprint);
        }

        edge.Control.Certificates["c"] = good;
        await PassUntilAsync(edge, () => edge.Control.LastReport!.SnapshotVersion == 3);
        using (var shown = await CertifiedEdge.ShownAsync(edge, Alias))
        {
            Assert.Equal(renewed.Thumbprint, shown.Thumbprint);
        }

        if (instead == "another key")
        {
            while (edge.Errors.Has(2202))
            {
                edge.Errors.Expect(2202);
            }
        }
    }

    [Fact]
    public async Task Many_are_asked_for_at_once_and_each_only_once()
    {
        await using var edge = await TestEdge.StartAsync();
        using var certificate = CertifiedEdge.Authority.Issue(Alias);
        for (var i = 0; i < 150; i++)
        {
            // The same certificate under chains that differ in a comment: each has a fingerprint of its own.
            var material = new CertificateMaterial { Id = $"c{i}", Certificates = PemText.Of(certificate) + $"# {i}\n", PrivateKey = PemText.OfKey(certificate) };
            edge.Control.Certificates[material.Id] = material;
            edge.Certificates = edge.Certificates.Add(new CertificateConfig { Id = material.Id, Fingerprint = CertificateFingerprint.Of(material.Certificates), Names = [Alias] });
        }

        edge.Configure(static distribution => distribution with { Aliases = [Alias], CertificateId = "c149" });
        await edge.DeployedAsync();
        edge.Configure(static distribution => distribution with { Aliases = [Alias], CertificateId = "c7" });
        await edge.DeployedAsync();
        Assert.Equal([100, 50], edge.Control.CertificateRequests.Select(static request => request.Ids.Length));
        Assert.Equal(150, Directory.GetFiles(Held(edge)).Length);
    }

    /// <summary>Pauses before the edge asks again go by.</summary>
    private static Task PassUntilAsync(TestEdge edge, Func<bool> condition) => Eventually.IsTrueAsync(() =>
    {
        edge.Clock.Advance(TimeSpan.FromSeconds(5));
        return condition();
    });

    private static async Task<string> ReadAsync(Stream stream, int least)
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1024];
        while (text.Length < least && await stream.ReadAsync(buffer) is > 0 and var read)
        {
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return text.ToString();
    }
}
