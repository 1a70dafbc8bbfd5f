// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using System.Runtime.CompilerServices;
using Frontier.Decisions.Addresses;
using Frontier.Http.Http1;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Frontier.Edge.Origins;

/// <summary>
/// Fetches from origins over HTTP/1.1 (DP-11.5): pooled connections, the timeouts and retries of §11, strict framing.
/// Redirects are not followed (DP-11.10). Thread-safe.
/// </summary>
public sealed class OriginClient : IAsyncDisposable
{
    /// <summary>One viewer's requests of its own may take this part of an origin's connections, so that three others find some left.</summary>
    private const int ViewerShare = 4;

    private readonly TimeProvider _time;
    private readonly OriginPool _pool;
    private readonly OriginConnector _connector;
    private readonly OriginBooks _books;
    private readonly GrpcClient _grpc;

    /// <param name="resolver">Null for the machine's own.</param>
    /// <param name="addressPolicy">Null to allow every address.</param>
    public OriginClient(
        OriginClientOptions options,
        TimeProvider timeProvider,
        IOriginResolver? resolver = null,
        IOriginAddressPolicy? addressPolicy = null,
        ILogger<OriginClient>? logger = null)
    {
        _time = timeProvider;
        _pool = new OriginPool(options, timeProvider);
        _books = new OriginBooks(Math.Max(1, options.MaxConnectionsPerEndpoint / ViewerShare), timeProvider);
        var tls = new OriginTls(options);
        _connector = new OriginConnector(
            _pool,
            tls,
            timeProvider,
            resolver ?? new SystemOriginResolver(),
            addressPolicy ?? new AllowAllAddresses(),
            logger ?? NullLogger<OriginClient>.Instance);
        _grpc = new GrpcClient(_connector, tls, options, timeProvider);
    }

    /// <summary>Connections open or being opened, busy and idle.</summary>
    public int OpenConnections => _pool.OpenConnections;

    /// <summary>How every origin fared that was asked lately, by host and port; at most 1,024.</summary>
    public ImmutableArray<OriginHealth> Health => _books.Snapshot(_pool.Occupancy());

    /// <summary>Sends the request and waits for the head of its final response. The failures are those of §11, after its retries.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; it no longer matters once this has returned.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<OriginResult> SendAsync(OriginRequest request, CancellationToken cancellationToken)
    {
        if (_books.TryBegin(request.Endpoint, request.Viewer) is not { } use)
        {
            return OriginResult.Failed(OriginFailure.NoCapacity);
        }

        var ended = OriginFailure.ViewerGone;
        var head = ArrayPool<byte>.Shared.Rent(RequestHeadWriter.MaxBytes(request.Method, request.Target.Span, request.Headers));
        try
        {
            // What cannot be written would reach the origin as another request than was meant: nothing is sent at all.
            var refusal = RequestHeadWriter.TryWrite(request.Method, request.Target.Span, request.Headers, FramingOf(request), head, out var written, request.Upgrades);
            if (refusal is not HeadWriteRefusal.None)
            {
                ended = OriginFailure.Unsendable;
                return OriginResult.Failed(ended);
            }

            var sending = new OriginSending(request, head.AsMemory(0, written), CompletionDue(request.Endpoint), use);
            for (var attempt = 1; ; attempt++)
            {
                var outcome = attempt == 1 && _pool.TryTake(request.Endpoint, sending.CompletionDue) is { } pooled
                    ? await new OriginExchange(sending, pooled, _pool, _time).RunAsync(cancellationToken)
                    : await ConnectAndExchangeAsync(sending, cancellationToken);
                if (outcome.MayRepeatUncounted)
                {
                    outcome = await ConnectAndExchangeAsync(sending, cancellationToken);
                }

                if (!outcome.MayRepeat || attempt >= request.Endpoint.ConnectionAttempts || IsOver(sending.CompletionDue))
                {
                    ended = outcome.Result.Failure;
                    return outcome.Result;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
            if (ended is not OriginFailure.None)
            {
                use.End(ended);
            }
        }
    }

    /// <summary>Makes a gRPC call over HTTP/2 (DP-30.2). Its answer begins before the request's body has ended.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async ValueTask<GrpcResult> CallAsync(OriginRequest request, CancellationToken cancellationToken)
    {
        if (_books.TryBegin(request.Endpoint, request.Viewer) is not { } use)
        {
            return new GrpcResult(OriginFailure.NoCapacity, null);
        }

        var ended = OriginFailure.ViewerGone;
        try
        {
            var result = await _grpc.SendAsync(request, use, cancellationToken);
            ended = result.Failure;
            return result;
        }
        finally
        {
            if (ended is not OriginFailure.None)
            {
                use.End(ended);
            }
        }
    }

    /// <summary>The addresses that an endpoint's name leads to now, and of each whether it may be connected to; empty where there are none, or none in time.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async ValueTask<IReadOnlyList<(IPEndPoint Address, AddressVerdict Verdict)>> JudgeAsync(OriginEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var expiry = new CancellationTokenSource(endpoint.ConnectionTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        try
        {
            return await _connector.JudgeAsync(endpoint, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }

    /// <summary>Closes idle connections at once, and busy ones when their response is over.</summary>
    public ValueTask DisposeAsync()
    {
        _grpc.Dispose();
        _pool.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask<OriginAttempt> ConnectAndExchangeAsync(OriginSending sending, CancellationToken cancellationToken)
    {
        var endpoint = sending.Request.Endpoint;
        var timeout = endpoint.ConnectionTimeout;
        if (sending.CompletionDue is { } due)
        {
            var left = _time.GetElapsedTime(_time.GetTimestamp(), due);
            timeout = left < timeout ? left : timeout;
        }

        if (timeout <= TimeSpan.Zero)
        {
            return new OriginAttempt(OriginResult.Failed(OriginFailure.CompletionTimeout), MayRepeat: false, MayRepeatUncounted: false);
        }

        var (failure, connection) = await _connector.ConnectAsync(endpoint, timeout, cancellationToken);
        if (connection is null)
        {
            failure = IsOver(sending.CompletionDue) ? OriginFailure.CompletionTimeout : failure;
            var mayRepeat = failure is OriginFailure.ConnectError or OriginFailure.ConnectTimeout or OriginFailure.MutualTlsError;
            return new OriginAttempt(OriginResult.Failed(failure), mayRepeat, MayRepeatUncounted: false);
        }

        connection.TryBegin(sending.CompletionDue);
        return await new OriginExchange(sending, connection, _pool, _time).RunAsync(cancellationToken);
    }

    private long? CompletionDue(OriginEndpoint endpoint) => endpoint.ResponseCompletionTimeout is { } span
        ? _time.GetTimestamp() + (long)(span.TotalSeconds * _time.TimestampFrequency)
        : null;

    private bool IsOver(long? completionDue) => completionDue is { } due && due <= _time.GetTimestamp();

    /// <summary>Methods that anticipate a body announce its absence (RFC 9110, section 8.6).</summary>
    private static MessageFraming FramingOf(OriginRequest request) => request.Body is { } body
        ? body.Length is { } length ? MessageFraming.OfLength(length) : MessageFraming.Chunked
        : request.Method is "POST" or "PUT" or "PATCH" ? MessageFraming.OfLength(0) : MessageFraming.None;
}
