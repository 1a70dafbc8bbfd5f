// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Store;
using Frontier.Protocols.SigV4;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Credentials;

/// <summary>The access keys that count, for a process on a control plane's store that is none itself: a change to one holds here within a second. Thread-safe.</summary>
public sealed partial class AccessKeyFollower : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopping = new();
    private readonly IControlStore _store;
    private readonly AccessKeyRing _keys;
    private readonly KeyUses _uses;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _running;

    private AccessKeyFollower(IControlStore store, AccessKeyRing keys, KeyUses uses, TimeProvider time, ILogger logger)
    {
        (_store, _keys, _uses, _time, _logger) = (store, keys, uses, time, logger);
        _running = RunAsync(_stopping.Token);
    }

    /// <param name="given">The keys of this process alone.</param>
    /// <exception cref="InvalidDataException">The store has secrets that were not sealed with this key.</exception>
    public static async Task<AccessKeyFollower> StartAsync(
        IControlStore store, IReadOnlyList<AccessKey> given, byte[] secretsKey, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var keys = await AccessKeyRing.OpenAsync(store, given, secretsKey, loggers.CreateLogger<AccessKeyRing>(), cancellationToken);
        return new AccessKeyFollower(store, keys, new KeyUses(store, time, loggers.CreateLogger<KeyUses>()), time, loggers.CreateLogger<AccessKeyFollower>());
    }

    /// <summary>The key of that id, which is noted to be in use; null when there is none, or it is not active.</summary>
    public AccessKey? Find(string id)
    {
        var key = _keys.Find(id);
        if (key is not null)
        {
            _uses.Note(id);
        }

        return key;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await _uses.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var lost = false;
        using var timer = new PeriodicTimer(Interval, _time);
        while (true)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(cancellationToken))
                {
                    return;
                }

                if ((await _store.ReadHeadAsync(cancellationToken)).KeyRevision > _keys.Revision)
                {
                    await _keys.RefreshAsync(cancellationToken);
                }

                lost = false;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Whatever it was, the keys that were known hold on, and the store is asked again.
                if (!lost)
                {
                    Log.Lost(_logger, error.Message);
                }

                lost = true;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3022, LogLevel.Warning, "The store does not answer ({Reason}); access keys stay as they were.", EventName = "KeyStoreLost")]
        public static partial void Lost(ILogger logger, string reason);
    }
}
