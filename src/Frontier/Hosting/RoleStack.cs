// SPDX-License-Identifier: Apache-2.0

using Microsoft.Extensions.Logging;

namespace Frontier.Hosting;

/// <summary>The roles of one process, in the order in which they started; they stop the other way round, and last of all the data directory is let go.</summary>
internal sealed class RoleStack(DataDirectory data, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _roles = new();

    public DataDirectory Data => data;

    public ILoggerFactory Loggers => loggers;

    /// <param name="flag">Where a fault may lie.</param>
    /// <exception cref="StartException">It cannot start.</exception>
    public async Task<T> StartAsync<T>(string role, string flag, Func<Task<T>> start)
        where T : IAsyncDisposable
    {
        try
        {
            var started = await start();
            _roles.Push(started);
            return started;
        }
        catch (Exception error) when (error is not (OperationCanceledException or StartException))
        {
            throw new StartException($"The {role} cannot start: {error.Message} (See {flag}.)", error);
        }
    }

    /// <summary>Runs a start; what had started when it fails is stopped again.</summary>
    public async Task<T> GuardAsync<T>(Func<Task<T>> start)
    {
        try
        {
            return await start();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_roles.TryPop(out var role))
        {
            await role.DisposeAsync();
        }

        loggers.Dispose();
        data.Dispose();
    }
}
