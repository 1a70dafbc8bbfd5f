// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Harness;

/// <summary>Keeps a copy of every record. A record comes a moment after the viewer has its answer, so tests wait for it. Thread-safe.</summary>
internal sealed class RecordedRequests : IRequestRecordSink
{
    private readonly Lock _gate = new();
    private readonly List<RecordedRequest> _records = [];
    private volatile bool _isStopped;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From here on nothing is kept, for tests that count what a request allocates.</summary>
    public void Stop() => _isStopped = true;

    public void Record(RequestRecord record)
    {
        if (_isStopped)
        {
            return;
        }

        lock (_gate)
        {
            _records.Add(RecordedRequest.Of(record));
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The record of this answer.</summary>
    public Task<RecordedRequest> OfAsync(ViewerAnswer answer) => WaitForAsync(record => record.RequestId == answer.Header("X-Amz-Cf-Id"));

    /// <summary>The first record of this path.</summary>
    public Task<RecordedRequest> OfAsync(string path) => WaitForAsync(record => record.Path == path);

    /// <exception cref="TimeoutException">None came in time.</exception>
    public async Task<RecordedRequest> WaitForAsync(Predicate<RecordedRequest> condition)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_records.Find(condition) is { } found)
                {
                    return found;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(ScriptedOrigin.Patience);
        }
    }
}
