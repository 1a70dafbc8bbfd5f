// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Control.Tests.Harness;
using Frontier.Protocols.SigV4;
using Frontier.Testing;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Credentials;

/// <summary>Keys that are made, used and taken away while everything runs.</summary>
public sealed class AccessKeyTests
{
    private static readonly byte[] DistributionBody = Encoding.UTF8.GetBytes(Distribution().ToString());

    [Fact]
    public async Task An_admin_key_does_everything_until_it_is_deactivated_and_again_once_it_is_activated()
    {
        await using var control = await TestControl.StartAsync();
        await control.CreateKeyAsync("Admin");
        var key = await control.CreateKeyAsync("Admin");
        (await control.CallAsync("POST", "distribution", DistributionBody, key: key)).Expect(201);

        (await control.CallOwnAsync("PUT", $"keys/{key.Id}", """{"status":"Inactive"}""")).Expect(200);
        (await control.CallAsync("GET", "distribution", [], key: key)).ExpectError(403, "InvalidClientTokenId");
        (await control.CallOwnAsync("PUT", $"keys/{key.Id}", """{"status":"Active"}""")).Expect(200);
        (await control.CallAsync("GET", "distribution", [], key: key)).Expect(200);
        (await control.CallOwnAsync("DELETE", $"keys/{key.Id}")).Expect(204);
        (await control.CallAsync("GET", "distribution", [], key: key)).ExpectError(403, "InvalidClientTokenId");
    }

    [Fact]
    public async Task A_read_only_key_looks_at_everything_and_changes_nothing()
    {
        await using var control = await TestControl.StartAsync();
        var key = await control.CreateKeyAsync("ReadOnly");
        var made = (await control.CallAsync("POST", "distribution", DistributionBody)).Expect(201);
        var id = made.Text("Id")!;

        (await control.CallAsync("GET", "distribution", [], key: key)).Expect(200);
        (await control.CallAsync("GET", $"distribution/{id}/config", [], key: key)).Expect(200);
        (await control.CallOwnAsync("GET", "keys", key: key)).Expect(200);
        (await control.CallOwnAsync("GET", "audit", key: key)).Expect(200);
        var refused = (await control.CallAsync("DELETE", $"distribution/{id}", [], made.ETag, key)).ExpectError(403, "AccessDenied");
        (await control.CallAsync("POST", "distribution", DistributionBody, key: key)).ExpectError(403, "AccessDenied");
        (await control.CallAsync("POST", $"tagging?Operation=Tag&Resource={Uri.EscapeDataString(made.Text("ARN")!)}", Encoding.UTF8.GetBytes(Tags(("a", "b")).ToString()), key: key)).ExpectError(403, "AccessDenied");
        (await control.CallAsync("POST", "function/f/test", [], key: key)).ExpectError(403, "AccessDenied");
        Assert.Contains("read-only", (await control.CallOwnAsync("POST", "keys", """{"role":"Admin"}""", key: key)).ExpectProblem(403, "AccessDenied"), StringComparison.Ordinal);
        (await control.CallOwnAsync("DELETE", $"keys/{key.Id}", key: key)).ExpectProblem(403, "AccessDenied");

        Assert.StartsWith($"User: arn:aws:iam::000000000000:user/{key.Id} is not authorized to perform: cloudfront:DeleteDistribution", refused.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("1", (await control.CallAsync("GET", "distribution")).Text("Quantity"));
    }

    /// <summary>edge-compute §4: the API of pairs has the same keys, and the same rights.</summary>
    [Fact]
    public async Task A_read_only_key_reads_pairs_with_either_signature_and_changes_none()
    {
        await using var control = await TestControl.StartAsync();
        var key = await control.CreateKeyAsync("ReadOnly");
        var pairs = await KeyValueClient.CreateAsync(control);
        var body = Encoding.UTF8.GetBytes("""{"Value":"1"}""");
        HttpRequestMessage Put(string etag) => control.NewRequest("PUT", pairs.Path + "/keys/a", body, etag);
        var etag = await pairs.ETagAsync();

        (await control.SendAsync(pairs.Sign(control.NewRequest("GET", pairs.Path, []), [], key))).Expect(200);
        (await control.SendAsync(pairs.Sign(control.NewRequest("GET", pairs.Path + "/keys", []), [], key))).Expect(200);
        (await control.SendAsync(pairs.Sign(Put(etag), body, key))).ExpectException(403, "AccessDeniedException", "read-only");
        (await control.SendAsync(control.Sign(Put(etag), body, key, "cloudfront-keyvaluestore"))).ExpectException(403, "AccessDeniedException");
        Assert.Equal(etag, await pairs.ETagAsync());
    }

    [Fact]
    public async Task Keys_are_there_after_a_restart_and_their_secrets_lie_nowhere_in_the_open()
    {
        await using var control = await TestControl.StartAsync();
        var key = await control.CreateKeyAsync("ReadOnly");

        var stored = Assert.Single((await control.Store.ReadAccessKeysAsync(default)).Keys);
        Assert.DoesNotContain(key.Secret, stored.SealedSecret, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Secret, (await control.CallOwnAsync("GET", "keys")).Expect(200).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Secret, (await control.CallOwnAsync("GET", "audit")).Expect(200).Body, StringComparison.Ordinal);

        await control.RestartAsync();
        (await control.CallAsync("GET", "distribution", [], key: key)).Expect(200);
    }

    [Fact]
    public async Task Another_key_file_is_refused_at_the_start_by_name()
    {
        await using var control = await TestControl.StartAsync();
        var key = await control.CreateKeyAsync("Admin");

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => control.RestartAsync(options => options with { SecretsKey = new byte[32] }));

        Assert.Contains(key.Id, error.Message, StringComparison.Ordinal);
        Assert.Contains("--key-file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_are_listed_with_those_of_the_start_and_when_they_were_used()
    {
        await using var control = await TestControl.StartAsync();
        var key = (await control.CallOwnAsync("POST", "keys", """{"role":"ReadOnly","description":"dashboards"}""")).Expect(201).Json();
        var id = key.GetProperty("id").GetString()!;
        (await control.CallAsync("GET", "distribution", [], key: new AccessKey(id, key.GetProperty("secret").GetString()!))).Expect(200);
        await Eventually.IsTrueAsync(async () => (await control.Store.ReadAccessKeysAsync(default)).Keys[0].UsedAt == control.Clock.GetUtcNow());

        var items = (await control.CallOwnAsync("GET", "keys")).Expect(200).Json().GetProperty("items");

        Assert.Equal(2, items.GetArrayLength());
        Assert.Equal((TestControl.Key.Id, "Admin", "Active", "Start"), (Text(0, "id"), Text(0, "role"), Text(0, "status"), Text(0, "origin")));
        Assert.Equal((id, "ReadOnly", "Active", "Store", "dashboards"), (Text(1, "id"), Text(1, "role"), Text(1, "status"), Text(1, "origin"), Text(1, "description")));
        Assert.Equal(control.Clock.GetUtcNow(), items[1].GetProperty("lastUsedAt").GetDateTimeOffset());
        Assert.False(items[1].TryGetProperty("secret", out _));

        string? Text(int item, string name) => items[item].GetProperty(name).GetString();
    }

    [Fact]
    public async Task The_last_active_admin_key_and_those_of_the_start_stay()
    {
        await using var control = await TestControl.StartAsync();
        var key = await control.CreateKeyAsync("Admin");

        Assert.Contains("last active admin key", (await control.CallOwnAsync("DELETE", $"keys/{key.Id}")).ExpectProblem(409, "ConflictException"), StringComparison.Ordinal);
        Assert.Contains("last active admin key", (await control.CallOwnAsync("PUT", $"keys/{key.Id}", """{"status":"Inactive"}""")).ExpectProblem(409, "ConflictException"), StringComparison.Ordinal);
        Assert.Contains("at its start", (await control.CallOwnAsync("DELETE", $"keys/{TestControl.Key.Id}")).ExpectProblem(409, "ConflictException"), StringComparison.Ordinal);
        (await control.CallAsync("GET", "distribution", [], key: key)).Expect(200);

        await control.CreateKeyAsync("Admin");
        (await control.CallOwnAsync("DELETE", $"keys/{key.Id}")).Expect(204);
    }

    [Theory]
    [InlineData("POST", "keys", """{"role":"Owner"}""", "role must be")]
    [InlineData("POST", "keys", """{"role":"0"}""", "role must be")]
    [InlineData("POST", "keys", "{}", "role must be")]
    [InlineData("POST", "keys", "null", "null")]
    [InlineData("POST", "keys", "{", "not the JSON")]
    [InlineData("POST", "keys", "[]", "not the JSON")]
    [InlineData("POST", "keys", """{"role":"Admin","colour":"red"}""", "not the JSON")]
    [InlineData("PUT", "keys/FKNOBODY", "{}", "status must be")]
    [InlineData("POST", "keys", "", "takes a body", "MissingBody")]
    [InlineData("POST", "keys", """{"role":"Admin","description":"a\nb"}""", "control characters")]
    [InlineData("PUT", "keys/FKNOBODY", """{"status":"Gone"}""", "status must be")]
    [InlineData("GET", "audit?since=yesterday", "", "since must be")]
    [InlineData("GET", "audit?limit=0", "", "limit must be")]
    [InlineData("GET", "audit?limit=101", "", "limit must be")]
    [InlineData("GET", "audit?before=x", "", "before must be")]
    public async Task What_makes_no_sense_is_refused_and_said(string method, string target, string json, string words, string code = "InvalidArgument")
    {
        await using var control = await TestControl.StartAsync();

        Assert.Contains(words, (await control.CallOwnAsync(method, target, json)).ExpectProblem(400, code), StringComparison.Ordinal);
        Assert.Empty((await control.Store.ReadAccessKeysAsync(default)).Keys);
    }

    [Fact]
    public async Task A_key_that_nobody_has_is_not_found()
    {
        await using var control = await TestControl.StartAsync();

        Assert.Contains("FKNOBODY", (await control.CallOwnAsync("DELETE", "keys/FKNOBODY")).ExpectProblem(404, "NoSuchAccessKey"), StringComparison.Ordinal);
        (await control.CallOwnAsync("PUT", "keys/FKNOBODY", """{"status":"Active"}""")).ExpectProblem(404, "NoSuchAccessKey");
        (await control.SendAsync(control.NewRequest("GET", "/frontier/v1/keys", []))).ExpectProblem(403, "MissingAuthenticationToken");
    }
}
