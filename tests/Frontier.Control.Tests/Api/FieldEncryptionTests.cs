// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.KeyDocuments;

namespace Frontier.Control.Tests.Api;

/// <summary>§6.14, §6.15, §7, §9.1, DP-25.2, DP-25.5: configurations and profiles of field-level encryption.</summary>
public sealed class FieldEncryptionTests
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>API-5.11, from the key to the behavior.</summary>
    [Fact]
    public async Task What_is_referred_to_stays()
    {
        await using var control = await TestControl.StartAsync();
        var key = (await control.CallAsync("POST", "public-key", PublicKey("rsa", Rsa))).Expect(201);
        var profile = (await control.CallAsync("POST", "field-level-encryption-profile", Profile("p", key.Text("Id")!, "Card*"))).Expect(201);
        var config = (await control.CallAsync("POST", "field-level-encryption", FieldEncryption("c", [("cards", profile.Text("Id")!)]))).Expect(201);
        var unused = (await control.CallAsync("POST", "field-level-encryption", FieldEncryption("d", contentTypes: [(Form, profile.Text("Id")!)]))).Expect(201);
        await control.PlantDistributionAsync("EUSER", ("DefaultCacheBehavior", $"+<FieldLevelEncryptionId>{config.Text("Id")}</FieldLevelEncryptionId>"));

        (await control.CallAsync("DELETE", $"public-key/{key.Text("Id")}", (XElement?)null, key.ETag)).ExpectError(409, "PublicKeyInUse");
        (await control.CallAsync("DELETE", $"field-level-encryption-profile/{profile.Text("Id")}", (XElement?)null, profile.ETag)).ExpectError(409, "FieldLevelEncryptionProfileInUse");
        (await control.CallAsync("DELETE", $"field-level-encryption/{config.Text("Id")}", (XElement?)null, config.ETag)).ExpectError(409, "FieldLevelEncryptionConfigInUse");
        (await control.CallAsync("PUT", $"field-level-encryption/{config.Text("Id")}/config", FieldEncryption("c"), config.ETag)).Expect(200);
        (await control.CallAsync("DELETE", $"field-level-encryption-profile/{profile.Text("Id")}", (XElement?)null, profile.ETag)).ExpectError(409, "FieldLevelEncryptionProfileInUse");

        (await control.CallAsync("DELETE", $"field-level-encryption/{unused.Text("Id")}", (XElement?)null, unused.ETag)).Expect(204);
        (await control.CallAsync("DELETE", $"field-level-encryption-profile/{profile.Text("Id")}", (XElement?)null, profile.ETag)).Expect(204);
        (await control.CallAsync("DELETE", $"public-key/{key.Text("Id")}", (XElement?)null, key.ETag)).Expect(204);
    }

    [Fact]
    public async Task A_profile_needs_an_rsa_key_that_is_there()
    {
        await using var control = await TestControl.StartAsync();
        var elliptic = (await control.CallAsync("POST", "public-key", PublicKey("ecdsa"))).Expect(201).Text("Id")!;

        (await control.CallAsync("POST", "field-level-encryption-profile", Profile("p", "KNONE", "a"))).ExpectError(404, "NoSuchPublicKey");
        var refused = (await control.CallAsync("POST", "field-level-encryption-profile", Profile("p", elliptic, "a"))).ExpectError(400, "InvalidArgument");
        Assert.Contains("no RSA key", refused.ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TooManyFieldLevelEncryptionFieldPatterns", "a", "b", "c")]
    [InlineData("InvalidArgument")]
    [InlineData("InvalidArgument", "")]
    [InlineData("InvalidArgument", "a b")]
    [InlineData("InvalidArgument", "a*b")]
    [InlineData("InvalidArgument", "**")]
    [InlineData("InvalidArgument", "ABC*", "AB*")]
    [InlineData("InvalidArgument", "AB*", "ABC")]
    [InlineData("InvalidArgument", "same", "same")]
    [InlineData(null, "Card[0].number_-", "card*")]
    [InlineData(null, "*")]
    public async Task Field_patterns_are_few_well_formed_and_apart(string? error, params string[] patterns)
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { FieldPatternsPerProfile = 2 } });
        var key = (await control.CallAsync("POST", "public-key", PublicKey("rsa", Rsa))).Expect(201).Text("Id")!;

        var answer = await control.CallAsync("POST", "field-level-encryption-profile", Profile("p", key, patterns));

        Assert.Equal(error, answer.ErrorCode);
        Assert.Equal(error is null ? 201 : 400, answer.Status);
    }

    [Fact]
    public async Task A_profile_has_one_entity_with_a_provider()
    {
        await using var control = await TestControl.StartAsync();
        var key = (await control.CallAsync("POST", "public-key", PublicKey("rsa", Rsa))).Expect(201).Text("Id")!;
        var (none, two, provider, quantity) = (Profile("p", key, "a"), Profile("p", key, "a"), Profile("p", key, "a"), Profile("p", key, "a"));
        Documents.Change(none, "EncryptionEntities", "<EncryptionEntities><Quantity>0</Quantity></EncryptionEntities>");
        Documents.Change(two, "EncryptionEntities/Items", "+" + Entity(key, "b"));
        Documents.Change(two, "EncryptionEntities/Quantity", "2");
        Documents.Change(provider, "EncryptionEntities/Items/EncryptionEntity/ProviderId", "a provider");
        Documents.Change(quantity, "EncryptionEntities/Items/EncryptionEntity/FieldPatterns/Quantity", "2");

        (await control.CallAsync("POST", "field-level-encryption-profile", none)).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("POST", "field-level-encryption-profile", two)).ExpectError(400, "TooManyFieldLevelEncryptionEncryptionEntities");
        (await control.CallAsync("POST", "field-level-encryption-profile", provider)).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("POST", "field-level-encryption-profile", quantity)).ExpectError(400, "InconsistentQuantities");
    }

    [Fact]
    public async Task A_configuration_maps_arguments_and_the_content_type_to_profiles_that_are_there()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { QueryArgProfiles = 1 } });
        var key = (await control.CallAsync("POST", "public-key", PublicKey("rsa", Rsa))).Expect(201).Text("Id")!;
        var profile = (await control.CallAsync("POST", "field-level-encryption-profile", Profile("p", key, "a"))).Expect(201).Text("Id")!;

        await ExpectAsync(404, "NoSuchFieldLevelEncryptionProfile", [("a", "PNONE")], null);
        await ExpectAsync(404, "NoSuchFieldLevelEncryptionProfile", null, [(Form, "PNONE")]);
        await ExpectAsync(400, "QueryArgProfileEmpty", [("a", "")], null);
        await ExpectAsync(400, "InvalidArgument", [("", profile)], null);
        await ExpectAsync(400, "TooManyFieldLevelEncryptionQueryArgProfiles", [("a", profile), ("b", profile)], null);
        await ExpectAsync(400, "TooManyFieldLevelEncryptionContentTypeProfiles", null, [(Form, profile), (Form, profile)]);
        await ExpectAsync(400, "InvalidArgument", null, [("text/plain", profile)]);
        var created = (await control.CallAsync("POST", "field-level-encryption", FieldEncryption("c", [("a", profile)], [(Form, "")]))).Expect(201);
        Assert.Equal([profile], created.Texts("ProfileId"));
        Assert.Equal((Form, "URLEncoded", "true"), (created.Text("ContentType"), created.Text("Format"), created.Text("ForwardWhenQueryArgProfileIsUnknown")));

        async Task ExpectAsync(int status, string code, (string, string)[]? arguments, (string, string)[]? types) =>
            (await control.CallAsync("POST", "field-level-encryption", FieldEncryption("c", arguments, types))).ExpectError(status, code);
    }

    [Fact]
    public async Task Quotas_hold()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { FieldEncryptionConfigs = 1, FieldEncryptionProfiles = 1 } });
        var key = (await control.CallAsync("POST", "public-key", PublicKey("rsa", Rsa))).Expect(201).Text("Id")!;
        (await control.CallAsync("POST", "field-level-encryption-profile", Profile("p", key, "a"))).Expect(201);
        (await control.CallAsync("POST", "field-level-encryption", FieldEncryption("c"))).Expect(201);

        (await control.CallAsync("POST", "field-level-encryption-profile", Profile("q", key, "a"))).ExpectError(400, "TooManyFieldLevelEncryptionProfiles");
        (await control.CallAsync("POST", "field-level-encryption", FieldEncryption("d"))).ExpectError(400, "TooManyFieldLevelEncryptionConfigs");
    }
}
