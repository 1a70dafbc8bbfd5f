// SPDX-License-Identifier: Apache-2.0

namespace Frontier.OwnApi;

/// <summary>A run of a command that asks a control plane: what it says goes to the output, what stands in its way to the errors.</summary>
internal static class ApiRun
{
    private const int Done = 0;

    private const int Failed = 1;

    /// <param name="command">Asks, and returns what is printed.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> GuardAsync(ApiSettings settings, Func<ApiClient, CancellationToken, Task<string>> command, CancellationToken cancellationToken) =>
        GuardAsync(settings, async (client, token) => (await command(client, token), Done), cancellationToken);

    /// <param name="command">The same with an exit code of its own.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> GuardAsync(ApiSettings settings, Func<ApiClient, CancellationToken, Task<(string Text, int Code)>> command, CancellationToken cancellationToken)
    {
        foreach (var fault in settings.Faults)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        if (settings.Faults.Count > 0)
        {
            return Failed;
        }

        try
        {
            using var client = new ApiClient(settings, TimeProvider.System);
            var (text, code) = await command(client, cancellationToken);
            await Console.Out.WriteLineAsync(text);
            return code;
        }
        catch (ApiException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Failed;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped. A change that was under way may have been made.");
            return Failed;
        }
    }
}
