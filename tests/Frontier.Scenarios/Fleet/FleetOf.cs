// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Text.Json;
using Frontier.OwnApi;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Fleet;

/// <summary>Control planes and machines as processes of their own, put together with the real commands.</summary>
internal sealed class FleetOf(TemporaryDirectory directory) : IAsyncDisposable
{
    private readonly List<FrontierProcess> _processes = [];

    public string this[string name] => directory[name];

    public static string Of(FrontierProcess process, string name) => process.Addresses.GetProperty(name).GetString()!;

    /// <summary>Changes go out at once, unless a test says otherwise: most are about something else than waves.</summary>
    public async Task<FrontierProcess> ControlAsync(string name, params IReadOnlyList<string> more) => Keep(await FrontierProcess.RunRoleAsync(
        "control", directory[name],
        ["--api", "127.0.0.1:0", .. more.Contains("--fleet") ? [] : new[] { "--fleet", "127.0.0.1:0" }, .. more.Contains("--rollout") ? [] : new[] { "--rollout", "at-once" }, .. more]));

    /// <summary>One that may ask origins on this machine, as stories have them.</summary>
    public Task<FrontierProcess> EdgeAsync(string name, string pop, IEnumerable<FrontierProcess> controls, params IReadOnlyList<string> more) =>
        OrdinaryEdgeAsync(name, pop, controls, ["--allow-private-origins", .. more]);

    public async Task<FrontierProcess> OrdinaryEdgeAsync(string name, string pop, IEnumerable<FrontierProcess> controls, params IReadOnlyList<string> more) => Keep(await FrontierProcess.RunRoleAsync(
        "edge", directory[name], [.. EdgeArguments(pop, controls), .. more]));

    /// <summary>One that may, at an address of its own.</summary>
    public async Task<FrontierProcess> EdgeAtAsync(string name, string pop, string address, IEnumerable<FrontierProcess> controls, params IReadOnlyList<string> more) => Keep(await FrontierProcess.RunRoleAsync(
        "edge", directory[name], [.. EdgeArguments(pop, controls, address), "--allow-private-origins", .. more]));

    public async Task<FrontierProcess> DnsAsync(string name, string pop, IEnumerable<FrontierProcess> controls, params IReadOnlyList<string> more) => Keep(await FrontierProcess.RunRoleAsync(
        "dns", directory[name], ["--pop", pop, .. ControlArguments(controls), "--dns", "127.0.0.1:0", .. more]));

    public static IEnumerable<string> ControlArguments(IEnumerable<FrontierProcess> controls) => controls.SelectMany(static control => new[] { "--control", Of(control, "fleet") });

    public static IReadOnlyList<string> EdgeArguments(string pop, IEnumerable<FrontierProcess> controls, string address = "127.0.0.1") =>
    [
        "--pop", pop, .. ControlArguments(controls),
        "--http", $"{address}:0", "--https", $"{address}:0", "--tier", "none", "--cache-disk", "256M", "--cache-memory", "32M",
    ];

    /// <summary>A token in a file.</summary>
    public async Task<string> TokenAsync(FrontierProcess control, string pop, int uses = 1, string role = "edge")
    {
        var path = directory[$"token-{role}-{pop}"];
        await File.WriteAllTextAsync(path, (await DoneAsync(control, "fleet", "token", "--role", role, "--pop", pop, "--uses", $"{uses}")).Output);
        return path;
    }

    public static Task<CommandResult> AskAsync(FrontierProcess control, params IReadOnlyList<string> command) =>
        FrontierProcess.RunAsync([.. command, "--endpoint", Of(control, "api"), "--data", Of(control, "data")]);

    public static async Task<CommandResult> DoneAsync(FrontierProcess control, params IReadOnlyList<string> command)
    {
        var result = await AskAsync(control, command);
        Assert.True(result.ExitCode == 0, result.Everything);
        return result;
    }

    public static async Task<JsonElement> StatusAsync(FrontierProcess control) => JsonDocument.Parse((await AskAsync(control, "status", "--json")).Output).RootElement;

    /// <summary>A distribution in front of an HTTP server of this machine.</summary>
    /// <returns>The name by which viewers ask for it.</returns>
    public static Task<string> DistributeAsync(FrontierProcess control, string reference, int port) => DistributeAsync(control, Documents.OfOrigin(reference, port));

    public static async Task<string> DistributeAsync(FrontierProcess control, string document)
    {
        var key = CredentialsFile.Read(await File.ReadAllTextAsync(Of(control, "credentials")), "default")!;
        using var api = new SignedApi(key, "cloudfront", new Uri(Of(control, "api")), TimeProvider.System);
        return (await api.SendAsync(HttpMethod.Post, "/2020-05-31/distribution", Encoding.UTF8.GetBytes(document))).Expect(201).Element("DomainName");
    }

    public static async Task<Answer> GetAsync(FrontierProcess edge, string host, string path)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, Of(edge, "http") + path);
        request.Headers.Host = host;
        using var response = await client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    public static Task ServedAsync(FrontierProcess edge, string host, string text) => Eventually.IsTrueAsync(async () => (await GetAsync(edge, host, "/page")).Text == text);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }

    private FrontierProcess Keep(FrontierProcess process)
    {
        lock (_processes)
        {
            _processes.Add(process);
        }

        return process;
    }
}
