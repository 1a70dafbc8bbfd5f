// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.OwnApi;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary><c>frontier keys</c> and <c>frontier audit</c> as an operator runs them.</summary>
public sealed class KeysTests
{
    private const string Profile = "frontier-read-only";

    [Fact]
    public async Task A_key_that_only_reads_is_made_and_replaced_and_the_audit_log_tells_of_it()
    {
        using var data = new TemporaryDirectory();
        await using var frontier = await FrontierProcess.UpAsync(data.Path);
        var made = await DoneAsync(frontier, data, "keys", "create", "--role", "read-only", "--description", "dashboards");
        Assert.Contains("shown this once", made.Error, StringComparison.Ordinal);
        var old = await KeepAsync(data, made);

        var seen = await AsReaderAsync(frontier, data, "keys", "list");
        Assert.True(seen.ExitCode == 0, seen.Everything);
        Assert.EndsWith("dashboards", Line(seen.Output, old), StringComparison.Ordinal);
        var refused = await AsReaderAsync(frontier, data, "keys", "create", "--role", "admin");
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains($"user/{old} is not authorized to perform: cloudfront:CreateAccessKey", refused.Error, StringComparison.Ordinal);
        Assert.Contains($"Called as {old};", refused.Error, StringComparison.Ordinal);

        var rotated = await DoneAsync(frontier, data, "keys", "rotate", old);
        Assert.Contains($"frontier keys deactivate {old}", rotated.Error, StringComparison.Ordinal);
        Assert.Equal($"{old} is inactive.\n", (await DoneAsync(frontier, data, "keys", "deactivate", old)).Output);
        Assert.Contains($"Called as {old};", (await AsReaderAsync(frontier, data, "keys", "list")).Error, StringComparison.Ordinal);
        var next = await KeepAsync(data, rotated);
        seen = await AsReaderAsync(frontier, data, "keys", "list");
        Assert.Contains("Inactive", Line(seen.Output, old), StringComparison.Ordinal);
        Assert.EndsWith("dashboards", Line(seen.Output, next), StringComparison.Ordinal);
        Assert.Equal($"{old} is deleted.\n", (await DoneAsync(frontier, data, "keys", "delete", old)).Output);

        var audit = (await DoneAsync(frontier, data, "audit", "--since", "1h", "--json")).Output;
        Assert.Equal(
            [("CreateAccessKey", old), ("CreateAccessKey", "AccessDenied"), ("CreateAccessKey", next), ("UpdateAccessKey", old), ("DeleteAccessKey", old)],
            JsonDocument.Parse(audit).RootElement.GetProperty("items").EnumerateArray().Select(static entry =>
                (entry.GetProperty("operation").GetString(), entry.TryGetProperty("error", out var error) ? error.GetString() : entry.GetProperty("resourceId").GetString())));
        Assert.EndsWith("REFUSED: AccessDenied", (await DoneAsync(frontier, data, "audit", "--key", old)).Output.TrimEnd('\n'), StringComparison.Ordinal);
        Assert.Contains("DeleteAccessKey", (await AsReaderAsync(frontier, data, "audit", "--limit", "1")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_with_what_to_do()
    {
        using var data = new TemporaryDirectory();
        await using var frontier = await FrontierProcess.UpAsync(data.Path);
        var api = frontier.Addresses.GetProperty("api").GetString()!;
        var start = CredentialsFile.Read(await File.ReadAllTextAsync(data["credentials"]), "default")!.Id;

        await AssertRefusedAsync("There is no access key FKNOBODY", "keys", "rotate", "FKNOBODY", "--endpoint", api, "--data", data.Path);
        await AssertRefusedAsync("There is no access key FKNOBODY", "keys", "delete", "FKNOBODY", "--endpoint", api, "--data", data.Path);
        await AssertRefusedAsync("was given to this process at its start", "keys", "deactivate", start, "--endpoint", api, "--data", data.Path);
        await AssertRefusedAsync("Is --endpoint right?", "keys", "delete", "FKNOBODY", "--endpoint", frontier.Addresses.GetProperty("buckets").GetString()!, "--data", data.Path);
        await AssertRefusedAsync("--since is \"yesterday\"", "audit", "--since", "yesterday", "--endpoint", api, "--data", data.Path);
        await AssertRefusedAsync("--limit is 0", "audit", "--limit", "0", "--endpoint", api, "--data", data.Path);
        await AssertRefusedAsync("give one of them", "audit", "--endpoint", api, "--data", data.Path, "--profile", Profile);
    }

    /// <summary>What was printed becomes the reader's credentials file as it is.</summary>
    /// <returns>The id of the key.</returns>
    private static async Task<string> KeepAsync(TemporaryDirectory data, CommandResult made)
    {
        await File.WriteAllTextAsync(data["reader"], made.Output);
        return CredentialsFile.Read(made.Output, Profile)!.Id;
    }

    private static async Task<CommandResult> DoneAsync(FrontierProcess frontier, TemporaryDirectory data, params IReadOnlyList<string> arguments)
    {
        var result = await FrontierProcess.RunAsync([.. arguments, "--endpoint", frontier.Addresses.GetProperty("api").GetString()!, "--data", data.Path]);
        Assert.True(result.ExitCode == 0, result.Everything);
        return result;
    }

    private static Task<CommandResult> AsReaderAsync(FrontierProcess frontier, TemporaryDirectory data, params IReadOnlyList<string> arguments) => Command.RunAsync(
        "dotnet", [Repository.Program, .. arguments, "--endpoint", frontier.Addresses.GetProperty("api").GetString()!, "--profile", Profile], FrontierProcess.Patience,
        new Dictionary<string, string> { ["AWS_SHARED_CREDENTIALS_FILE"] = data["reader"] });

    private static async Task AssertRefusedAsync(string words, params IReadOnlyList<string> arguments)
    {
        var result = await FrontierProcess.RunAsync(arguments);
        Assert.True(result.ExitCode == 1, result.Everything);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
    }

    private static string Line(string output, string start) => output.Split('\n').Single(line => line.StartsWith(start, StringComparison.Ordinal));
}
