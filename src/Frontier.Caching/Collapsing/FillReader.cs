// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching.Disk;
using Frontier.Caching.Memory;

namespace Frontier.Caching.Collapsing;

/// <summary>Reads along with a fill; holds at most one chunk. Its position is guarded by the fill's lock.</summary>
internal sealed class FillReader(Fill fill, long offset, long? end) : BodyReader
{
    private Chunk? _held;
    private bool _disposed;

    public long Position { get; set; } = offset;

    /// <summary>The byte after the last one wanted, or null for all there will be.</summary>
    public long? End => end;

    /// <summary>It has all it wants, and holds nobody up though it is still attached.</summary>
    public bool IsDone => Position >= end;

    public override async ValueTask<BodyRead> ReadAsync(CancellationToken cancellationToken)
    {
        _held?.Release();
        _held = null;
        while (true)
        {
            var step = fill.Read(this);
            switch (step.Kind)
            {
                case FillStep.StepKind.Bytes:
                    _held = step.Chunk;
                    return step.Read;

                case FillStep.StepKind.OnDisk:
                    _held = await DiskBodyReader.ReadPageAsync(step.Extent!, step.Page, fill.RentForReading);
                    step.Extent!.Segment.Release();
                    return _held is null ? BodyRead.Broken : fill.Take(this, _held);

                case FillStep.StepKind.Over:
                    return step.Read;

                case FillStep.StepKind.Wait:
                    await step.More!.WaitAsync(cancellationToken);
                    break;
            }
        }
    }

    public override ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            _held?.Release();
            fill.Detach(this);
        }

        return ValueTask.CompletedTask;
    }
}
