// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tests.Models;

/// <summary>The certificate that an origin is shown (DP-11.8): named by the origin, found in the snapshot, taken anew when it changes.</summary>
public sealed class OriginCertificatesTests
{
    private static readonly CertificateConfig Certificate = new() { Id = "one", Fingerprint = new string('a', 64) };
    private static readonly OriginConfig Second = Sample.Origin with { Id = "second", ClientCertificateId = "one" };

    private static readonly DistributionConfig Distribution = Sample.DistributionConfig with
    {
        Origins = [Sample.Origin with { ClientCertificateId = "one" }, Second],
        OriginGroups = [new OriginGroupConfig { Id = "group", PrimaryOriginId = "o", SecondaryOriginId = "second", FailoverStatuses = [500] }],
        DefaultBehavior = Sample.BehaviorConfig with { TargetOriginId = "group" },
    };

    [Fact]
    public void Both_origins_of_a_group_show_theirs()
    {
        var behavior = Find(SnapshotCompiler.Compile(Snapshot(Certificate)).Table!).DefaultBehavior;
        Assert.Equal(Certificate.Fingerprint, behavior.Origin.ClientCertificate!.Fingerprint);
        Assert.Same(behavior.Origin.ClientCertificate, behavior.Failover!.Secondary.ClientCertificate);
    }

    [Fact]
    public void A_snapshot_without_it_is_refused_by_name()
    {
        var faults = SnapshotCompiler.Compile(Snapshot()).Faults;
        Assert.Equal(["Distribution E1A2B3C4D5E6F7, origin o: there is no certificate one.", "Distribution E1A2B3C4D5E6F7, origin second: there is no certificate one."], faults);
    }

    [Theory]
    [InlineData("one")]
    [InlineData(null)] // the second origin's alone
    public void Another_one_under_its_name_is_another_model(string? first)
    {
        var snapshot = Snapshot(Certificate) with { Distributions = [Distribution with { Origins = [Sample.Origin with { ClientCertificateId = first }, Second] }] };
        var before = SnapshotCompiler.Compile(snapshot).Table!;
        var after = SnapshotCompiler.Compile(snapshot with { Certificates = [Certificate with { Fingerprint = new string('b', 64) }] }, before).Table!;
        Assert.Equal(new string('b', 64), Find(after).DefaultBehavior.Failover!.Secondary.ClientCertificate!.Fingerprint);
        Assert.Same(Find(before), Find(SnapshotCompiler.Compile(snapshot, before).Table!));
    }

    private static ConfigSnapshot Snapshot(params CertificateConfig[] certificates) => Sample.Snapshot(Distribution) with { Certificates = [.. certificates] };

    private static DistributionModel Find(RoutingTable table)
    {
        Assert.True(table.TryFind(Distribution.DomainName, out var found));
        return found;
    }
}
