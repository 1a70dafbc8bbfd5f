// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Contracts;
using Frontier.Edge.Certificates;
using Frontier.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Frontier.Edge.Tests.Certificates;

/// <summary>What is kept of many certificates, and how many stand ready at once.</summary>
public sealed class HeldCertificatesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly ManualTimeProvider _clock = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Of_more_than_may_stand_ready_those_not_asked_for_longest_are_read_again()
    {
        var held = HeldCertificates.Open(_directory.Path, _clock, NullLogger.Instance, mostReady: 8);
        using var certificate = CertifiedEdge.Authority.Issue(CertifiedEdge.Alias);
        List<CertificateMaterial> all = [.. Enumerable.Range(0, 20).Select(i => new CertificateMaterial { Id = $"c{i}", Certificates = PemText.Of(certificate) + $"# {i}\n", PrivateKey = PemText.OfKey(certificate) })];
        held.Take(all);
        Assert.Equal(0, held.Ready);

        string[] fingerprints = [.. all.Select(static material => CertificateFingerprint.Of(material.Certificates))];
        var first = held.Find(fingerprints[0]);
        foreach (var fingerprint in fingerprints)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.NotNull(held.Find(fingerprint));
            Assert.InRange(held.Ready, 1, 8);
            Assert.Same(first, held.Find(fingerprints[0])); // asked for all the time
        }

        Assert.Null(held.Find(CertificateFingerprint.Of("unknown")));
    }

    [Fact]
    public void A_certificate_is_found_by_the_id_that_the_live_snapshot_calls_it_by()
    {
        var held = HeldCertificates.Open(_directory.Path, _clock, NullLogger.Instance);
        using var certificate = CertifiedEdge.Authority.Issue(CertifiedEdge.Alias);
        var material = new CertificateMaterial { Id = "c", Certificates = PemText.Of(certificate), PrivateKey = PemText.OfKey(certificate) };
        var snapshot = new ConfigSnapshot { Version = 1, CreatedAt = _clock.GetUtcNow(), Certificates = [new CertificateConfig { Id = "c", Fingerprint = CertificateFingerprint.Of(material.Certificates) }] };
        Assert.Equal(["c"], held.Lacking(snapshot));
        held.Take([material]);
        Assert.Null(held.FindById("c"));
        held.Know(snapshot);
        Assert.Empty(held.Lacking(snapshot));
        Assert.Equal(certificate.Thumbprint, held.FindById("c")!.Context.TargetCertificate.Thumbprint);
        Assert.True(held.FindById("c")!.Context.TargetCertificate.HasPrivateKey);
        Assert.Null(held.FindById("d"));
    }

    /// <summary>As many as FRONTIER_TEST_CERTIFICATES says, each for a name of its own, over real connections; says what it took.</summary>
    [Fact]
    public async Task Each_of_many_names_is_shown_its_own_certificate()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("FRONTIER_TEST_CERTIFICATES"), CultureInfo.InvariantCulture, out var many) ? many : 24;
        var thumbprints = new List<string>();
        var materials = new List<CertificateMaterial>();
        for (var i = 0; i < count; i++)
        {
            using var certificate = CertifiedEdge.Authority.Issue($"n{i}.example");
            materials.Add(new CertificateMaterial { Id = $"c{i}", Certificates = PemText.Of(certificate), PrivateKey = PemText.OfKey(certificate) });
            thumbprints.Add(certificate.Thumbprint);
        }

        // The edge only now: a report that is not answered for half a minute is given up, and the pause behind it is one of a clock that stands still.
        await using var edge = await TestEdge.StartAsync();
        materials.ForEach(material => edge.Control.Certificates[material.Id] = material);
        edge.Certificates = [.. materials.Select(static (material, i) => new CertificateConfig { Id = material.Id, Fingerprint = CertificateFingerprint.Of(material.Certificates), Names = [$"n{i}.example"] })];
        var distribution = edge.Distribution();
        var before = Told(null, TimeSpan.Zero);
        var began = TimeProvider.System.GetTimestamp();
        edge.Publish([.. Enumerable.Range(0, count).Select(i => distribution with { Id = $"E{i}", DomainName = $"d{i}.frontier.localhost", Aliases = [$"n{i}.example"], CertificateId = $"c{i}" })]);
        while (edge.Control.LastReport!.SnapshotVersion != 2 && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(10))
        {
            await Task.WhenAny(edge.DeployedAsync()); // which gives up long before ten thousand are there
        }

        Told("fetched and live", TimeProvider.System.GetElapsedTime(began), before);
        for (var round = 0; round < 2; round++)
        {
            began = TimeProvider.System.GetTimestamp();
            for (var i = 0; i < count; i++)
            {
                await using var stream = await CertifiedEdge.ConnectAsync(edge, $"n{i}.example");
                Assert.Equal(thumbprints[i], stream.RemoteCertificate!.GetCertHashString());
            }

            Told($"round {round + 1} of {count} handshakes", TimeProvider.System.GetElapsedTime(began), before);
        }
    }

    private static long Told(string? what, TimeSpan took, long before = 0)
    {
        GC.Collect();
        var now = Environment.WorkingSet;
        if (what is not null)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {took.TotalSeconds:0.00} s, {(now - before) >> 20} MiB more than before");
        }

        return now;
    }
}
