// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics;

namespace Frontier.Dns.Tests.Harness;

/// <summary>Programs of others that ask our server.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What it prints. The test is skipped where it is not installed.</summary>
    /// <param name="package">Debian's.</param>
    public static async Task<string> RunAsync(string program, string package, params string[] arguments)
    {
        var path = Find(program);
        Assert.SkipWhen(path is null, $"{program} is not installed (apt-get install {package}).");
        using var process = Process.Start(new ProcessStartInfo(path!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
            return await output + await error;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static string? Find(string program) => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin".Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
