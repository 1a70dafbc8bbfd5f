// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Contracts;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;
using static Frontier.Control.Tests.Harness.KeyDocuments;

namespace Frontier.Control.Tests.Api;

/// <summary>Trusted key groups and trusted signers of behaviors, and what edges are told of them (<c>api.md</c> §7, §9; DP-24.3).</summary>
public sealed class SignersTests
{
    [Fact]
    public async Task A_trusted_key_group_reaches_the_edges_with_its_keys_and_no_others()
    {
        await using var control = await TestControl.StartAsync();
        var (one, two, unused) = (await KeyAsync(control, "one"), await KeyAsync(control, "two"), await KeyAsync(control, "unused"));
        var group = await GroupAsync(control, "g", one, two);
        await GroupAsync(control, "idle", unused);
        Assert.Equal(1, (await CreateAsync(control, "open")).Format);

        var snapshot = await CreateAsync(control, "ref-1", Groups(group));

        Assert.Equal(ConfigSnapshot.FormatWithSigners, snapshot.Format); // an edge that knows nothing of signatures must not serve it
        Assert.Equal([one, two], snapshot.PublicKeys.Select(static key => key.Id));
        Assert.True(snapshot.KeyGroups.Single() is { PublicKeyIds.Length: 2 } only && only.Id == group);
        Assert.Equal([group], snapshot.Distributions[1].DefaultBehavior.Signers!.KeyGroupIds);
        Assert.Null(snapshot.Distributions[0].DefaultBehavior.Signers);
        Assert.StartsWith("MF", snapshot.PublicKeys[0].SubjectPublicKeyInfo, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_put_into_a_group_or_taken_out_is_told_to_the_edges()
    {
        await using var control = await TestControl.StartAsync();
        var (one, two) = (await KeyAsync(control, "one"), await KeyAsync(control, "two"));
        var group = (await control.CallAsync("POST", "key-group", KeyGroup("g", one))).Expect(201);
        var before = await CreateAsync(control, "ref-1", Groups(group.Text("Id")!));

        (await control.CallAsync("PUT", $"key-group/{group.Text("Id")}", KeyGroup("g", two), group.ETag)).Expect(200);

        var after = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        Assert.Equal((before.Version + 1, two), (after.Version, after.PublicKeys.Single().Id));
    }

    [Fact]
    public async Task The_account_itself_signs_with_the_keys_of_all_its_groups()
    {
        await using var control = await TestControl.StartAsync();
        var (one, two) = (await KeyAsync(control, "one"), await KeyAsync(control, "two"));
        await KeyAsync(control, "encrypts");
        var snapshot = await CreateAsync(control, "ref-1", Signers("self"));
        Assert.Equal((2, 0), (snapshot.Format, snapshot.PublicKeys.Length)); // nobody is let in yet
        Assert.Empty(snapshot.Distributions.Single().DefaultBehavior.Signers!.KeyGroupIds);

        var group = (await control.CallAsync("POST", "key-group", KeyGroup("g", one))).Expect(201);
        await GroupAsync(control, "h", two);
        snapshot = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        Assert.Equal([one, two], snapshot.PublicKeys.Select(static key => key.Id));
        Assert.Equal(2, snapshot.Distributions.Single().DefaultBehavior.Signers!.KeyGroupIds.Length);

        (await control.CallAsync("DELETE", $"key-group/{group.Text("Id")}", (XElement?)null, group.ETag)).Expect(204);
        snapshot = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        Assert.Equal(two, snapshot.PublicKeys.Single().Id);
        Assert.Single(snapshot.Distributions.Single().DefaultBehavior.Signers!.KeyGroupIds);
    }

    /// <summary><c>api.md</c> §9, output-only members.</summary>
    [Fact]
    public async Task A_distribution_tells_who_signs_for_it_with_which_keys()
    {
        await using var control = await TestControl.StartAsync();
        var key = await KeyAsync(control, "one");
        var group = await GroupAsync(control, "g", key);
        var created = (await control.CallAsync("POST", "distribution", Distribution("ref-1", Groups(group), Signers("000000000000")))).Expect(201);

        var groups = created.Root.Element(Answer.Ns + "ActiveTrustedKeyGroups")!;
        Assert.Equal($"true1{group}1{key}", groups.Value);
        Assert.Equal(["KeyGroupId", "KeyPairIds"], groups.Descendants(Answer.Ns + "KeyGroup").Single().Elements().Select(static element => element.Name.LocalName));
        Assert.Equal($"true10000000000001{key}", created.Root.Element(Answer.Ns + "ActiveTrustedSigners")!.Value);
        var open = (await control.CallAsync("POST", "distribution", Distribution("ref-2"))).Expect(201);
        Assert.Equal("false0", open.Root.Element(Answer.Ns + "ActiveTrustedKeyGroups")!.Value);
    }

    [Fact]
    public async Task Signers_that_do_not_exist_or_are_not_switched_on_are_refused_with_what_to_do()
    {
        await using var control = await TestControl.StartAsync(static options => options with { Quotas = new Quotas { DistributionsPerKeyGroup = 1, TrustedSigners = 1 } });
        var group = await GroupAsync(control, "g", await KeyAsync(control, "one"));
        (await RefusedAsync(Groups("nowhere"))).ExpectError(400, "TrustedKeyGroupDoesNotExist");
        (await RefusedAsync(Signers("111111111111"))).ExpectError(400, "TrustedSignerDoesNotExist");
        (await RefusedAsync(Signers("self", "000000000000"))).ExpectError(400, "TooManyTrustedSigners");
        (await RefusedAsync(Groups("a", "b", "c", "d", "e"))).ExpectError(400, "TooManyKeyGroupsAssociatedToDistribution");
        var off = (await RefusedAsync(("DefaultCacheBehavior", $"+<TrustedKeyGroups><Enabled>false</Enabled><Quantity>1</Quantity><Items><KeyGroup>{group}</KeyGroup></Items></TrustedKeyGroups>"))).ExpectError(400, "InvalidArgument");
        Assert.Contains("set Enabled to true", off.ErrorMessage, StringComparison.Ordinal);
        (await RefusedAsync(("DefaultCacheBehavior", "+<TrustedSigners><Enabled>true</Enabled><Quantity>0</Quantity></TrustedSigners>"))).ExpectError(400, "InvalidArgument");
        await CreateAsync(control, "ref-1", Groups(group));
        (await RefusedAsync(Groups(group))).ExpectError(400, "TooManyDistributionsAssociatedToKeyGroup");

        Task<Answer> RefusedAsync((string, string?) change) => control.CallAsync("POST", "distribution", Distribution("refused", change));
    }

    private static (string Path, string? Xml) Groups(params string[] ids) => ("DefaultCacheBehavior",
        $"+<TrustedKeyGroups><Enabled>true</Enabled><Quantity>{ids.Length}</Quantity><Items>{string.Concat(ids.Select(static id => $"<KeyGroup>{id}</KeyGroup>"))}</Items></TrustedKeyGroups>");

    private static (string Path, string? Xml) Signers(params string[] accounts) => ("DefaultCacheBehavior",
        $"+<TrustedSigners><Enabled>true</Enabled><Quantity>{accounts.Length}</Quantity><Items>{string.Concat(accounts.Select(static account => $"<AwsAccountNumber>{account}</AwsAccountNumber>"))}</Items></TrustedSigners>");

    private static async Task<string> KeyAsync(TestControl control, string name) => (await control.CallAsync("POST", "public-key", PublicKey(name))).Expect(201).Text("Id")!;

    private static async Task<string> GroupAsync(TestControl control, string name, params string[] keys) => (await control.CallAsync("POST", "key-group", KeyGroup(name, keys))).Expect(201).Text("Id")!;

    private static async Task<ConfigSnapshot> CreateAsync(TestControl control, string reference, params (string Path, string? Xml)[] changes)
    {
        (await control.CallAsync("POST", "distribution", Distribution(reference, changes))).Expect(201);
        return (await control.ReportAsync("e", 0, 0)).Snapshot!;
    }
}
