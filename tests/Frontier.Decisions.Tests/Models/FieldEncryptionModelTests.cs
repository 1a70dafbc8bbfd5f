// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Models;
using Frontier.Decisions.Tests.FieldEncryption;
using Frontier.Testing;

namespace Frontier.Decisions.Tests.Models;

/// <summary>Configurations and profiles of field-level encryption, compiled into the behaviors that name them (§25).</summary>
public sealed class FieldEncryptionModelTests
{
    private static readonly FieldEncryptionConfig Config = new() { Id = "C1", KnowsForms = true, FormProfileId = "P1" };

    [Fact]
    public void A_behavior_has_what_it_names_and_keeps_it_until_it_changes()
    {
        var first = Snapshot("C1");
        var table = Table(first);
        Assert.Equal("P1", Behavior(table).FieldEncryption!.FormProfile!.Id);
        Assert.Null(Behavior(Table(Snapshot(null))).FieldEncryption);

        var again = Table(first with { Version = 8 }, table);
        Assert.Same(Behavior(table), Behavior(again));
        var reprofiled = Table(first with { Version = 9, FieldEncryptionProfiles = [Forms.ProfileConfig("P1", "other")] }, again);
        Assert.True(Behavior(reprofiled).FieldEncryption!.FormProfile!.Encrypts("other"u8));
        Assert.False(Behavior(reprofiled).FieldEncryption!.FormProfile!.Encrypts("card"u8));
        var rekeyed = Table(first with { Version = 10, PublicKeys = [Forms.Key with { SubjectPublicKeyInfo = TestSigner.Rsa.PublicKey }] }, again);
        Assert.NotSame(Behavior(again).FieldEncryption, Behavior(rekeyed).FieldEncryption);
        var unmapped = Table(first with { Version = 11, FieldEncryptions = [Config with { FormProfileId = null }] }, again);
        Assert.Null(Behavior(unmapped).FieldEncryption!.FormProfile);
    }

    [Fact]
    public void Every_fault_is_named()
    {
        var result = SnapshotCompiler.Compile(Snapshot("C2") with
        {
            PublicKeys = [Forms.Key, new PublicKeyConfig { Id = "KEC", SubjectPublicKeyInfo = TestSigner.Ecdsa.PublicKey }],
            FieldEncryptionProfiles = [Forms.ProfileConfig("P1", "a"), Forms.ProfileConfig("P1", "b"), Forms.ProfileConfig("P3", "c") with { PublicKeyId = "KEC" }, Forms.ProfileConfig("P4", "c") with { PublicKeyId = "KNONE" }],
            FieldEncryptions = [Config, Config, Config with { Id = "C2", FormProfileId = "P3" }],
        });
        Assert.Equal(
            [
                "There are two field-level encryption profiles with the id P1.",
                "Field-level encryption profile P3: there is no public key KEC of RSA.",
                "Field-level encryption profile P4: there is no public key KNONE of RSA.",
                "There are two configurations of field-level encryption with the id C1.",
                "Field-level encryption C2: there are no profiles P3.",
                "Distribution E1A2B3C4D5E6F7, behavior *: there is no field-level encryption C2.",
            ],
            result.Faults);
    }

    [Fact]
    public void A_difference_tells_of_configurations_and_profiles()
    {
        var before = Snapshot("C1");
        var after = before with { Version = 8, FieldEncryptions = [Config with { FormProfileId = null }], FieldEncryptionProfiles = [] };
        var applied = SnapshotDelta.Between(before, after).ApplyTo(before);
        Assert.Null(applied.FieldEncryptions.Single().FormProfileId);
        Assert.Empty(applied.FieldEncryptionProfiles);
    }

    private static ConfigSnapshot Snapshot(string? id) => Sample.Snapshot(Sample.DistributionConfig with { DefaultBehavior = Sample.BehaviorConfig with { FieldEncryptionId = id } }) with
    {
        PublicKeys = [Forms.Key],
        FieldEncryptions = [Config],
        FieldEncryptionProfiles = [Forms.ProfileConfig("P1", "card")],
    };

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
