// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;
using System.Globalization;

namespace Frontier.Caching.Kills;

/// <summary>Starts a child on a cache directory and kills it at a random moment (SIGKILL), again and again.</summary>
public static class KillCycles
{
    // About a start with its check of the directory.
    private const int LongestLifeMilliseconds = 200;

    // A child that has said nothing for so long hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Throws <see cref="InvalidDataException"/> with what a child said when one ended by itself, or lost a purge it had acknowledged.</summary>
    public static async Task<KillResult> RunAsync(string directory, int cycles, int seed, Action<KillResult>? progress = null)
    {
        var random = new Random(seed);
        var result = new KillResult(0, 0, 0, 0);
        var acknowledged = 0L;
        while (result.Cycles < cycles)
        {
            // Some die while they open the directory, some at work: after a few lines, so that a slow machine does as much work as a fast one.
            var life = TimeSpan.FromMilliseconds(random.Next(LongestLifeMilliseconds));
            var lines = await LiveAndDieAsync(directory, seed + (result.Cycles * 10), life, afterLines: random.Next(3) > 0 ? random.Next(1, 6) : 0);
            foreach (var line in lines)
            {
                var words = line.Split(' ');
                var sequence = long.Parse(words[1], CultureInfo.InvariantCulture);
                if (words[0] == "ready")
                {
                    if (sequence < acknowledged)
                    {
                        throw new InvalidDataException($"Purge {acknowledged} was acknowledged, but the next start knew only {sequence}.");
                    }

                    result = result with { Opened = result.Opened + 1, Found = result.Found + long.Parse(words[2], CultureInfo.InvariantCulture) };
                }
                else
                {
                    result = result with { Purges = result.Purges + 1 };
                }

                acknowledged = sequence;
            }

            result = result with { Cycles = result.Cycles + 1 };
            progress?.Invoke(result);
        }

        return result;
    }

    private static async Task<List<string>> LiveAndDieAsync(string directory, int seed, TimeSpan life, int afterLines)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { typeof(KillCycles).Assembly.Location, "child", directory, seed.ToString(CultureInfo.InvariantCulture) },
        };
        using var child = Process.Start(start)!;
        List<string> lines = [];
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var output = ReadAsync();
        var errors = child.StandardError.ReadToEndAsync();
        try
        {
            if (afterLines > 0)
            {
                await Task.WhenAny(ready.Task, output).WaitAsync(Patience);
            }

            using var sleep = new PeriodicTimer(life + TimeSpan.FromMilliseconds(1));
            var killing = sleep.WaitForNextTickAsync().AsTask();
            await Task.WhenAny(killing, child.WaitForExitAsync());
            if (child.HasExited)
            {
                throw new InvalidDataException($"A child ended by itself with {child.ExitCode}: {await errors}");
            }
        }
        finally
        {
            child.Kill();
        }

        await output;
        await child.WaitForExitAsync();
        return lines;

        async Task ReadAsync()
        {
            // A line cut short by the kill has said nothing.
            var pending = "";
            var buffer = new char[4096];
            while (await child.StandardOutput.ReadAsync(buffer) is > 0 and var count)
            {
                var parts = (pending + new string(buffer, 0, count)).Split('\n');
                lines.AddRange(parts[..^1]);
                pending = parts[^1];
                if (lines.Count >= afterLines)
                {
                    ready.TrySetResult();
                }
            }
        }
    }
}
