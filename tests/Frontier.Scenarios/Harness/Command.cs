// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;

namespace Frontier.Scenarios.Harness;

/// <summary>Runs programs to their end.</summary>
internal static class Command
{
    public static async Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan patience)
    {
        using var process = Start(program, arguments);
        using var deadline = new CancellationTokenSource(patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    public static Process Start(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>Whether a program is on the path, or where Debian keeps those of administrators.</summary>
    public static bool Exists(string program) =>
        $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(':').Any(directory => File.Exists(Path.Combine(directory, program)));
}
