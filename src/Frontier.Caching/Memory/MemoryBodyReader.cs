// SPDX-License-Identifier: Apache-2.0

using System.Buffers;

namespace Frontier.Caching.Memory;

internal sealed class MemoryBodyReader : BodyReader
{
    private readonly MemoryBody _body;
    private ReadOnlySequence<byte> _rest;
    private bool _disposed;

    public MemoryBodyReader(MemoryBody body, long offset, long length)
    {
        body.AddReference();
        _body = body;
        _rest = body.Whole.Slice(offset, length);
    }

    public override ValueTask<BodyRead> ReadAsync(CancellationToken cancellationToken)
    {
        var run = _rest.First;
        _rest = _rest.Slice(run.Length);
        return new ValueTask<BodyRead>(new BodyRead(run, _rest.IsEmpty ? BodyState.End : BodyState.More));
    }

    public override ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            _body.Release();
        }

        return ValueTask.CompletedTask;
    }
}
