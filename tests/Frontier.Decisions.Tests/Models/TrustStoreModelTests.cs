// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts;
using Frontier.Decisions.Models;
using Frontier.Testing;

namespace Frontier.Decisions.Tests.Models;

/// <summary>Trust stores of a snapshot, and what distributions make of them (DP-31.4).</summary>
public sealed class TrustStoreModelTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);

    private readonly TestClientAuthority _root = new("CN=root", Now);
    private readonly TestClientAuthority _middle;

    public TrustStoreModelTests() => _middle = new TestClientAuthority("CN=middle", Now, _root);

    [Fact]
    public void Chains_end_at_authorities_that_are_their_own_issuers_and_the_others_help()
    {
        Assert.True(TrustStoreModel.TryCreate(Store("ts_1", _middle.Base64, _root.Base64), out var store));
        Assert.Equal(_root.Certificate, Assert.Single(store.Roots));
        Assert.Equal(_middle.Certificate, Assert.Single(store.Intermediates));
        Assert.False(TrustStoreModel.TryCreate(Store("ts_1", _middle.Base64), out _));
        Assert.False(TrustStoreModel.TryCreate(Store("ts_1"), out _));
    }

    /// <summary>Connections stay good for as long as the store they were made under is the same object.</summary>
    [Fact]
    public void A_store_stays_the_same_object_until_it_changes_whatever_else_does()
    {
        var first = Snapshot(Required, Store("ts_1", _root.Base64));
        var table = Table(first);
        Assert.Equal("ts_1", Asked(table)!.Store!.Id);
        Assert.False(Distribution(table).IsStraight);

        var renamed = first with { Version = 8, Distributions = [first.Distributions[0] with { DefaultRootObject = "other.html" }] };
        var again = Table(renamed, table);
        Assert.NotSame(Distribution(table), Distribution(again));
        Assert.Equal(Asked(table), Asked(again));
        var restored = Table(renamed with { Version = 9, TrustStores = [Store("ts_1", _root.Base64)] }, again);
        Assert.NotEqual(Asked(again), Asked(restored));
        Assert.Null(Asked(Table(Snapshot(null, Store("ts_1", _root.Base64)), restored)));
    }

    [Fact]
    public void Every_fault_is_named()
    {
        Assert.Equal(
            [
                "Trust store ts_bad has something that is no certificate, or no authority that is its own issuer.",
                "Trust store ts_text has something that is no certificate, or no authority that is its own issuer.",
                "There are two trust stores with the id ts_1.",
                "Distribution E1A2B3C4D5E6F7: there is no trust store ts_2.",
            ],
            Faults(Snapshot(Required with { TrustStoreId = "ts_2" }, Store("ts_bad", "AAAA"), Store("ts_text", "no base64"), Store("ts_1", _root.Base64), Store("ts_1", _root.Base64))));
    }

    /// <summary>The origin's answer to one viewer's certificate is no other viewer's.</summary>
    [Fact]
    public void What_is_passed_through_is_not_cached()
    {
        var passing = new ViewerCertificatesConfig(ViewerCertificateMode.Passthrough, null, false, false);
        Assert.Equal(["Distribution E1A2B3C4D5E6F7, behavior *: it caches, and the distribution passes certificates on to the origin."], Faults(Snapshot(passing)));
        Assert.True(SnapshotCompiler.Compile(Snapshot(passing) with { CachePolicies = [Sample.CachePolicy with { DefaultTtl = 0, MaxTtl = 0 }] }).Succeeded);
    }

    [Fact]
    public void A_difference_tells_of_stores()
    {
        var before = Snapshot(Required, Store("ts_1", _root.Base64));
        var after = before with { Version = 8, TrustStores = [Store("ts_1", _root.Base64, _middle.Base64)] };
        Assert.Equal(2, SnapshotDelta.Between(before, after).ApplyTo(before).TrustStores.Single().Certificates.Length);
    }

    public void Dispose()
    {
        _root.Dispose();
        _middle.Dispose();
    }

    private static ViewerCertificatesConfig Required { get; } = new(ViewerCertificateMode.Required, "ts_1", false, false);

    private static TrustStoreConfig Store(string id, params string[] certificates) => new() { Id = id, Certificates = [.. certificates] };

    private static ConfigSnapshot Snapshot(ViewerCertificatesConfig? asked, params TrustStoreConfig[] stores) =>
        Sample.Snapshot(Sample.DistributionConfig with { ViewerCertificates = asked }) with { TrustStores = [.. stores] };

    private static ImmutableArray<string> Faults(ConfigSnapshot snapshot) => SnapshotCompiler.Compile(snapshot).Faults;

    private static RoutingTable Table(ConfigSnapshot snapshot, RoutingTable? previous = null)
    {
        var result = SnapshotCompiler.Compile(snapshot, previous);
        Assert.True(result.Succeeded, string.Join(' ', result.Faults));
        return result.Table;
    }

    private static DistributionModel Distribution(RoutingTable table)
    {
        Assert.True(table.TryFind("d1.frontier.localhost", out var distribution));
        return distribution;
    }

    private static ViewerCertificatesModel? Asked(RoutingTable table) => Distribution(table).ViewerCertificates;
}
