// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Credentials;

/// <summary>Runs a command about access keys or the audit log; what stands in its way is said in a sentence.</summary>
internal static class CredentialsRun
{
    private const int Done = 0;

    private const int Failed = 1;

    public static async Task<int> GuardAsync(CallerSettings settings, Func<OwnApiClient, CancellationToken, Task> command, CancellationToken cancellationToken)
    {
        foreach (var fault in settings.Faults)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        if (settings.Key is not { } key || settings.Faults.Count > 0)
        {
            return Failed;
        }

        using var client = new OwnApiClient(key, settings.Api, TimeProvider.System);
        try
        {
            await command(client, cancellationToken);
            return Done;
        }
        catch (CredentialsException error)
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
