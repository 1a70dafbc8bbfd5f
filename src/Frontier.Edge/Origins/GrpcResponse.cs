// SPDX-License-Identifier: Apache-2.0

using System.Net.Http.Headers;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Origins;

/// <summary>The answer to a gRPC call: head, messages as they come, and the trailers that say how it ended.</summary>
internal sealed class GrpcResponse : IOriginBody
{
    private readonly HttpResponseMessage _message;
    private readonly Stream _body;
    private readonly GrpcUpload _upload;
    private readonly GrpcQuiet _quiet;
    private readonly OriginUse _use;
    private readonly IDisposable _lease;
    private OriginRead? _last;

    public GrpcResponse(HttpResponseMessage message, Stream body, GrpcUpload upload, GrpcQuiet quiet, OriginUse use, IDisposable lease)
    {
        (_message, _body, _upload, _quiet, _use, _lease) = (message, body, upload, quiet, use, lease);
        Head.Status = (int)message.StatusCode;
        AddTo(Head.Headers, message.Headers.NonValidated);
        AddTo(Head.Headers, message.Content.Headers.NonValidated);
        MoveStatusBehindTheBody();
    }

    public ResponseHead Head { get; } = new();

    public HeaderList? Trailers { get; private set; }

    public async ValueTask<OriginRead> ReadAsync(Memory<byte> into, CancellationToken cancellationToken)
    {
        if (_last is { } last)
        {
            return last;
        }

        try
        {
            var count = await _body.ReadAsync(into, _quiet.Ended);
            if (count > 0)
            {
                _quiet.Broken();
                return new OriginRead(count, OriginFailure.None, false);
            }

            AddTo(Trailers ??= new HeaderList(), _message.TrailingHeaders.NonValidated);
            return Last(new OriginRead(0, OriginFailure.None, true));
        }
        catch (OperationCanceledException) when (_quiet.HasExpired)
        {
            return Last(OriginRead.Failed(OriginFailure.ReadTimeout));
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return Last(OriginRead.Failed(OriginFailure.ClosedEarly));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _quiet.End();
        _message.Dispose();
        await _upload.Over;
        _quiet.Dispose();
        _lease.Dispose();
        _use.End(OriginFailure.None);
    }

    /// <summary>
    /// An answer without messages tells its end in its only header block. Sent on as a head with an end to follow, that block
    /// would leave the caller waiting for trailers, so they are made of it: the two forms mean the same.
    /// </summary>
    private void MoveStatusBehindTheBody()
    {
        if (!Head.Headers.Contains("grpc-status"u8))
        {
            return;
        }

        Trailers = new HeaderList();
        foreach (var name in new[] { "grpc-status"u8.ToArray(), "grpc-message"u8.ToArray(), "grpc-status-details-bin"u8.ToArray() })
        {
            if (Head.Headers.TryGet(name, out var value))
            {
                Trailers.Add(name, value);
                Head.Headers.Remove(name);
            }
        }
    }

    private OriginRead Last(OriginRead read)
    {
        _last = read;
        _use.End(read.Failure);
        return read;
    }

    private static void AddTo(HeaderList list, HttpHeadersNonValidated headers)
    {
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                list.Add(name, value);
            }
        }
    }
}
