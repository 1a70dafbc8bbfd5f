// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Http.Http1;

namespace Frontier.Edge.Origins;

/// <summary>Sends a request's body piece by piece: the next is read from the viewer when the origin has taken the last, so that a slow origin slows the viewer.</summary>
internal static class OriginUpload
{
    /// <summary>The largest chunk sent: one write each, with its framing.</summary>
    private const int ChunkBytes = 16_384;

    /// <summary>
    /// None when all was sent, <see cref="OriginFailure.ViewerGone"/> when the body broke off or the token was cancelled,
    /// otherwise how the connection failed.
    /// </summary>
    public static async Task<OriginFailure> SendAsync(OriginConnection connection, IRequestBody body, CancellationToken stop)
    {
        try
        {
            return body.Length is { } length
                ? await SendLengthAsync(connection, body, length, stop)
                : await SendChunkedAsync(connection, body, stop);
        }
        catch (Exception error) when (error is RequestBodyException or OperationCanceledException)
        {
            return OriginFailure.ViewerGone;
        }
    }

    private static async Task<OriginFailure> SendLengthAsync(OriginConnection connection, IRequestBody body, long left, CancellationToken stop)
    {
        while (left > 0)
        {
            var piece = await NextAsync(connection, body, stop);
            if (piece.IsEmpty)
            {
                return OriginFailure.ViewerGone;
            }

            if (piece.Length > left)
            {
                throw new InvalidOperationException("A request body is longer than the length it announced.");
            }

            if (await connection.SendAsync(piece, stop) is not OriginFailure.None and var failure)
            {
                return failure;
            }

            left -= piece.Length;
        }

        return OriginFailure.None;
    }

    private static async Task<OriginFailure> SendChunkedAsync(OriginConnection connection, IRequestBody body, CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes + ChunkedEncoder.MaxOverheadBytes);
        try
        {
            while (await NextAsync(connection, body, stop) is { IsEmpty: false } piece)
            {
                for (; !piece.IsEmpty; piece = piece[Math.Min(piece.Length, ChunkBytes)..])
                {
                    var written = ChunkedEncoder.WriteChunk(buffer, piece.Span[..Math.Min(piece.Length, ChunkBytes)]);
                    if (await connection.SendAsync(buffer.AsMemory(0, written), stop) is not OriginFailure.None and var failure)
                    {
                        return failure;
                    }
                }
            }

            return await connection.SendAsync(ChunkedEncoder.End(body.Trailers), stop);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Waiting for the viewer is not the origin's fault: only the completion timeout runs meanwhile.</summary>
    private static ValueTask<ReadOnlyMemory<byte>> NextAsync(OriginConnection connection, IRequestBody body, CancellationToken stop)
    {
        connection.Deadline.Arm(null);
        return body.ReadAsync(stop);
    }
}
