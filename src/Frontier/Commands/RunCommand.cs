// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Contracts.Fleet;
using Frontier.Fleet;
using Frontier.Hosting;

namespace Frontier.Commands;

/// <summary><c>frontier run</c>: one role of a fleet in this process (<c>design.md</c> §7).</summary>
internal static class RunCommand
{
    /// <summary>The exit code of a start that failed; 0 is a clean stop.</summary>
    private const int StartFailed = 1;

    private const string Notes = """
        Every flag is also a key of appsettings.json in the current directory and an environment variable, as for "frontier up"
        (--s3-endpoint, "S3Endpoint", FRONTIER_S3_ENDPOINT). docs/operations/fleet.md tells how a fleet is put together.

        Exit codes: 0 stopped by a signal, 1 could not start (every reason is printed).
        """;

    public static Command Create() => new("run", $"""
        Run one role of a fleet in this process. "frontier up" runs all of them in one.

        Examples:
          FRONTIER_STORE=postgres://frontier:…@db.example.com/frontier frontier run control --api 10.0.0.5:8400 --fleet 10.0.0.5:8404
          frontier pop add fra1
          frontier fleet token --role edge --pop fra1 > join-token
          frontier run edge --control https://10.0.0.5:8404 --pop fra1 --token join-token --http 192.0.2.10:80 --https 192.0.2.10:443
          frontier status

        {Notes}
        """)
    {
        Control(), Edge(), Regional(), Dns(), Buckets(),
    };

    private static Command Control()
    {
        var command = new Command("control", $"""
            Run a control plane: the APIs, and the listener that machines join at. Several work on one PostgreSQL database with the same --key-file.

            Examples:
              frontier run control --store postgres://frontier:…@db.example.com/frontier --api 10.0.0.5:8400
              frontier run control --data /srv/frontier --s3-endpoint http://10.0.0.7:8402

            {Notes}
            """);
        var up = UpFlags.AddTo(command, RoleFlags.Control.Contains);
        var fleet = ControlFlags.AddTo(command);
        return Run(command, parsed => (up.Read(parsed, isLaptop: false), fleet.Read(parsed, ControlSettings.DefaultListener)), static settings => [.. settings.Item1.Faults, .. settings.Item2.Faults],
            static (settings, cancellationToken) => ControlNode.StartAsync(settings.Item1, settings.Item2, TimeProvider.System, cancellationToken));
    }

    private static Command Edge() => Machine(NodeRole.Edge, RoleFlags.Edge.Contains, """
        Run an edge, which serves viewers. Its first start takes a token, by which it joins the fleet; from then on it starts and serves
        with what it has kept, whether or not a control plane is there.

        Examples:
          frontier run edge --control https://10.0.0.5:8404 --pop fra1 --token join-token --http 192.0.2.10:80 --https 192.0.2.10:443
          frontier run edge --control https://10.0.0.5:8404 --control https://10.0.0.6:8404 --pop fra1 --http 0.0.0.0:80 --https 0.0.0.0:443 --advertise 192.0.2.10
        """);

    private static Command Regional() => Machine(NodeRole.Regional, RoleFlags.Regional.Contains, """
        Run a regional cache, which edges ask before origins. It serves no viewers.

        Examples:
          frontier run regional --control https://10.0.0.5:8404 --pop fra1 --token join-token --tier 10.0.1.4:8405
        """);

    private static Command Dns() => Machine(NodeRole.Dns, RoleFlags.Dns.Contains, """
        Run a DNS server, which answers for distributions and hosted zones: each client with the edges that are best for it. Its first
        start takes a token of the role dns; from then on it starts and answers with what it has kept, whether or not a control plane is there.

        Examples:
          frontier fleet token --role dns --pop fra1 > join-token
          frontier run dns --control https://10.0.0.5:8404 --pop fra1 --token join-token --domain cdn.example.com --dns 192.0.2.53:53 --geo-database city.mmdb
          frontier explain --dns www.example.com --client 203.0.113.7
        """);

    private static Command Machine(NodeRole role, Func<string, bool> takes, string description)
    {
        var command = new Command(NodeRoleNames.Of(role), $"{description}\n\n{Notes}");
        var up = UpFlags.AddTo(command, takes);
        var machine = MachineFlags.AddTo(command, role);
        return Run(command, parsed => (up.Read(parsed, isLaptop: false), machine.Read(parsed, role)), static settings => [.. settings.Item1.Faults, .. settings.Item2.Faults],
            (settings, cancellationToken) => role is NodeRole.Dns
                ? DnsNode.StartAsync(settings.Item1, settings.Item2, TimeProvider.System, cancellationToken)
                : EdgeNode.StartAsync(settings.Item1, settings.Item2, TimeProvider.System, cancellationToken));
    }

    private static Command Buckets()
    {
        var command = new Command("buckets", $"""
            Run the bucket server, on the store of the control planes: it knows their access keys.

            Examples:
              frontier run buckets --store postgres://frontier:…@db.example.com/frontier --key-file /etc/frontier/key-file --buckets 10.0.0.7:8402

            {Notes}
            """);
        var up = UpFlags.AddTo(command, RoleFlags.Buckets.Contains);
        return Run(command, parsed => up.Read(parsed, isLaptop: false), static settings => settings.Faults, static (settings, cancellationToken) => BucketsNode.StartAsync(settings, TimeProvider.System, cancellationToken));
    }

    private static Command Run<T>(Command command, Func<ParseResult, T> read, Func<T, IReadOnlyList<string>> faultsOf, Func<T, CancellationToken, Task<RunningRole>> start)
    {
        var json = new Option<bool>("--json") { Description = "Print the addresses as one line of JSON instead of a table." };
        command.Options.Add(json);
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = read(parsed);
            return RunAsync(faultsOf(settings), token => start(settings, token), parsed.GetValue(json), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<string> faults, Func<CancellationToken, Task<RunningRole>> start, bool json, CancellationToken cancellationToken)
    {
        foreach (var fault in faults)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        if (faults.Count > 0)
        {
            return StartFailed;
        }

        try
        {
            await using var role = await start(cancellationToken);
            await Console.Out.WriteLineAsync(json ? role.Json() : role.Text());
            await StopSignal.WaitAsync(cancellationToken);
            await Console.Error.WriteLineAsync("Stopping: what is under way is finished.");
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (StartException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return StartFailed;
        }
    }
}
