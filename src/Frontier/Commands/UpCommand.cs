// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Hosting;
using Frontier.Samples;

namespace Frontier.Commands;

/// <summary><c>frontier up</c>: every role in one process, on an embedded store.</summary>
internal static class UpCommand
{
    /// <summary>The exit code of a start that failed; 0 is a clean stop.</summary>
    private const int StartFailed = 1;

    public static Command Create()
    {
        var sample = new Option<bool>("--sample") { Description = "Make a sample bucket and distribution at first start, fetch a page twice and show both answers." };
        var json = new Option<bool>("--json") { Description = "Print the addresses as one line of JSON instead of a table." };
        var command = new Command("up", """
            Run everything in this process: control API, bucket server, edge and DNS.

            Examples:
              frontier up                            start with the defaults, data in ./frontier-data
              frontier up --sample                   and show a miss and a hit within a minute
              FRONTIER_STORE=postgres://frontier:…@db.example.com/frontier frontier up
                                                     keep the control plane's state in PostgreSQL, which several may share
              frontier up --data /srv/frontier --http 0.0.0.0:80 --https 0.0.0.0:443 --domain cdn.example.com

            Every flag is also a key of appsettings.json in the current directory ("S3Endpoint": "…") and an
            environment variable (FRONTIER_S3_ENDPOINT=…); a flag wins over a variable, a variable over the file.

            Exit codes: 0 stopped by a signal, 1 could not start (the reason is printed).
            """) { sample, json };
        var flags = UpFlags.AddTo(command);
        var fleet = ControlFlags.AddTo(command, isWhole: true);
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(flags.Read(parsed), fleet.Read(parsed, listener: null), parsed.GetValue(sample), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(UpSettings settings, ControlSettings fleet, bool sample, bool json, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> faults = [.. settings.Faults, .. fleet.Faults];
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
            await using var node = await Node.StartAsync(settings, fleet, TimeProvider.System, cancellationToken);
            await Console.Out.WriteLineAsync(json ? AddressTable.Json(node) : AddressTable.Text(node));
            if (sample)
            {
                await SampleSite.ShowAsync(node, Console.Out, cancellationToken);
            }

            await StopSignal.WaitAsync(cancellationToken);
            await Console.Error.WriteLineAsync("Stopping: requests under way are finished and the cache is written to disk.");
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
