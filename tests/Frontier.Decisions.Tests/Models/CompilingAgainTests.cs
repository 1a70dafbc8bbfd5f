// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;

namespace Frontier.Decisions.Tests.Models;

/// <summary>Compiled beside the table before, a snapshot gives what it gives alone; what did not change is taken over.</summary>
public sealed class CompilingAgainTests
{
    private static readonly DistributionConfig One = Sample.DistributionConfig;
    private static readonly DistributionConfig Two = One with { Id = "E2", DomainName = "d2.frontier.localhost", DefaultBehavior = Sample.BehaviorConfig with { OriginRequestPolicyId = "orp" } };

    [Fact]
    public void A_distribution_that_did_not_change_keeps_its_model_and_one_that_did_gets_a_new_one()
    {
        var before = Compile(Sample.Snapshot(One, Two));
        var after = Compile(Sample.Snapshot(One with { DefaultRootObject = "index.html" }, Two) with { Version = 8 }, before);

        Assert.Equal(8, after.Version);
        Assert.Same(Find(before, Two), Find(after, Two));
        Assert.NotSame(Find(before, One), Find(after, One));
        Assert.NotEmpty(Find(after, One).DefaultRootObject);
    }

    [Fact]
    public void A_policy_that_changed_changes_the_distributions_that_name_it_and_no_others()
    {
        var before = Compile(Sample.Snapshot(One, Two));
        var after = Compile(Sample.Snapshot(One, Two) with { OriginRequestPolicies = [Sample.OriginRequestPolicy with { Name = "new" }] }, before);

        Assert.Same(Find(before, One), Find(after, One));
        Assert.NotSame(Find(before, Two), Find(after, Two));
        Assert.NotSame(Find(before, Two).DefaultBehavior.OriginRequestPolicy, Find(after, Two).DefaultBehavior.OriginRequestPolicy);
        Assert.Same(Find(before, Two).DefaultBehavior.CachePolicy, Find(after, Two).DefaultBehavior.CachePolicy);

        var all = Compile(Sample.Snapshot(One, Two) with { CachePolicies = [Sample.CachePolicy with { MinTtl = 5 }] }, after);
        Assert.NotSame(Find(after, One), Find(all, One));
        Assert.Equal(TimeSpan.FromSeconds(5), Find(all, One).DefaultBehavior.CachePolicy.MinTtl);
    }

    [Fact]
    public void A_primary_follows_its_staging_distribution()
    {
        var staging = One with { Id = "ES", DomainName = "ds.frontier.localhost", Staging = true };
        var primary = Two with { ContinuousDeployment = new ContinuousDeploymentConfig { PolicyId = "p", StagingDistributionId = "ES", Weight = 0.1 } };
        var before = Compile(Sample.Snapshot(primary, staging, One));
        var changed = staging with { DefaultRootObject = "new.html" };
        var after = Compile(Sample.Snapshot(primary, changed, One), before);

        Assert.Same(Find(after, changed), Find(after, primary).Deployment!.Staging);
        Assert.NotSame(Find(before, staging), Find(after, primary).Deployment!.Staging);
        Assert.Same(Find(before, One), Find(after, One));
        Assert.Same(Find(after, primary), Find(Compile(Sample.Snapshot(primary, changed), after), primary));
    }

    [Fact]
    public void Names_that_went_are_gone_and_faults_are_found_beside_what_is_taken_over()
    {
        var before = Compile(Sample.Snapshot(One, Two));
        Assert.False(Compile(Sample.Snapshot(One), before).TryFind(Two.DomainName, out _));

        var broken = SnapshotCompiler.Compile(Sample.Snapshot(One, Two with { Aliases = [One.DomainName] }), before);
        Assert.Null(broken.Table);
        Assert.Single(broken.Faults);
        Assert.Single(SnapshotCompiler.Compile(Sample.Snapshot(One, Two) with { OriginRequestPolicies = [] }, before).Faults);
    }

    [Fact]
    public void Names_are_frozen_anew_only_when_there_are_others()
    {
        var aliased = Two with { Aliases = ["www.example.com", "*.example.com"] };
        var before = Compile(Sample.Snapshot(One, aliased));

        var same = Compile(Sample.Snapshot(One, aliased with { Enabled = false, Aliases = ["www.example.com", "*.example.com"] }), before);
        Assert.True(same.Names.Exact.SharesNamesWith(before.Names.Exact));
        Assert.True(same.Names.Wildcards.SharesNamesWith(before.Names.Wildcards));
        foreach (var name in new[] { aliased.DomainName, "www.example.com", "other.example.com" })
        {
            Assert.True(same.TryFind(name, out var found));
            Assert.False(found.Enabled);
            Assert.True(before.TryFind(name, out found));
            Assert.True(found.Enabled);
        }

        var other = Compile(Sample.Snapshot(One, aliased with { Aliases = ["www.example.org", "*.example.com"] }), same);
        Assert.False(other.Names.Exact.SharesNamesWith(same.Names.Exact));
        Assert.True(other.Names.Wildcards.SharesNamesWith(same.Names.Wildcards));
        Assert.False(other.TryFind("www.example.com", out var byWildcard) && byWildcard.Aliases.Contains("www.example.com"));
        Assert.True(other.TryFind("www.example.org", out _));
    }

    /// <summary>A name that goes from one distribution to another leaves the names as they are and must not leave its owner so.</summary>
    [Fact]
    public void A_name_that_moved_belongs_to_its_new_distribution()
    {
        var before = Compile(Sample.Snapshot(One with { Aliases = ["www.example.com"] }, Two));
        var after = Compile(Sample.Snapshot(One, Two with { Aliases = ["www.example.com"] }), before);

        Assert.True(after.TryFind("www.example.com", out var owner));
        Assert.Equal(Two.Id, owner.Id);
        var swapped = Compile(Sample.Snapshot(One with { DomainName = Two.DomainName }, Two with { DomainName = One.DomainName, Aliases = ["www.example.com"] }), after);
        Assert.True(swapped.TryFind(One.DomainName, out owner));
        Assert.Equal(Two.Id, owner.Id);
    }

    private static RoutingTable Compile(ConfigSnapshot snapshot, RoutingTable? previous = null)
    {
        var result = SnapshotCompiler.Compile(snapshot, previous);
        Assert.Empty(result.Faults);
        return result.Table!;
    }

    private static DistributionModel Find(RoutingTable table, DistributionConfig config) => table.TryFind(config.DomainName, out var model) ? model : throw new InvalidOperationException(config.Id);
}
