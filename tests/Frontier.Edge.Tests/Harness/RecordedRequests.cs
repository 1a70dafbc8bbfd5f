// SPDX-License-Identifier: Apache-2.0

using Frontier.Testing;
using Frontier.Usage;

namespace Frontier.Edge.Tests.Harness;

/// <summary>Keeps the record of every request. A record comes a moment after the viewer has its answer, so tests wait for it. Thread-safe.</summary>
internal sealed class RecordedRequests : IRequestRecordSink
{
    private readonly Lock _gate = new();
    private readonly List<RequestRecord> _records = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Record(RequestRecord record)
    {
        lock (_gate)
        {
            _records.Add(record);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The record of this answer.</summary>
    public Task<RequestRecord> OfAsync(ViewerAnswer answer) => WaitForAsync(record => record.RequestId == answer.Header("X-Amz-Cf-Id"));

    /// <summary>The first record of this path.</summary>
    public Task<RequestRecord> OfAsync(string path) => WaitForAsync(record => record.Path == path);

    /// <exception cref="TimeoutException">None came in time.</exception>
    public async Task<RequestRecord> WaitForAsync(Predicate<RequestRecord> condition)
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
