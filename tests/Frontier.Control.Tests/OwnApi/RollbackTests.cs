// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.OwnApi;

/// <summary>A rollback is a change like any other, whose content is an older version's.</summary>
public sealed class RollbackTests
{
    [Fact]
    public async Task A_rollback_makes_a_new_version_that_says_the_same_as_the_one_before()
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201);
        var id = created.Text("Id")!;
        (await control.ReviseAsync(id, ("Comment", "a mistake"))).Expect(200);

        var answer = (await control.CallOwnAsync("POST", $"distributions/{id}/rollback")).Expect(200);

        var version = answer.Json().GetProperty("version");
        Assert.Equal(3, version.GetProperty("version").GetInt64());
        Assert.Equal(1, version.GetProperty("restoredFrom").GetInt64());
        Assert.Equal("RollBack", version.GetProperty("operation").GetString());
        var change = Assert.Single(answer.Json().GetProperty("changes").EnumerateArray());
        Assert.Equal(("Comment", "a mistake", "made by a test"), (change.GetProperty("path").GetString(), change.GetProperty("from").GetString(), change.GetProperty("to").GetString()));
        var now = (await control.CallAsync("GET", $"distribution/{id}/config")).Expect(200);
        Assert.Equal("made by a test", now.Text("Comment"));
        Assert.Equal(now.ETag, answer.ETag);
        Assert.NotEqual(created.ETag, now.ETag);
    }

    [Fact]
    public async Task A_rollback_reaches_the_edges_as_any_change_does()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201).Text("Id")!;
        (await control.ReviseAsync(id, ("DefaultRootObject", "wrong.html"))).Expect(200);
        (await control.CallOwnAsync("POST", $"distributions/{id}/rollback")).Expect(200);

        var snapshot = (await control.ReportAsync("edge", 0, 0)).Snapshot!;

        Assert.Equal(3, snapshot.Version);
        Assert.Equal("", Assert.Single(snapshot.Distributions).DefaultRootObject);
        Assert.Equal("InProgress", (await control.CallAsync("GET", $"distribution/{id}")).Text("Status"));
    }

    [Fact]
    public async Task Any_kept_version_can_be_named_and_going_back_twice_undoes_the_first()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.CallAsync("POST", "distribution", Distribution("r", ("Comment", "1")))).Expect(201).Text("Id")!;
        (await control.ReviseAsync(id, ("Comment", "2"))).Expect(200);
        (await control.ReviseAsync(id, ("Comment", "3"))).Expect(200);

        (await control.CallOwnAsync("POST", $"distributions/{id}/rollback", """{"version":1}""")).Expect(200);
        Assert.Equal("1", await CommentAsync(control, id));

        (await control.CallOwnAsync("POST", $"distributions/{id}/rollback")).Expect(200);
        Assert.Equal("3", await CommentAsync(control, id));
    }

    [Fact]
    public async Task If_Match_keeps_it_from_undoing_what_the_caller_has_not_seen()
    {
        await using var control = await TestControl.StartAsync();
        var seen = (await control.CallAsync("POST", "distribution", Distribution("r", ("Comment", "1")))).Expect(201);
        var id = seen.Text("Id")!;
        var updated = (await control.ReviseAsync(id, ("Comment", "2"))).Expect(200);

        var detail = (await control.CallOwnAsync("POST", $"distributions/{id}/rollback", """{"version":1}""", seen.ETag)).ExpectProblem(412, "PreconditionFailed");
        Assert.Contains("nothing was rolled back", detail, StringComparison.Ordinal);
        (await control.CallOwnAsync("POST", $"distributions/{id}/rollback", "", "*")).ExpectProblem(400, "InvalidIfMatchVersion");
        Assert.Equal("2", await CommentAsync(control, id));

        (await control.CallOwnAsync("POST", $"distributions/{id}/rollback", """{"version":1}""", updated.ETag)).Expect(200);
        Assert.Equal("1", await CommentAsync(control, id));
    }

    [Fact]
    public async Task A_policy_that_no_longer_exists_is_a_clear_error_and_nothing_changes()
    {
        await using var control = await TestControl.StartAsync();
        var policy = (await control.CallAsync("POST", "cache-policy", PolicyDocuments.CachePolicy("gone"))).Expect(201);
        var id = (await control.CallAsync("POST", "distribution", Distribution("r", ("DefaultCacheBehavior/CachePolicyId", policy.Text("Id"))))).Expect(201).Text("Id")!;
        (await control.ReviseAsync(id, ("DefaultCacheBehavior/CachePolicyId", CachingOptimized))).Expect(200);
        (await control.CallAsync("DELETE", $"cache-policy/{policy.Text("Id")}", ifMatch: policy.ETag)).Expect(204);

        var detail = (await control.CallOwnAsync("POST", $"distributions/{id}/rollback")).ExpectProblem(404, "NoSuchCachePolicy");

        Assert.Contains("Version 1 would not be accepted today", detail, StringComparison.Ordinal);
        Assert.Equal(2, (await VersionTests.OperationsAsync(control, id)).Count);
    }

    [Fact]
    public async Task An_alias_that_was_taken_meanwhile_is_a_clear_error()
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.CallAsync("POST", "distribution", Distribution("r", ("", "+" + Aliases("www.example.com"))))).Expect(201).Text("Id")!;
        var other = (await control.CallAsync("POST", "distribution", Distribution("other"))).Expect(201).Text("Id")!;
        (await control.CallAsync("PUT", $"distribution/{other}/associate-alias?Alias=www.example.com")).Expect(200);

        var detail = (await control.CallOwnAsync("POST", $"distributions/{id}/rollback")).ExpectProblem(409, "CNAMEAlreadyExists");

        Assert.Contains("Version 1 would not be accepted today", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_edge_would_load_is_refused()
    {
        var refuses = false;
        await using var control = await TestControl.StartAsync(options => options with { SnapshotCheck = _ => Volatile.Read(ref refuses) ? ["a fault of the compiler"] : [] });
        var id = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201).Text("Id")!;
        (await control.ReviseAsync(id, ("Comment", "2"))).Expect(200);
        Volatile.Write(ref refuses, true);

        Assert.Contains("a fault of the compiler", (await control.CallOwnAsync("POST", $"distributions/{id}/rollback")).ExpectProblem(400, "InvalidArgument"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 404, "NoSuchVersion", "nothing to go back to")]
    [InlineData("""{"version":1}""", 409, "VersionIsPresent", "name an earlier version")]
    [InlineData("""{"version":0}""", 404, "NoSuchVersion", "nothing to go back to")]
    [InlineData("""{"version":9}""", 404, "NoSuchVersion", "The newest is 1")]
    [InlineData("""{"verison":1}""", 400, "InvalidArgument", "verison")]
    [InlineData("""{"version":"one"}""", 400, "InvalidArgument", "version")]
    [InlineData("null", 400, "InvalidArgument", "object of JSON")]
    [InlineData("<version/>", 400, "InvalidArgument", "JSON")]
    public async Task A_rollback_to_nowhere_is_answered_with_what_to_do(string body, int status, string code, string words)
    {
        await using var control = await TestControl.StartAsync();
        var id = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201).Text("Id")!;

        Assert.Contains(words, (await control.CallOwnAsync("POST", $"distributions/{id}/rollback", body)).ExpectProblem(status, code), StringComparison.Ordinal);
    }

    private static async Task<string?> CommentAsync(TestControl control, string id) => (await control.CallAsync("GET", $"distribution/{id}/config")).Expect(200).Text("Comment");
}
