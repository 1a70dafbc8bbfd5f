// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Text.Json;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;
using static Frontier.Control.Tests.Harness.FunctionDocuments;

namespace Frontier.Control.Tests.Credentials;

/// <summary>Who changed what, when and from where can be asked afterwards.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task A_change_is_told_with_its_caller_its_request_and_its_ETags()
    {
        await using var control = await TestControl.StartAsync();
        var key = await control.CreateKeyAsync("Admin");

        var made = (await control.CallAsync("POST", "distribution", Encoding.UTF8.GetBytes(Distribution().ToString()), key: key)).Expect(201);

        var entry = (await ListAsync(control, $"?resource={made.Text("Id")}")).Single();
        Assert.Equal(
            ("CreateDistribution", key.Id, "127.0.0.1", "Distribution", made.Text("Id"), made.RequestId, made.ETag),
            (Text(entry, "operation"), Text(entry, "accessKeyId"), Text(entry, "source"), Text(entry, "resourceType"), Text(entry, "resourceId"), Text(entry, "requestId"), Text(entry, "etagAfter")));
        Assert.Equal(control.Clock.GetUtcNow(), entry.GetProperty("time").GetDateTimeOffset());
        Assert.Contains("<DistributionConfig", Text(entry, "after"), StringComparison.Ordinal);
        Assert.Equal(entry.ToString(), (await ListAsync(control, $"?resource={Uri.EscapeDataString(made.Text("ARN")!)}")).Single().ToString());
    }

    /// <summary>The operations of each store transaction that callers can cause.</summary>
    [Fact]
    public async Task Every_kind_of_change_leaves_an_entry_and_what_changes_nothing_none()
    {
        await using var control = await TestControl.StartAsync();
        var made = (await control.CallAsync("POST", "distribution", Distribution())).Expect(201);
        var tagging = $"tagging?Operation=Tag&Resource={Uri.EscapeDataString(made.Text("ARN")!)}";
        (await control.CallAsync("POST", tagging, Tags(("a", "b")))).Expect(204);
        (await control.CallAsync("POST", $"distribution/{made.Text("Id")}/invalidation", Invalidation("r", "/a"))).Expect(201);
        (await control.CallAsync("POST", $"distribution/{made.Text("Id")}/invalidation", Invalidation("r", "/a"))).Expect(201); // the same one
        (await control.CallAsync("POST", "function", CreateFunction("f"))).Expect(201);
        var pairs = await KeyValueClient.CreateAsync(control);
        (await pairs.PutAsync("a", "1", await pairs.ETagAsync())).Expect(200);
        var key = await control.CreateKeyAsync("ReadOnly");
        (await control.CallOwnAsync("PUT", $"keys/{key.Id}", """{"status":"Inactive"}""")).Expect(200);
        (await control.CallOwnAsync("DELETE", $"keys/{key.Id}")).Expect(204);
        (await control.CallAsync("DELETE", $"distribution/{made.Text("Id")}", (System.Xml.Linq.XElement?)null, made.ETag)).Expect(409); // enabled
        (await control.CallAsync("GET", "distribution")).Expect(200);

        Assert.Equal(
            ["CreateDistribution", "TagResource", "CreateInvalidation", "CreateFunction", "CreateKeyValueStore", "PutKey", "CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey"],
            (await ListAsync(control)).Reverse().Select(entry => Text(entry, "operation")));
    }

    [Fact]
    public async Task An_attempt_without_the_right_to_it_is_told_and_one_without_a_signature_is_not()
    {
        await using var control = await TestControl.StartAsync();
        var key = await control.CreateKeyAsync("ReadOnly");

        var refused = (await control.CallAsync("DELETE", "distribution/E%01" + new string('x', 1_000), [], "E1", key)).ExpectError(403, "AccessDenied");
        (await control.CallAsync("DELETE", "distribution/E1", [], "E1", key with { Secret = "guessed" })).ExpectError(403, "SignatureDoesNotMatch");
        (await control.SendAsync(control.NewRequest("DELETE", "/2020-05-31/distribution/E1", []))).ExpectError(403, "MissingAuthenticationToken");

        var entries = await ListAsync(control, $"?key={key.Id}");
        Assert.Equal(
            ("DeleteDistribution", "AccessDenied", refused.RequestId, "", "E\uFFFD" + new string('x', 254)),
            (Text(entries.Single(), "operation"), Text(entries.Single(), "error"), Text(entries.Single(), "requestId"), Text(entries.Single(), "resourceType"), Text(entries.Single(), "resourceId")));
    }

    [Fact]
    public async Task What_was_refused_for_another_reason_than_rights_is_no_change_and_not_told()
    {
        await using var control = await TestControl.StartAsync();
        (await control.CallAsync("POST", "distribution", Distribution())).Expect(201);

        (await control.CallAsync("POST", "distribution", Distribution())).ExpectError(409, "DistributionAlreadyExists");
        (await control.CallAsync("POST", "distribution", Encoding.UTF8.GetBytes("<x/>"))).Expect(400);

        Assert.Single(await ListAsync(control));
    }

    [Fact]
    public async Task The_log_is_read_page_by_page()
    {
        await using var control = await TestControl.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await control.CreateKeyAsync("ReadOnly");
        }

        var seen = new List<long>();
        var target = "audit?limit=2";
        while (target is not null)
        {
            var page = (await control.CallOwnAsync("GET", target)).Expect(200).Json();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("sequence").GetInt64()));
            target = page.TryGetProperty("nextBefore", out var next) ? $"audit?limit=2&before={next}" : null;
        }

        Assert.Equal(5, seen.Count);
        Assert.Equal(seen.OrderDescending().Distinct(), seen);
    }

    private static async Task<JsonElement[]> ListAsync(TestControl control, string query = "") =>
        [.. (await control.CallOwnAsync("GET", "audit" + query)).Expect(200).Json().GetProperty("items").EnumerateArray()];

    private static string? Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() : null;
}
