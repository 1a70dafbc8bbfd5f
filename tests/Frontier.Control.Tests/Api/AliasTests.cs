// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

/// <summary>AssociateAlias and ListConflictingAliases (API-6.6, API-6.7).</summary>
public sealed class AliasTests
{
    [Fact]
    public async Task An_alias_moves_from_one_distribution_to_another_in_one_step()
    {
        await using var control = await TestControl.StartAsync();
        var source = await CreateAsync(control, "a", "www.example.com", "stays.example.com");
        var target = await CreateAsync(control, "b", "other.example.com");

        (await control.CallAsync("PUT", $"distribution/{target.Text("Id")}/associate-alias?Alias=WWW.example.com")).Expect(200);

        var (after, before) = (await control.CallAsync("GET", $"distribution/{target.Text("Id")}"), await control.CallAsync("GET", $"distribution/{source.Text("Id")}"));
        Assert.Equal(["other.example.com", "www.example.com"], after.Root.Element(Answer.Ns + "DistributionConfig")!.Element(Answer.Ns + "Aliases")!.Descendants(Answer.Ns + "CNAME").Select(name => name.Value));
        Assert.Equal(["stays.example.com"], before.Root.Element(Answer.Ns + "DistributionConfig")!.Element(Answer.Ns + "Aliases")!.Descendants(Answer.Ns + "CNAME").Select(name => name.Value));
        Assert.NotEqual(target.ETag, after.ETag);
        Assert.NotEqual(source.ETag, before.ETag);
        Assert.Equal(("InProgress", "InProgress"), (after.Text("Status"), before.Text("Status")));

        // One version holds both, so no edge ever serves the name from nowhere.
        var snapshot = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        Assert.Equal(3, snapshot.Version);
        Assert.Equal([["stays.example.com"], ["other.example.com", "www.example.com"]], snapshot.Distributions.Select(distribution => distribution.Aliases.ToArray()));
    }

    [Fact]
    public async Task An_alias_that_nobody_has_is_added_and_one_that_the_target_has_stays()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await CreateAsync(control, "a")).Text("Id")!;

        (await control.CallAsync("PUT", $"distribution/{id}/associate-alias?Alias=*.example.com")).Expect(200);
        (await control.CallAsync("PUT", $"distribution/{id}/associate-alias?Alias=*.example.com")).Expect(200);

        Assert.Equal(["*.example.com"], (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single().Aliases);
    }

    [Fact]
    public async Task An_association_that_cannot_be_is_refused_and_changes_nothing()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { AliasesPerDistribution = 1 } });
        var source = await CreateAsync(control, "a", "www.example.com");
        var target = await CreateAsync(control, "b", "other.example.com");
        var free = await CreateAsync(control, "c");
        var staging = (await control.CopyAsync(free.Text("Id")!, "d")).Expect(201);

        (await control.CallAsync("PUT", "distribution/E00000000000/associate-alias?Alias=www.example.com")).ExpectError(404, "NoSuchDistribution");
        (await control.CallAsync("PUT", $"distribution/{free.Text("Id")}/associate-alias")).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("PUT", $"distribution/{free.Text("Id")}/associate-alias?Alias=no_name")).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("PUT", $"distribution/{free.Text("Id")}/associate-alias?Alias={new string('a', 254)}")).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("PUT", $"distribution/{target.Text("Id")}/associate-alias?Alias=www.example.com")).ExpectError(400, "TooManyDistributionCNAMEs");
        (await control.CallAsync("PUT", $"distribution/{staging.Text("Id")}/associate-alias?Alias=www.example.com")).ExpectError(400, "IllegalUpdate");
        Assert.Equal(source.ETag, (await control.CallAsync("GET", $"distribution/{source.Text("Id")}")).ETag);
    }

    [Fact]
    public async Task Aliases_do_not_move_while_a_policy_is_attached_API_6_16()
    {
        await using var control = await TestControl.StartAsync();
        var (primaryId, _, _) = await control.DeployAsync();

        (await control.CallAsync("PUT", $"distribution/{primaryId}/associate-alias?Alias=www.example.com")).ExpectError(400, "IllegalUpdate");
    }

    [Theory]
    [InlineData("www.example.com", "www.example.com *.example.com")]
    [InlineData("*.example.com", "www.example.com a.b.example.com *.example.com *.b.example.com")]
    [InlineData("a.b.example.com", "a.b.example.com *.example.com *.b.example.com")]
    [InlineData("example.com", "")]
    [InlineData("*.example.org", "")]
    [InlineData("own.test", "")]
    public async Task Names_that_are_the_same_or_covered_by_a_wildcard_conflict(string alias, string conflicts)
    {
        await using var control = await TestControl.StartAsync();
        var own = await CreateAsync(control, "own", "own.test");
        var one = await CreateAsync(control, "a", "www.example.com", "a.b.example.com");
        await CreateAsync(control, "b", "*.example.com", "*.b.example.com");

        var list = (await control.CallAsync("GET", $"conflicting-alias?DistributionId={own.Text("Id")}&Alias={alias}")).Expect(200);

        Assert.Equal("ConflictingAliasesList", list.Root.Name.LocalName);
        Assert.Equal(conflicts.Split(' ', StringSplitOptions.RemoveEmptyEntries), list.Texts("Alias"));
        if (list.Texts("Alias").Contains("www.example.com"))
        {
            var id = one.Text("Id")!;
            Assert.Equal((new string('*', id.Length - 7) + id[^7..], "*****0000000"), (list.Text("DistributionId"), list.Text("AccountId")));
        }
    }

    [Fact]
    public async Task A_long_list_of_conflicts_comes_in_pages_and_a_question_without_its_parameters_is_refused()
    {
        await using var control = await TestControl.StartAsync();
        var own = (await CreateAsync(control, "own")).Text("Id");
        await CreateAsync(control, "a", "a.example.com", "b.example.com", "c.example.com");

        var first = (await control.CallAsync("GET", $"conflicting-alias?DistributionId={own}&Alias=*.example.com&MaxItems=2")).Expect(200);
        Assert.Equal(["a.example.com", "b.example.com"], first.Texts("Alias"));
        Assert.Equal("b.example.com", first.Text("NextMarker"));
        var rest = (await control.CallAsync("GET", $"conflicting-alias?DistributionId={own}&Alias=*.example.com&MaxItems=2&Marker=b.example.com")).Expect(200);
        Assert.Equal(["c.example.com"], rest.Texts("Alias"));
        Assert.Null(rest.Text("NextMarker"));

        (await control.CallAsync("GET", $"conflicting-alias?DistributionId={own}")).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("GET", "conflicting-alias?Alias=a.test")).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("GET", $"conflicting-alias?DistributionId={new string('E', 26)}&Alias=a.test")).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("GET", "conflicting-alias?DistributionId=E00000000000&Alias=a.test")).ExpectError(404, "NoSuchDistribution");
    }

    private static async Task<Answer> CreateAsync(TestControl control, string reference, params string[] aliases) =>
        (await control.CallAsync("POST", "distribution", aliases.Length == 0 ? Distribution(reference) : Distribution(reference, ("", "+" + Aliases(aliases))))).Expect(201);
}
