// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Scenarios.Harness;
using Frontier.Testing;

namespace Frontier.Scenarios.Stability;

/// <summary>A machine of a <see cref="Network"/>, and the programs that run on it.</summary>
internal sealed class NetworkHost(int number, string name, string link, IPAddress address)
{
    public int Number => number;

    /// <summary>Of its namespace.</summary>
    public string Name => name;

    /// <summary>The bridge's end of its cable.</summary>
    public string Link => link;

    public IPAddress Address => address;

    /// <summary>Variables that its programs are started with, beside those of this process.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>What was started last.</summary>
    private RunningProgram? Program { get; set; }

    /// <summary>Starts a program.</summary>
    public RunningProgram Start(params IReadOnlyList<string> command) => Program = new RunningProgram(Command.Start("ip", ["netns", "exec", name, .. command], Variables));

    /// <summary>Starts Frontier and waits until it says where it is.</summary>
    public async Task StartFrontierAsync(params IReadOnlyList<string> arguments)
    {
        var program = Start(["dotnet", Repository.Program, .. arguments, "--json"]);
        var line = await program.FirstLine.WaitAsync(FrontierProcess.Patience);
        Assert.True(line is ['{', ..], $"Instead of addresses of {name} came: {line}\n{program.Said}");
    }

    /// <summary>Returns once a program that is run on the machine ends well.</summary>
    public Task IsReadyAsync(params IReadOnlyList<string> command) =>
        Eventually.IsTrueAsync(async () => (await Command.RunAsync("ip", ["netns", "exec", name, .. command], FrontierProcess.Patience)).ExitCode == 0);

    /// <summary>SIGKILL to everything that runs there: nothing of it runs another instruction. The system says so to whoever is connected.</summary>
    public async Task KillAsync()
    {
        await KillAllAsync(name);
        Program?.Dispose();
        Program = null;
    }

    /// <summary>The machine is off, and nobody says so to anybody.</summary>
    public async Task PowerOffAsync()
    {
        await CutAsync();
        await KillAsync();
    }

    /// <summary>The cable is pulled.</summary>
    public Task CutAsync() => Network.IpAsync($"link set {link} down");

    public Task HealAsync() => Network.IpAsync($"link set {link} up");

    /// <summary>Nothing goes to that machine any more, and nobody is told: what comes from there is not answered.</summary>
    public Task CutFromAsync(NetworkHost other) => Network.IpAsync($"-n {name} route add blackhole {other.Address}/32");

    public Task HealFromAsync(NetworkHost other) => Network.IpAsync($"-n {name} route delete blackhole {other.Address}/32");

    /// <summary>Ends everything in a namespace: a server's workers would live on without their parent.</summary>
    internal static Task KillAllAsync(string name) => Eventually.IsTrueAsync(async () =>
    {
        var pids = (await Command.RunAsync("ip", ["netns", "pids", name], FrontierProcess.Patience)).Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (pids.Length > 0)
        {
            await Command.RunAsync("kill", ["-KILL", .. pids], FrontierProcess.Patience); // of some that are gone by now it complains, and goes on
        }

        return pids.Length == 0;
    });
}
