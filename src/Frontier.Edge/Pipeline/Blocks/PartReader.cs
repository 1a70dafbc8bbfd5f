// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;

namespace Frontier.Edge.Pipeline.Blocks;

/// <summary>Reads a part of a body that can only be read from its beginning. Owns the reader it is given.</summary>
internal sealed class PartReader(BodyReader whole, long skip, long length) : BodyReader
{
    private long _skip = skip;
    private long _left = length;

    public override async ValueTask<BodyRead> ReadAsync(CancellationToken cancellationToken)
    {
        while (_left > 0)
        {
            var read = await whole.ReadAsync(cancellationToken);
            var skipped = (int)Math.Min(_skip, read.Bytes.Length);
            var taken = (int)Math.Min(_left, read.Bytes.Length - skipped);
            _skip -= skipped;
            _left -= taken;
            if (read.State is BodyState.Broken || (read.State is BodyState.End && _left > 0))
            {
                return BodyRead.Broken;
            }

            if (taken > 0)
            {
                return new BodyRead(read.Bytes.Slice(skipped, taken), _left == 0 ? BodyState.End : BodyState.More);
            }
        }

        return BodyRead.End;
    }

    public override ValueTask DisposeAsync() => whole.DisposeAsync();
}
