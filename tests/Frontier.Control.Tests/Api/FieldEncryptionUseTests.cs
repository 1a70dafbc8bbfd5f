// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;
using static Frontier.Control.Tests.Harness.KeyDocuments;

namespace Frontier.Control.Tests.Api;

/// <summary>Field-level encryption of a behavior, and what edges are told of it (§25, API-10.10, <c>api.md</c> §7).</summary>
public sealed class FieldEncryptionUseTests
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Behavior = "DefaultCacheBehavior";
    private const string Policy = Behavior + "/ViewerProtocolPolicy";
    private const string Protocol = "Origins/Items/Origin/CustomOriginConfig/OriginProtocolPolicy";
    private const string SevenMethods = "+<AllowedMethods><Quantity>7</Quantity><Items><Method>GET</Method><Method>HEAD</Method><Method>OPTIONS</Method><Method>PUT</Method><Method>PATCH</Method><Method>POST</Method><Method>DELETE</Method></Items></AllowedMethods>";

    [Fact]
    public async Task What_a_behavior_names_reaches_the_edges_with_its_profiles_and_keys_and_no_others()
    {
        await using var control = await TestControl.StartAsync();
        var (config, profile, key) = await EncryptionAsync(control);
        (await control.CallAsync("POST", "field-level-encryption", FieldEncryption("idle", contentTypes: [(Form, profile)]))).Expect(201);
        (await control.CallAsync("POST", "distribution", Encrypting(config))).Expect(201);

        var snapshot = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        Assert.Equal(ConfigSnapshot.FormatWithFieldEncryption, snapshot.Format); // an edge that knows nothing of it would send the fields as they are
        Assert.Equal(config, snapshot.Distributions.Single().DefaultBehavior.FieldEncryptionId);
        Assert.Equal(key, snapshot.PublicKeys.Single().Id);
        Assert.True(snapshot.FieldEncryptions.Single() is { KnowsForms: true, ForwardsUnknownContent: false, QueryArgs: { ForwardsUnknown: true, Profiles: [{ QueryArg: "cards" }] } } told
            && told.Id == config && told.FormProfileId == profile && told.QueryArgs.Profiles[0].ProfileId == profile);
        Assert.True(snapshot.FieldEncryptionProfiles.Single() is { ProviderId: "provider-1", KeyName: "rsa", FieldPatterns: ["card*"] } only && only.Id == profile && only.PublicKeyId == key);
    }

    [Fact]
    public async Task A_change_of_configuration_profile_or_name_of_the_key_is_told_to_the_edges()
    {
        await using var control = await TestControl.StartAsync();
        var (config, profile, key) = await EncryptionAsync(control);
        (await control.CallAsync("POST", "distribution", Encrypting(config))).Expect(201);

        await UpdateAsync(control, $"field-level-encryption-profile/{profile}", Profile("p", key, "other"));
        Assert.Equal(["other"], (await control.ReportAsync("e", 0, 0)).Snapshot!.FieldEncryptionProfiles.Single().FieldPatterns);
        await UpdateAsync(control, $"public-key/{key}", PublicKey("renamed", Rsa, "rsa"));
        Assert.Equal("renamed", (await control.ReportAsync("e", 0, 0)).Snapshot!.FieldEncryptionProfiles.Single().KeyName);
        await UpdateAsync(control, $"field-level-encryption/{config}", FieldEncryption("c", contentTypes: [(Form, "")]));
        var snapshot = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        Assert.True(snapshot.FieldEncryptions.Single() is { KnowsForms: true, FormProfileId: null, QueryArgs: null });
        Assert.Empty(snapshot.PublicKeys);
    }

    [Fact]
    public async Task A_behavior_that_encrypts_allows_all_methods_and_speaks_to_nobody_in_the_clear_API_10_10()
    {
        await using var control = await TestControl.StartAsync();
        var (config, _, _) = await EncryptionAsync(control);
        (await control.CallAsync("POST", "distribution", Distribution("ref-1", (Behavior, "+<FieldLevelEncryptionId>CNONE</FieldLevelEncryptionId>")))).ExpectError(404, "NoSuchFieldLevelEncryptionConfig");
        foreach (var (change, remedy) in new[]
        {
            ((Behavior + "/AllowedMethods", (string?)null), "allow all seven methods"),
            ((Policy, "allow-all"), "set its ViewerProtocolPolicy to https-only or redirect-to-https"),
            ((Protocol, "http-only"), "set the OriginProtocolPolicy of its origin to match-viewer or https-only"),
        })
        {
            var refused = (await control.CallAsync("POST", "distribution", Encrypting(config, change))).ExpectError(400, "IllegalFieldLevelEncryptionConfigAssociationWithCacheBehavior");
            Assert.EndsWith($"For the default cache behavior, {remedy}.", refused.ErrorMessage, StringComparison.Ordinal);
        }

        (await control.CallAsync("POST", "distribution", Encrypting(config, (Policy, "redirect-to-https"), (Protocol, "https-only")))).Expect(201);
    }

    [Fact]
    public async Task Only_so_many_distributions_may_use_one()
    {
        await using var control = await TestControl.StartAsync(static options => options with { Quotas = new Quotas { DistributionsPerFieldEncryption = 1 } });
        var (config, _, _) = await EncryptionAsync(control);
        var first = (await control.CallAsync("POST", "distribution", Encrypting(config))).Expect(201);
        var second = Encrypting(config);
        Change(second, "CallerReference", "ref-2");
        (await control.CallAsync("POST", "distribution", second)).ExpectError(400, "TooManyDistributionsAssociatedToFieldLevelEncryptionConfig");
        (await control.CallAsync("PUT", $"distribution/{first.Text("Id")}/config", Encrypting(config, ("Comment", "again")), first.ETag)).Expect(200);
    }

    private static System.Xml.Linq.XElement Encrypting(string config, params (string Path, string? Xml)[] changes) => Distribution(
        "ref-1", [(Behavior, SevenMethods), (Behavior, $"+<FieldLevelEncryptionId>{config}</FieldLevelEncryptionId>"), (Policy, "https-only"), (Protocol, "match-viewer"), .. changes]);

    private static async Task UpdateAsync(TestControl control, string path, System.Xml.Linq.XElement document)
    {
        var current = (await control.CallAsync("GET", path)).Expect(200);
        (await control.CallAsync("PUT", path + "/config", document, current.ETag)).Expect(200);
    }

    private static async Task<(string Config, string Profile, string Key)> EncryptionAsync(TestControl control)
    {
        var key = (await control.CallAsync("POST", "public-key", PublicKey("rsa", Rsa))).Expect(201).Text("Id")!;
        var profile = (await control.CallAsync("POST", "field-level-encryption-profile", Profile("p", key, "card*"))).Expect(201).Text("Id")!;
        var config = (await control.CallAsync("POST", "field-level-encryption", FieldEncryption("c", [("cards", profile)], [(Form, profile)]))).Expect(201).Text("Id")!;
        return (config, profile, key);
    }
}
