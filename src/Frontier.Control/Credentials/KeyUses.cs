// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Threading.Channels;
using Frontier.Control.Store;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Credentials;

/// <summary>
/// Notes in the store when keys are used, each at most once an hour, beside the calls that use them. A note that cannot be kept is
/// let go: the next use makes another. Thread-safe.
/// </summary>
internal sealed partial class KeyUses : IAsyncDisposable
{
    private const int MostWaiting = 64;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly Channel<string> _waiting = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    // Bounded by the number of keys there ever were in the life of this process.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _noted = new();
    private readonly IAccessKeyStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _running;

    public KeyUses(IAccessKeyStore store, TimeProvider time, ILogger<KeyUses> logger)
    {
        (_store, _time, _logger) = (store, time, logger);
        _running = RunAsync();
    }

    public void Note(string id)
    {
        var now = _time.GetUtcNow();
        if (_noted.TryGetValue(id, out var last) && now - last < Interval)
        {
            return;
        }

        _noted[id] = now;
        _waiting.Writer.TryWrite(id);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.Complete();
        await _running;
    }

    private async Task RunAsync()
    {
        await foreach (var id in _waiting.Reader.ReadAllAsync())
        {
            try
            {
                await _store.NoteAccessKeyUseAsync(id, _noted[id], CancellationToken.None);
            }
            catch (IOException error)
            {
                Log.NotNoted(_logger, id, error.Message);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3021, LogLevel.Debug, "That access key {Id} was used is not noted: {Reason}", EventName = "KeyUseNotNoted")]
        public static partial void NotNoted(ILogger logger, string id, string reason);
    }
}
