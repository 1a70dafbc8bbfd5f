// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;
using Frontier.Testing;

namespace Frontier.Decisions.Tests.Models;

/// <summary>Key groups and keys of a snapshot, compiled into the behaviors that trust them (DP-24.3).</summary>
public sealed class SignersTests
{
    private static readonly PublicKeyConfig One = new() { Id = TestSigner.Rsa.Id, SubjectPublicKeyInfo = TestSigner.Rsa.PublicKey };
    private static readonly PublicKeyConfig Two = new() { Id = TestSigner.Ecdsa.Id, SubjectPublicKeyInfo = TestSigner.Ecdsa.PublicKey };
    private static readonly KeyGroupConfig Group = new() { Id = "g", PublicKeyIds = [One.Id] };
    private static readonly KeyGroupConfig Both = new() { Id = "h", PublicKeyIds = [One.Id, Two.Id] };

    [Fact]
    public void A_behavior_trusts_each_key_of_its_groups_once()
    {
        var behavior = Compile(Snapshot(new SignersConfig(["g", "h"])));
        Assert.Equal(2, behavior.Signers!.Keys.Length);
        Assert.True(behavior.HidesSigningCookies);
        Assert.Empty(Compile(Snapshot(new SignersConfig([]))).Signers!.Keys);
        var open = Compile(Snapshot(null));
        Assert.Null(open.Signers);
        Assert.False(open.HidesSigningCookies);
    }

    [Fact]
    public void Every_fault_of_keys_and_groups_is_named()
    {
        var result = SnapshotCompiler.Compile(Snapshot(new SignersConfig(["g", "nowhere"])) with
        {
            PublicKeys = [One, One, new PublicKeyConfig { Id = "KBAD", SubjectPublicKeyInfo = "AAAA" }, new PublicKeyConfig { Id = "KWORSE", SubjectPublicKeyInfo = "no base64" }],
            KeyGroups = [Group, Group, Both],
        });
        Assert.False(result.Succeeded);
        Assert.Equal(
            [
                $"There are two public keys with the id {One.Id}.",
                "The public key KBAD is none of RSA or ECDSA.",
                "The public key KWORSE is none of RSA or ECDSA.",
                "There are two key groups with the id g.",
                $"Key group h: there are no public keys {Two.Id}.",
                "Distribution E1A2B3C4D5E6F7, behavior *: there is no key group nowhere.",
            ],
            result.Faults);
    }

    /// <summary>What an edge remembers of signatures hangs on the key as an object.</summary>
    [Fact]
    public void A_key_that_did_not_change_stays_the_same_object_and_a_changed_group_is_seen()
    {
        var first = Snapshot(new SignersConfig(["g"]));
        var table = Table(first);
        var again = Table(first with { Version = 8, CachePolicies = [Sample.CachePolicy with { DefaultTtl = 1 }] }, table);
        Assert.NotSame(Behavior(table), Behavior(again));
        Assert.Same(Behavior(table).Signers!.Keys[0], Behavior(again).Signers!.Keys[0]);

        var regrouped = Table(first with { Version = 9, KeyGroups = [Group with { PublicKeyIds = [Two.Id] }, Both] }, again);
        Assert.Equal(Two.Id, System.Text.Encoding.ASCII.GetString(Behavior(regrouped).Signers!.Keys.Single().Id.AsSpan()));

        var rekeyed = Table(first with { Version = 10, PublicKeys = [One with { SubjectPublicKeyInfo = TestSigner.Stranger.PublicKey }, Two] }, again);
        Assert.NotSame(Behavior(again).Signers!.Keys[0], Behavior(rekeyed).Signers!.Keys[0]);
        Assert.Same(Behavior(regrouped), Behavior(Table(first with { Version = 11, KeyGroups = [Group with { PublicKeyIds = [Two.Id] }, Both] }, regrouped)));
    }

    private static ConfigSnapshot Snapshot(SignersConfig? signers) => Sample.Snapshot(Sample.DistributionConfig with { DefaultBehavior = Sample.BehaviorConfig with { Signers = signers } }) with
    {
        PublicKeys = [One, Two],
        KeyGroups = [Group, Both],
    };

    private static BehaviorModel Compile(ConfigSnapshot snapshot) => Behavior(Table(snapshot));

    private static RoutingTable Table(ConfigSnapshot snapshot, RoutingTable? previous = null)
    {
        var result = SnapshotCompiler.Compile(snapshot, previous);
        Assert.True(result.Succeeded, string.Join(' ', result.Faults));
        return result.Table;
    }

    private static BehaviorModel Behavior(RoutingTable table)
    {
        Assert.True(table.TryFind("d1.frontier.localhost", out var distribution));
        return distribution.DefaultBehavior;
    }
}
