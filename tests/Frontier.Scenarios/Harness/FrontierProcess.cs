// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Frontier.Scenarios.Harness;

/// <summary><c>frontier up</c> as a process of its own, on free ports.</summary>
internal sealed class FrontierProcess : IAsyncDisposable
{
    /// <summary>Only failing tests wait so long.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();
    private readonly Task _readingErrors;

    private FrontierProcess(Process process)
    {
        _process = process;
        _readingErrors = ReadErrorsAsync();
    }

    public StreamReader Output => _process.StandardOutput;

    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>The addresses that <c>--json</c> prints.</summary>
    public JsonElement Addresses { get; private set; }

    /// <summary>Starts that listen on free ports, where <paramref name="more"/> does not say otherwise.</summary>
    public static IReadOnlyList<string> UpArguments(string data, params IReadOnlyList<string> more) =>
    [
        Repository.Program, "up", "--data", data,
        .. new[] { "--api", "--buckets", "--http", "--https", "--dns" }.Where(flag => !more.Contains(flag)).SelectMany(static flag => new[] { flag, "127.0.0.1:0" }),
        .. more,
    ];

    /// <summary>Starts and waits until everything runs.</summary>
    public static Task<FrontierProcess> UpAsync(string data, params IReadOnlyList<string> more) => StartedAsync(UpArguments(data, ["--json", .. more]));

    /// <summary>The same with further variables in its environment.</summary>
    public static Task<FrontierProcess> UpAsync(string data, IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> more) => StartedAsync(UpArguments(data, ["--json", .. more]), environment);

    /// <summary>The same with one role, by <c>frontier run</c>.</summary>
    public static Task<FrontierProcess> RunRoleAsync(string role, string data, params IReadOnlyList<string> more) => StartedAsync([Repository.Program, "run", role, "--data", data, "--json", .. more]);

    private static async Task<FrontierProcess> StartedAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var frontier = new FrontierProcess(Command.Start("dotnet", arguments, environment));
        var line = await frontier.ReadLineAsync();
        Assert.True(line is ['{', ..], $"Instead of addresses came: {line}\n{frontier.Errors}");
        frontier.Addresses = JsonDocument.Parse(line!).RootElement;
        return frontier;
    }

    public static FrontierProcess Start(IReadOnlyList<string> arguments) => new(Command.Start("dotnet", arguments));

    /// <summary>Runs the program to its end.</summary>
    public static Task<CommandResult> RunAsync(params IReadOnlyList<string> arguments) => Command.RunAsync("dotnet", [Repository.Program, .. arguments], Patience);

    /// <summary>Starts with <see cref="UpArguments"/> and what is given, which a bad start is expected to end.</summary>
    public static Task<CommandResult> RunUpAsync(string data, params IReadOnlyList<string> more) => Command.RunAsync("dotnet", UpArguments(data, more), Patience);

    public async Task<string?> ReadLineAsync() => await Output.ReadLineAsync().WaitAsync(Patience);

    /// <summary>Stops it as Ctrl-C does and returns the exit code.</summary>
    public async Task<int> InterruptAsync()
    {
        await Command.RunAsync("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)], Patience);
        return await EndAsync();
    }

    /// <summary>SIGKILL: nothing of it runs another instruction.</summary>
    public Task<int> KillAsync()
    {
        _process.Kill();
        return EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _readingErrors.WaitAsync(Patience);
        return _process.ExitCode;
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_errors)
            {
                _errors.AppendLine(line);
            }
        }
    }
}
