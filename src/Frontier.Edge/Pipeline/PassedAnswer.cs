// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Runtime.CompilerServices;
using Frontier.Caching;
using Frontier.Edge.Origins;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>An origin's answer to this viewer alone, streamed through without being stored.</summary>
internal sealed class PassedAnswer(IOriginBody response) : Answer
{
    public override HeaderList? Trailers => Decisions.Forwarding.Trailers.Filter(response.Trailers);

    public static BodyReader Read(IOriginBody body) => new Reader(body);

    public override BodyReader OpenBody(long offset, long? length) => new Reader(response);

    public override async ValueTask DisposeAsync()
    {
        await response.DisposeAsync();
        await base.DisposeAsync();
    }

    private sealed class Reader(IOriginBody response) : BodyReader
    {
        /// <summary>One TLS record and a little more; small enough that thousands of slow viewers cost little.</summary>
        private const int BufferBytes = 32 * 1024;

        private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);

        public override ValueTask<BodyRead> ReadAsync(CancellationToken cancellationToken)
        {
            var reading = response.ReadAsync(_buffer, cancellationToken);
            return reading.IsCompletedSuccessfully ? new ValueTask<BodyRead>(Told(reading.Result)) : AwaitAsync(reading);
        }

        public override ValueTask DisposeAsync()
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            return ValueTask.CompletedTask;
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        private async ValueTask<BodyRead> AwaitAsync(ValueTask<OriginRead> reading) => Told(await reading);

        private BodyRead Told(OriginRead read)
        {
            var state = (read.Failure, read.End) switch
            {
                (not OriginFailure.None, _) => BodyState.Broken,
                (_, true) => BodyState.End,
                (_, false) => BodyState.More,
            };
            return new BodyRead(_buffer.AsMemory(0, read.Count), state);
        }
    }
}
