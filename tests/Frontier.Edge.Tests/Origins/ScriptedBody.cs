// SPDX-License-Identifier: Apache-2.0

using System.Threading.Channels;
using Frontier.Edge.Origins;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Tests.Origins;

/// <summary>A viewer's body that arrives as the test says.</summary>
internal sealed class ScriptedBody(long? length = null) : IRequestBody
{
    private readonly Channel<byte[]> _pieces = Channel.CreateUnbounded<byte[]>();
    private long _taken;
    private int _reads;

    public long? Length => length;

    public HeaderList? Trailers { get; set; }

    /// <summary>Bytes that the client took.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>How often it asked.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public static ScriptedBody Of(byte[] bytes, int pieceBytes, bool announceLength)
    {
        var body = new ScriptedBody(announceLength ? bytes.Length : null);
        foreach (var piece in bytes.Chunk(pieceBytes))
        {
            body.Arrive(piece);
        }

        body.End();
        return body;
    }

    public void Arrive(byte[] piece) => Assert.True(_pieces.Writer.TryWrite(piece));

    public void End() => _pieces.Writer.Complete();

    public void BreakOff() => _pieces.Writer.Complete(new RequestBodyException());

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        while (await _pieces.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_pieces.Reader.TryRead(out var piece))
            {
                Interlocked.Add(ref _taken, piece.Length);
                return piece;
            }
        }

        return ReadOnlyMemory<byte>.Empty;
    }
}
