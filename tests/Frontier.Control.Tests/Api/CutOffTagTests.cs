// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

/// <summary>The tag by which a distribution says how an edge serves it that is cut off.</summary>
public sealed class CutOffTagTests
{
    [Theory]
    [InlineData("serve", CutOffChoice.Serve, 1)]
    [InlineData("revalidate", CutOffChoice.Revalidate, ConfigSnapshot.FormatWithCutOffs)]
    [InlineData("bypass", CutOffChoice.Bypass, ConfigSnapshot.FormatWithCutOffs)]
    public async Task It_reaches_the_edges_when_it_is_set_changed_and_removed(string value, CutOffChoice choice, int format)
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201);
        var resource = "Resource=" + Uri.EscapeDataString(created.Text("ARN")!);
        await control.CallAsync("POST", "tagging?Operation=Tag&" + resource, Tags(("team", "blue")));
        Assert.Equal(1, (await control.ReportAsync("e", 0, 0)).Snapshot!.Version); // no other tag concerns them

        (await control.CallAsync("POST", "tagging?Operation=Tag&" + resource, Tags(("frontier:when-cut-off", value)))).Expect(204);
        var tagged = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        Assert.Equal((2, choice, format), (tagged.Version, tagged.Distributions.Single().WhenCutOff, tagged.Format));
        Assert.Equal("InProgress", (await control.CallAsync("GET", $"distribution/{created.Text("Id")}")).Text("Status"));

        (await control.CallAsync("POST", "tagging?Operation=Untag&" + resource, Parse("<TagKeys><Items><Key>frontier:when-cut-off</Key></Items></TagKeys>"))).Expect(204);
        var untagged = (await control.ReportAsync("e", 0, 0)).Snapshot!;
        Assert.Equal((3, CutOffChoice.Serve, 1), (untagged.Version, untagged.Distributions.Single().WhenCutOff, untagged.Format));
    }

    [Fact]
    public async Task It_can_be_set_with_the_creation_and_outlives_changes_and_restarts()
    {
        await using var control = await TestControl.StartAsync();
        var body = Parse($"<DistributionConfigWithTags>{Distribution()}{Tags(("frontier:when-cut-off", "bypass"))}</DistributionConfigWithTags>");
        var id = (await control.CallAsync("POST", "distribution?WithTags", body)).Expect(201).Text("Id")!;
        Assert.Equal(CutOffChoice.Bypass, (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single().WhenCutOff);

        (await control.ReviseAsync(id, ("Comment", "second"))).Expect(200);
        Assert.Equal(CutOffChoice.Bypass, (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single().WhenCutOff);
        await control.RestartAsync();
        (await control.ReviseAsync(id, ("Comment", "third"))).Expect(200);

        Assert.Equal(CutOffChoice.Bypass, (await control.ReportAsync("e", 0, 0)).Snapshot!.Distributions.Single().WhenCutOff);
    }

    [Theory]
    [InlineData("frontier:when-cut-off", "Bypass", "give serve, revalidate or bypass")]
    [InlineData("frontier:when-cut-off", "", "give serve, revalidate or bypass")]
    [InlineData("frontier:when-cutoff", "bypass", "there is frontier:when-cut-off alone")]
    [InlineData("Frontier:when-cut-off", "bypass", "there is frontier:when-cut-off alone")]
    public async Task A_wrong_value_or_a_misspelled_key_is_refused(string key, string value, string message)
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201);
        var resource = "Resource=" + Uri.EscapeDataString(created.Text("ARN")!);

        var tagged = (await control.CallAsync("POST", "tagging?Operation=Tag&" + resource, Tags((key, value)))).ExpectError(400, "InvalidTagging");
        var withTags = (await control.CallAsync("POST", "distribution?WithTags", Parse($"<DistributionConfigWithTags>{Distribution("ref-2")}{Tags((key, value))}</DistributionConfigWithTags>")))
            .ExpectError(400, "InvalidTagging");

        Assert.Contains(message, tagged.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains(message, withTags.ErrorMessage, StringComparison.Ordinal);
        Assert.Empty((await control.CallAsync("GET", "tagging?" + resource)).Texts("Key"));
    }
}
