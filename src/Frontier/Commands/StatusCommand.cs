// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Text.Json;
using Frontier.Control.OwnApi;
using Frontier.Fleet;
using Frontier.OwnApi;

namespace Frontier.Commands;

/// <summary><c>frontier status</c>: how the fleet does.</summary>
internal static class StatusCommand
{
    public const string Name = "status";

    public const int WrongUsage = 2;

    private const int AllIsWell = 0;
    private const int SomethingIsNot = 1;

    private const string ClearScreen = "\e[H\e[2J";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var watch = new Option<bool>("--watch") { Description = "Show it again every two seconds, until stopped" };
        var command = new Command(Name, $"""
            Show every process of the fleet: its version, the configuration that it serves, how far it is behind, when it was last heard, its
            load and what it answers; and below, what is not as it should be.

            Examples:
              frontier status
              frontier status --watch
              frontier status --json | jq .problems

            {ApiFlags.Help}

            Exit codes: 0 all is well, 1 something is not, or no control plane answers (the reason is printed), 2 wrong usage.
            """) { watch };
        var flags = ApiFlags.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(flags.Read(parsed), parsed.GetValue(watch), flags.IsJson(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ApiSettings settings, bool watch, bool isJson, CancellationToken cancellationToken)
    {
        if (settings.Faults.Count > 0)
        {
            foreach (var fault in settings.Faults)
            {
                await Console.Error.WriteLineAsync(fault);
            }

            return WrongUsage;
        }

        if (!watch)
        {
            return await ApiRun.GuardAsync(settings, (client, token) => ShowAsync(client, isJson, "", token), cancellationToken);
        }

        using var timer = new PeriodicTimer(Interval);
        var code = AllIsWell;
        try
        {
            do
            {
                code = await ApiRun.GuardAsync(settings, (client, token) => ShowAsync(client, isJson, isJson || Console.IsOutputRedirected ? "" : ClearScreen, token), cancellationToken);
            }
            while (!cancellationToken.IsCancellationRequested && await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped by whoever watched; what was seen last is the exit code.
        }

        return code;
    }

    private static async Task<(string Text, int Code)> ShowAsync(ApiClient client, bool isJson, string before, CancellationToken cancellationToken)
    {
        var status = await client.GetAsync("status", OwnJson.Default.StatusDocument, cancellationToken);
        return (before + (isJson ? JsonSerializer.Serialize(status, OwnJson.Default.StatusDocument) : FleetPages.Status(status)), status.Problems.IsEmpty ? AllIsWell : SomethingIsNot);
    }
}
