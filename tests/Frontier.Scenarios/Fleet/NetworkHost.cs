// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Net;
using System.Text;
using Frontier.Scenarios.Harness;

namespace Frontier.Scenarios.Fleet;

/// <summary>A machine of a <see cref="Network"/>, and the programs that run on it.</summary>
internal sealed class NetworkHost(string name, string link, IPAddress address) : IAsyncDisposable
{
    private readonly List<Process> _processes = [];
    private readonly StringBuilder _said = new();

    public string Namespace => name;

    /// <summary>The bridge's end of its cable.</summary>
    public string Link => link;

    public IPAddress Address => address;

    /// <summary>What its programs wrote to standard error.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    /// <summary>Starts a program that replaces the shell it comes from: a signal to it reaches nobody else.</summary>
    public Process Start(params IReadOnlyList<string> command)
    {
        var process = Command.Start("ip", ["netns", "exec", name, .. command]);
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_said)
            {
                _said.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
        _processes.Add(process);
        return process;
    }

    /// <summary>Starts Frontier and waits until it says where it is.</summary>
    public async Task StartFrontierAsync(params IReadOnlyList<string> arguments)
    {
        var process = Start(["dotnet", Repository.Program, .. arguments, "--json"]);
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(FrontierProcess.Patience);
        Assert.True(line is ['{', ..], $"Instead of addresses came: {line}\n{Said}");
    }

    /// <summary>SIGKILL, to all of it.</summary>
    public async Task KillAsync()
    {
        foreach (var process in _processes)
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            await process.WaitForExitAsync().WaitAsync(FrontierProcess.Patience);
            process.Dispose();
        }

        _processes.Clear();
    }

    /// <summary>The cable is pulled.</summary>
    public Task CutAsync() => Network.IpAsync($"link set {link} down");

    public Task HealAsync() => Network.IpAsync($"link set {link} up");

    /// <summary>Nothing goes to that machine any more, and nothing is said about it.</summary>
    public Task CutFromAsync(NetworkHost other) => Network.IpAsync($"-n {name} route add blackhole {other.Address}/32");

    public Task HealFromAsync(NetworkHost other) => Network.IpAsync($"-n {name} route delete blackhole {other.Address}/32");

    public async ValueTask DisposeAsync() => await KillAsync();
}
