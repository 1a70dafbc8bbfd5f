// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.KeyDocuments;

namespace Frontier.Control.Tests.Api;

/// <summary>§6.9, §6.10, API-6.12, API-6.13: public keys and key groups.</summary>
public sealed class KeyTests
{
    [Fact]
    public async Task A_public_key_keeps_its_key_and_the_time_of_its_creation()
    {
        await using var control = await TestControl.StartAsync();
        var (key, other) = (NewEcdsa(), NewEcdsa());
        var created = (await control.CallAsync("POST", "public-key", PublicKey("one", key))).Expect(201);
        var path = $"public-key/{created.Text("Id")}";
        control.Clock.Advance(TimeSpan.FromMinutes(1));

        (await control.CallAsync("PUT", path + "/config", PublicKey("one", other), created.ETag)).ExpectError(400, "CannotChangeImmutablePublicKeyFields");
        (await control.CallAsync("PUT", path + "/config", PublicKey("one", "no key"), created.ETag)).ExpectError(400, "CannotChangeImmutablePublicKeyFields");
        var updated = (await control.CallAsync("PUT", path + "/config", PublicKey("renamed", key.Replace("\n", "\r\n", StringComparison.Ordinal), "one"), created.ETag)).Expect(200);

        Assert.Equal("renamed", updated.Text("Name"));
        Assert.Equal(created.Text("CreatedTime"), updated.Text("CreatedTime"));
        Assert.Equal(created.Text("CreatedTime"), (await control.CallAsync("GET", "public-key")).Text("CreatedTime"));
    }

    /// <summary>§4: name, caller reference and key are each unique.</summary>
    [Fact]
    public async Task A_public_key_is_there_once()
    {
        await using var control = await TestControl.StartAsync();
        var key = NewEcdsa();
        (await control.CallAsync("POST", "public-key", PublicKey("one", key, "ref"))).Expect(201);
        var two = (await control.CallAsync("POST", "public-key", PublicKey("two"))).Expect(201);

        (await control.CallAsync("POST", "public-key", PublicKey("one", reference: "other"))).ExpectError(409, "PublicKeyAlreadyExists");
        (await control.CallAsync("POST", "public-key", PublicKey("three", reference: "ref"))).ExpectError(409, "PublicKeyAlreadyExists");
        (await control.CallAsync("POST", "public-key", PublicKey("three", key.Replace("\n", "", StringComparison.Ordinal)))).ExpectError(409, "PublicKeyAlreadyExists");
        (await control.CallAsync("POST", "public-key", PublicKey("three", "\n" + key))).ExpectError(409, "PublicKeyAlreadyExists");
        (await control.CallAsync("PUT", $"public-key/{two.Text("Id")}/config", PublicKey("one", two.Text("EncodedKey"), "two"), two.ETag)).ExpectError(409, "PublicKeyAlreadyExists");
    }

    [Fact]
    public async Task What_is_no_key_of_the_two_kinds_is_refused()
    {
        await using var control = await TestControl.StartAsync();

        var refused = (await control.CallAsync("POST", "public-key", PublicKey("one", NewRsa(1_024)))).ExpectError(400, "InvalidArgument");

        Assert.Contains("RSA with 2048 bits or of ECDSA with the curve P-256", refused.ErrorMessage, StringComparison.Ordinal);
        (await control.CallAsync("POST", "public-key", PublicKey("two", Rsa))).Expect(201);
    }

    [Theory]
    [InlineData("Name", "")]
    [InlineData("Name", "has space")]
    [InlineData("CallerReference", "")]
    [InlineData("Name", null)]
    [InlineData("EncodedKey", null)]
    public async Task A_public_key_lacks_nothing(string element, string? value)
    {
        await using var control = await TestControl.StartAsync();
        var config = PublicKey("one");
        Documents.Change(config, element, value);

        (await control.CallAsync("POST", "public-key", config)).ExpectError(400, "InvalidArgument");
    }

    /// <summary>§7.</summary>
    [Fact]
    public async Task Quotas_hold()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { PublicKeys = 2, KeyGroups = 1, PublicKeysPerKeyGroup = 1 } });
        var one = (await control.CallAsync("POST", "public-key", PublicKey("one"))).Expect(201).Text("Id")!;
        var two = (await control.CallAsync("POST", "public-key", PublicKey("two"))).Expect(201).Text("Id")!;

        (await control.CallAsync("POST", "public-key", PublicKey("three"))).ExpectError(400, "TooManyPublicKeys");
        (await control.CallAsync("POST", "key-group", KeyGroup("g", one, two))).ExpectError(400, "TooManyPublicKeysInKeyGroup");
        (await control.CallAsync("POST", "key-group", KeyGroup("g", one))).Expect(201);
        (await control.CallAsync("POST", "key-group", KeyGroup("h", two))).ExpectError(400, "TooManyKeyGroups");
    }

    /// <summary>API-6.13, API-5.11.</summary>
    [Fact]
    public async Task A_key_group_lists_keys_that_are_there_and_then_stay()
    {
        await using var control = await TestControl.StartAsync();
        var key = (await control.CallAsync("POST", "public-key", PublicKey("one"))).Expect(201);
        var (id, path) = (key.Text("Id")!, $"public-key/{key.Text("Id")}");
        (await control.CallAsync("POST", "key-group", KeyGroup("g"))).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("POST", "key-group", KeyGroup("g", id, id))).ExpectError(400, "InvalidArgument");
        Assert.Contains("'KNONE'", (await control.CallAsync("POST", "key-group", KeyGroup("g", id, "KNONE"))).ExpectError(400, "InvalidArgument").ErrorMessage, StringComparison.Ordinal);

        var group = (await control.CallAsync("POST", "key-group", KeyGroup("g", id))).Expect(201);
        Assert.Equal(["Name", "Items", "Comment"], group.Root.Element(Answer.Ns + "KeyGroupConfig")!.Elements().Select(element => element.Name.LocalName)); // API-1.11
        (await control.CallAsync("PUT", $"key-group/{group.Text("Id")}", KeyGroup("g", "KNONE"), group.ETag)).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("DELETE", path, (XElement?)null, key.ETag)).ExpectError(409, "PublicKeyInUse");

        (await control.CallAsync("DELETE", $"key-group/{group.Text("Id")}", (XElement?)null, group.ETag)).Expect(204);
        (await control.CallAsync("DELETE", path, (XElement?)null, key.ETag)).Expect(204);
    }

    /// <summary>§6.2, API-5.11, API-6.13.</summary>
    [Fact]
    public async Task A_key_group_that_a_behavior_trusts_stays_and_tells_who_uses_it()
    {
        await using var control = await TestControl.StartAsync();
        var key = (await control.CallAsync("POST", "public-key", PublicKey("one"))).Expect(201).Text("Id")!;
        var group = (await control.CallAsync("POST", "key-group", KeyGroup("g", key))).Expect(201);
        var list = $"distributionsByKeyGroupId/{group.Text("Id")}";
        Assert.Equal("0", (await control.CallAsync("GET", list)).Expect(200).Text("Quantity"));
        (await control.CallAsync("GET", "distributionsByKeyGroupId/none")).ExpectError(404, "NoSuchResource");

        await control.PlantDistributionAsync(
            "EUSER", ("DefaultCacheBehavior", $"+<TrustedKeyGroups><Enabled>true</Enabled><Quantity>1</Quantity><Items><KeyGroup>{group.Text("Id")}</KeyGroup></Items></TrustedKeyGroups>"));

        var users = (await control.CallAsync("GET", list)).Expect(200);
        Assert.Equal("DistributionIdList", users.Root.Name.LocalName);
        Assert.Equal(["EUSER"], users.Texts("DistributionId"));
        (await control.CallAsync("DELETE", $"key-group/{group.Text("Id")}", (XElement?)null, group.ETag)).ExpectError(409, "ResourceInUse");
    }
}
