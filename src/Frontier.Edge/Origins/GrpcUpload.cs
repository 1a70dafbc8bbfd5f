// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Edge.Origins;

/// <summary>A gRPC request's messages on their way, each sent at once, while the answer may be arriving already.</summary>
internal sealed class GrpcUpload(IRequestBody body, GrpcQuiet quiet) : HttpContent
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _started;

    /// <summary>Completes when nothing reads the body any more.</summary>
    public Task Over => Volatile.Read(ref _started) == 0 ? Task.CompletedTask : _over.Task;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _started, 1);
        try
        {
            // Sends the head by itself: many callers wait for the server's before they say anything.
            await stream.FlushAsync(quiet.Ended);
            while (await body.ReadAsync(quiet.Ended) is { IsEmpty: false } piece)
            {
                await stream.WriteAsync(piece, quiet.Ended);
                await stream.FlushAsync(quiet.Ended);
                quiet.Broken();
            }
        }
        finally
        {
            _over.TrySetResult();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
