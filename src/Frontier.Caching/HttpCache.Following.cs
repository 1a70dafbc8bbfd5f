// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

/// <summary>How far the purge log is in effect, for caches that are filled from one another: a copy is good where it comes from a cache that knows as much of the log.</summary>
public sealed partial class HttpCache
{
    /// <summary>
    /// No entry of the purge log that is in effect here is newer. Read after <see cref="FillSequence"/>, it covers every entry that a
    /// response is not asked about any more which is stored with that.
    /// </summary>
    public long NewestPurge => Purges.Announced;

    /// <summary>Waits until every entry of the purge log up to that one is in effect here, durable or not; false when it is not within that time.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<bool> ReachAsync(long sequence, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Purges.Applied >= sequence)
        {
            return true;
        }

        using var expiry = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        while (true)
        {
            var moving = Purges.Moving;
            if (Purges.Applied >= sequence)
            {
                return true;
            }

            try
            {
                await moving.WaitAsync(either.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }
    }
}
