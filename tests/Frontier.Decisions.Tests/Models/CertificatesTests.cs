// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Access;
using Frontier.Decisions.Models;
using Frontier.Protocols.Tls;

namespace Frontier.Decisions.Tests.Models;

/// <summary>What viewers of a distribution are shown (§22), and which requests came on the wrong connection (DP-22.7).</summary>
public sealed class CertificatesTests
{
    private const string Own = "d1.frontier.localhost";

    private static readonly CertificateConfig Certificate = new() { Id = "c", Fingerprint = CertificateFingerprint.Of("c"), Names = ["www.example.com", "*.wild.example"] };

    private static readonly DistributionConfig Certified = Sample.DistributionConfig with
    {
        Aliases = ["www.example.com", "*.wild.example", "a.wild.example"],
        CertificateId = "c",
        SecurityPolicy = "TLSv1.3_2025",
    };

    /// <summary>One that the edge certifies itself.</summary>
    private static readonly DistributionConfig Other = Sample.DistributionConfig with { Id = "E2", DomainName = "d2.frontier.localhost", Aliases = ["other.example.org"] };

    [Theory]
    [InlineData("www.example.com", true)]
    [InlineData("a.wild.example", true)]
    [InlineData(Own, false)]
    public void An_alias_is_shown_the_imported_certificate_and_the_first_name_never_DP_22_3_DP_22_4(string name, bool isImported)
    {
        var distribution = Compile(name);
        Assert.Equal(isImported ? Certificate.Fingerprint : null, distribution.CertificateFor(name)?.Fingerprint);
        Assert.Equal(isImported ? "TLSv1.3_2025" : "TLSv1", distribution.PolicyFor(name).Name);
    }

    [Fact]
    public void Without_a_certificate_of_its_own_a_distribution_has_the_default_ones_policy_whatever_it_says()
    {
        Assert.True(SnapshotCompiler.Compile(Sample.Snapshot(Other with { SecurityPolicy = "TLSv1.3_2025" })).Table!.TryFind("other.example.org", out var distribution));
        Assert.Same(SecurityPolicies.OfDefaultCertificate, distribution.PolicyFor("other.example.org"));
    }

    [Theory]
    [InlineData(null, "www.example.com", false)] // without TLS
    [InlineData("www.example.com", "www.example.com", false)]
    [InlineData("WWW.example.com", "www.example.com", false)]
    [InlineData("www.example.com", "a.wild.example", false)] // covered by the same certificate
    [InlineData("www.example.com", "b.a.wild.example", true)]
    [InlineData("www.example.com", "other.example.org", true)]
    [InlineData("www.example.com", "d2.frontier.localhost", true)]
    [InlineData("www.example.com", Own, true)]
    [InlineData("other.example.org", "www.example.com", true)]
    [InlineData("other.example.org", "d2.frontier.localhost", false)] // both the edge's own to certify
    [InlineData("other.example.org", Own, false)]
    [InlineData(Own, "www.example.com", true)]
    [InlineData("", "www.example.com", true)]
    [InlineData("", "other.example.org", false)]
    [InlineData("unknown.example", "www.example.com", true)]
    [InlineData("not a name", "www.example.com", true)]
    public void A_request_is_misdirected_where_its_connections_certificate_does_not_speak_for_its_host_DP_22_7(string? serverName, string host, bool misdirected)
    {
        var routes = SnapshotCompiler.Compile(Snapshot()).Table!;
        Assert.True(routes.TryFind(host, out var distribution));
        Assert.Equal(misdirected, Misdirection.IsOne(routes, serverName, host, distribution));
    }

    [Fact]
    public void A_snapshot_is_refused_that_names_what_it_does_not_hold()
    {
        var result = SnapshotCompiler.Compile(Snapshot() with
        {
            Certificates = [Certificate with { Id = "x", Fingerprint = "../../etc/passwd" }, Certificate with { Id = "y" }, Certificate with { Id = "y" }],
            Distributions = [Certified with { SecurityPolicy = "TLSv9" }],
        });
        Assert.Equal(4, result.Faults.Length);
        Assert.Contains("Distribution E1A2B3C4D5E6F7: there is no certificate c.", result.Faults);
        Assert.Contains("Distribution E1A2B3C4D5E6F7: there is no security policy TLSv9.", result.Faults);
        Assert.Contains("There are two certificates with the id y.", result.Faults);
        Assert.Contains("Certificate x: '../../etc/passwd' is no fingerprint.", result.Faults);
    }

    [Fact]
    public void Another_certificate_under_the_same_id_is_another_model_and_everything_else_stays()
    {
        var first = Snapshot();
        var before = SnapshotCompiler.Compile(first).Table!;
        var renewed = Certificate with { Fingerprint = CertificateFingerprint.Of("d") };
        var after = SnapshotCompiler.Compile(first with { Version = 8, Certificates = [renewed] }, before).Table!;
        Assert.True(after.TryFind("www.example.com", out var changed));
        Assert.Equal(renewed.Fingerprint, changed.Certificate!.Fingerprint);
        Assert.True(before.TryFind("other.example.org", out var old));
        Assert.True(after.TryFind("other.example.org", out var kept));
        Assert.Same(old, kept);
    }

    [Fact]
    public void A_difference_between_snapshots_tells_of_certificates()
    {
        var before = Snapshot();
        var after = before with { Version = 8, Certificates = [Certificate with { Fingerprint = CertificateFingerprint.Of("d") }] };
        var delta = SnapshotDelta.Between(before, after);
        Assert.Equal(after.Certificates, delta.ApplyTo(before).Certificates);
        Assert.Single(delta.Certificates.Set);
        Assert.Empty(delta.Distributions.Set);
    }

    private static ConfigSnapshot Snapshot() => Sample.Snapshot(Certified, Other) with { Certificates = [Certificate] };

    private static DistributionModel Compile(string name)
    {
        Assert.True(SnapshotCompiler.Compile(Snapshot()).Table!.TryFind(name, out var distribution));
        return distribution;
    }
}
