// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Control.Store;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.OwnApi;

/// <summary>Every accepted configuration of a distribution is kept as a version.</summary>
public sealed class VersionTests
{
    [Fact]
    public async Task Creation_and_updates_are_versions_with_who_when_and_how()
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201);
        var id = created.Text("Id")!;
        var before = control.Clock.GetUtcNow();
        control.Clock.Advance(TimeSpan.FromMinutes(1));
        var updated = (await control.ReviseAsync(id, ("Comment", "another"))).Expect(200);

        var page = (await control.CallOwnAsync("GET", $"distributions/{id}/versions")).Expect(200).Json();

        Assert.Equal(id, page.GetProperty("distributionId").GetString());
        Assert.False(page.TryGetProperty("nextBefore", out _));
        var versions = page.GetProperty("versions").EnumerateArray().ToList();
        Assert.Equal([2, 1], versions.Select(version => version.GetProperty("version").GetInt64()));
        Assert.Equal([updated.ETag, created.ETag], versions.Select(version => version.GetProperty("etag").GetString()));
        Assert.Equal(["UpdateDistribution", "CreateDistribution"], versions.Select(version => version.GetProperty("operation").GetString()));
        Assert.Equal([before.AddMinutes(1), before], versions.Select(version => version.GetProperty("createdAt").GetDateTimeOffset()));
        Assert.All(versions, version => Assert.Equal(TestControl.Key.Id, version.GetProperty("accessKeyId").GetString()));
        Assert.All(versions, version => Assert.False(version.TryGetProperty("restoredFrom", out _)));
    }

    [Fact]
    public async Task A_version_is_shown_as_it_was_with_secrets_masked()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.CallAsync("POST", "distribution", Distribution("r", ("Origins/Items/Origin", Secret("s3cret"))))).Expect(201).Text("Id")!;
        (await control.ReviseAsync(id, ("Comment", "another"))).Expect(200);

        var answer = (await control.CallOwnAsync("GET", $"distributions/{id}/versions/1")).Expect(200);

        var config = answer.Json().GetProperty("distributionConfig");
        Assert.Equal("made by a test", config.GetProperty("Comment").GetString());
        Assert.True(config.GetProperty("Enabled").GetBoolean());
        var origin = config.GetProperty("Origins").GetProperty("Items")[0];
        Assert.Equal(80, origin.GetProperty("CustomOriginConfig").GetProperty("HTTPPort").GetInt32());
        var header = origin.GetProperty("CustomHeaders").GetProperty("Items")[0];
        Assert.Equal("X-Key", header.GetProperty("HeaderName").GetString());
        Assert.Equal("(masked)", header.GetProperty("HeaderValue").GetString());
        Assert.DoesNotContain("s3cret", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copies_promotions_and_moved_aliases_are_versions_of_all_they_change()
    {
        await using var control = await TestControl.StartAsync();
        var (primary, staging, _) = await control.DeployAsync();
        (await control.ReviseAsync(staging, ("Comment", "staged"))).Expect(200);
        var etags = $"{(await control.CallAsync("GET", $"distribution/{primary}")).ETag},{(await control.CallAsync("GET", $"distribution/{staging}")).ETag}";
        (await control.CallAsync("PUT", $"distribution/{primary}/promote-staging-config?StagingDistributionId={staging}", ifMatch: etags)).Expect(200);
        Assert.Equal(["UpdateDistributionWithStagingConfig", "UpdateDistribution", "CreateDistribution"], await OperationsAsync(control, primary));
        Assert.Equal(["UpdateDistribution", "CopyDistribution"], await OperationsAsync(control, staging));

        var owner = (await control.CallAsync("POST", "distribution", Distribution("owner", ("", "+<Aliases><Quantity>1</Quantity><Items><CNAME>www.example.com</CNAME></Items></Aliases>")))).Expect(201).Text("Id")!;
        var heir = (await control.CallAsync("POST", "distribution", Distribution("heir"))).Expect(201).Text("Id")!;
        (await control.CallAsync("PUT", $"distribution/{heir}/associate-alias?Alias=www.example.com")).Expect(200);

        Assert.Equal(["AssociateAlias", "CreateDistribution"], await OperationsAsync(control, owner));
        Assert.Equal(["AssociateAlias", "CreateDistribution"], await OperationsAsync(control, heir));
    }

    [Fact]
    public async Task A_refused_update_is_no_version()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201).Text("Id")!;

        (await control.ReviseAsync(id, ("DefaultCacheBehavior/TargetOriginId", "nowhere"))).ExpectError(404, "NoSuchOrigin");

        Assert.Single(await OperationsAsync(control, id));
    }

    [Fact]
    public async Task The_list_comes_in_pages()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201).Text("Id")!;
        for (var change = 2; change <= 5; change++)
        {
            (await control.ReviseAsync(id, ("Comment", $"change {change}"))).Expect(200);
        }

        var first = (await control.CallOwnAsync("GET", $"distributions/{id}/versions?limit=2")).Expect(200).Json();
        var second = (await control.CallOwnAsync("GET", $"distributions/{id}/versions?limit=3&before={first.GetProperty("nextBefore").GetInt64()}")).Expect(200).Json();

        Assert.Equal([5, 4], Numbers(first));
        Assert.Equal([3, 2, 1], Numbers(second));
        Assert.False(second.TryGetProperty("nextBefore", out _));
    }

    [Fact]
    public async Task Versions_outlive_a_restart_and_go_with_their_distribution()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.CallAsync("POST", "distribution", Distribution("r", ("Enabled", "false")))).Expect(201).Text("Id")!;
        await control.AcknowledgeAsync("edge", 1, 0);
        await control.RestartAsync();

        Assert.Single(await OperationsAsync(control, id));
        var etag = (await control.CallAsync("GET", $"distribution/{id}")).ETag;
        (await control.CallAsync("DELETE", $"distribution/{id}", ifMatch: etag)).Expect(204);

        (await control.CallOwnAsync("GET", $"distributions/{id}/versions")).ExpectProblem(404, "NoSuchDistribution");
    }

    [Fact]
    public async Task A_large_document_is_kept_compressed()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201).Text("Id")!;

        var stored = (await control.Store.FindVersionAsync(ResourceKind.Distribution, id, 1, default))!.Body;
        var plain = (await control.Store.FindResourceAsync(ResourceKind.Distribution, id, default))!.Body;

        Assert.StartsWith("br:", stored, StringComparison.Ordinal);
        Assert.True(stored.Length < plain.Length / 2, $"{stored.Length} of {plain.Length} characters");
    }

    [Theory]
    [InlineData("versions?limit=0", 400, "InvalidArgument", "limit")]
    [InlineData("versions?limit=101", 400, "InvalidArgument", "limit")]
    [InlineData("versions?before=soon", 400, "InvalidArgument", "before")]
    [InlineData("versions?Before=2", 400, "InvalidArgument", "before, limit")]
    [InlineData("versions/latest", 400, "InvalidArgument", "version")]
    [InlineData("versions/0", 400, "InvalidArgument", "version")]
    [InlineData("versions/99999999999999999999", 400, "InvalidArgument", "version")]
    [InlineData("versions/7", 404, "NoSuchVersion", "The newest is 1")]
    [InlineData("diff", 404, "NoSuchVersion", "nothing before version 1")]
    [InlineData("diff?from=1&to=-1", 400, "InvalidArgument", "to")]
    [InlineData("diff?from=1&to=2", 404, "NoSuchVersion", "no version 2")]
    public async Task Bad_questions_are_answered_with_what_to_do(string target, int status, string code, string words)
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201).Text("Id")!;

        Assert.Contains(words, (await control.CallOwnAsync("GET", $"distributions/{id}/{target}")).ExpectProblem(status, code), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "versions")]
    [InlineData("GET", "versions/1")]
    [InlineData("GET", "diff?from=1&to=2")]
    [InlineData("POST", "rollback")]
    public async Task A_distribution_that_does_not_exist_has_no_versions(string method, string target)
    {
        await using var control = await TestControl.StartAsync();

        (await control.CallOwnAsync(method, $"distributions/E0000000000000/{target}")).ExpectProblem(404, "NoSuchDistribution");
    }

    internal static async Task<List<string?>> OperationsAsync(TestControl control, string id) =>
        [.. (await control.CallOwnAsync("GET", $"distributions/{id}/versions")).Expect(200).Json().GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("operation").GetString())];

    internal static string Secret(string value) =>
        $"""
         <Origin><Id>web</Id><DomainName>origin.example.com</DomainName>
         <CustomHeaders><Quantity>1</Quantity><Items><OriginCustomHeader><HeaderName>X-Key</HeaderName><HeaderValue>{value}</HeaderValue></OriginCustomHeader></Items></CustomHeaders>
         <CustomOriginConfig><HTTPPort>80</HTTPPort><HTTPSPort>443</HTTPSPort><OriginProtocolPolicy>http-only</OriginProtocolPolicy></CustomOriginConfig></Origin>
         """;

    private static List<long> Numbers(JsonElement page) => [.. page.GetProperty("versions").EnumerateArray().Select(version => version.GetProperty("version").GetInt64())];
}
