// SPDX-License-Identifier: Apache-2.0

using System.IO.Pipelines;
using System.Net;
using System.Security.Authentication;
using System.Text;
using Frontier.Http;
using Frontier.Http.Tls;
using Frontier.Protocols.Http;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Primitives;
using HttpVersion = Frontier.Protocols.Http.HttpVersion;

namespace Frontier.Edge.Tests.Oracle;

/// <summary>An exchange carried by Kestrel.</summary>
internal sealed class KestrelExchange(HttpContext context, TimeProvider time) : HttpExchange
{
    /// <summary>The longest head: request line and headers together (§5).</summary>
    public const int MaxHeadBytes = 32_768;

    /// <summary>What Kestrel's HTTP/1.1 status line and closing line take beside the fields.</summary>
    private const int StatusLineBytes = 17;

    /// <summary>The longest URL: path and query (DP-5.1).</summary>
    private const int MaxTargetBytes = 8_192;

    /// <summary>At most this much is waited for at once. With <see cref="SendTimeout"/> it asks 1 KiB a second of a viewer.</summary>
    private const int MaxWriteBytes = 64 * 1024;

    /// <summary>
    /// How long a viewer may take nothing (nginx's <c>send_timeout</c>). Kestrel's own minimum rate credits a connection with
    /// all it took fast before, so that one which stops late would hold its body, and the origin's, for hours.
    /// </summary>
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(60);

    private readonly PipeReader _body = context.Request.BodyReader;
    private WebSocketPipe? _pipe;
    private SequencePosition? _read;
    private long _bytesReceived;
    private long _bytesSent;

    public override IPEndPoint Remote { get; } = new(context.Connection.RemoteIpAddress ?? IPAddress.None, context.Connection.RemotePort);

    public override TlsConnection? Tls { get; } = context.Features.Get<ITlsHandshakeFeature>() is { } tls
        ? new TlsConnection(Name(tls.Protocol), tls.NegotiatedCipherSuite is { } suite ? CipherSuiteName.Of(suite) : "-", tls.HostName ?? "", ViewerConnection.Of(context.Features).Fingerprints, ViewerConnection.Of(context.Features).Judge)
        : null;

    public override bool ConnectionReused { get; } = ViewerConnection.Of(context.Features).CountRequest();

    public override CancellationToken Aborted => context.RequestAborted;

    public override bool IsWebSocket { get; } = WebSocketPipe.IsHandshake(context);

    public override bool HasBody { get; } = !WebSocketPipe.IsHandshake(context) && context.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody;

    public override long? BodyLength => HasBody ? context.Request.ContentLength : null;

    public override long BytesReceived => _bytesReceived;

    public override long BytesSent => _bytesSent;

    public override HeaderList? RequestTrailers
    {
        get
        {
            if (context.Features.Get<IHttpRequestTrailersFeature>() is not { Available: true, Trailers.Count: > 0 } feature)
            {
                return null;
            }

            var trailers = new HeaderList();
            CopyTo(trailers, feature.Trailers);
            return trailers;
        }
    }

    /// <summary>Fills <see cref="HttpExchange.Request"/>. Returns the status of the refusal when this is no request that a CDN serves (§5, DP-30.8), else 0.</summary>
    public int ReadHead()
    {
        var feature = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        Request.SetMethod(feature.Method);
        Request.Version = Version(feature.Protocol);
        var target = OriginForm(feature.RawTarget);
        if (target is not ['/', ..] || target.Contains('#', StringComparison.Ordinal))
        {
            return StatusCodes.Status400BadRequest;
        }

        if (target.Length > MaxTargetBytes)
        {
            return StatusCodes.Status414UriTooLong;
        }

        if (IsFramedInDoubt(feature.Headers))
        {
            return StatusCodes.Status400BadRequest;
        }

        Request.SetMethod(IsWebSocket ? "GET" : feature.Method);
        Request.SetTarget(Encoding.Latin1.GetBytes(target));
        Request.IsHttps = context.Request.IsHttps;
        Request.Host = context.Request.Headers.Host.ToString();
        CopyTo(Request.Headers, feature.Headers);
        if (IsWebSocket)
        {
            WebSocketUpgrade.Complete(Request.Headers);
        }

        _bytesReceived = feature.Method.Length + target.Length + 12 + Request.Headers.WireBytes + 2;
        return _bytesReceived > MaxHeadBytes ? StatusCodes.Status413PayloadTooLarge
            : RequestSoundness.IsSound(Request) ? 0
            : StatusCodes.Status400BadRequest;
    }

    /// <summary>
    /// Whether another reader might see another end of the body (RFC 9112, sections 6.1 and 6.3): any transfer coding but
    /// "chunked" alone, any in HTTP/1.0, and one beside a length, which the server has by now renamed to X-Content-Length.
    /// </summary>
    private bool IsFramedInDoubt(IHeaderDictionary fields) =>
        fields.TransferEncoding is { Count: > 0 } coding
        && (coding.Count > 1 || !string.Equals(coding, "chunked", StringComparison.OrdinalIgnoreCase) || Request.Version is HttpVersion.Http10
            || fields.ContentLength is not null || fields.ContainsKey("X-Content-Length"));

    public override void AllowPauses()
    {
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }
    }

    public override async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(CancellationToken cancellationToken)
    {
        if (_pipe is not null)
        {
            var received = await _pipe.ReadAsync(cancellationToken);
            _bytesReceived += received.Length;
            return received;
        }

        EndRead();
        ReadResult result;
        try
        {
            // A read that ends by its token would leave the reader in no state to drain the rest; a cancelled one can be ended in order.
            await using var cancelling = cancellationToken.UnsafeRegister(static exchange => ((KestrelExchange)exchange!).CancelRead(), this);
            result = await _body.ReadAsync(CancellationToken.None);
        }
        catch (Exception error) when (IsGone(error))
        {
            throw new ViewerGoneException("The viewer's body is broken.", error); // BadHttpRequestException is one, too
        }

        if (result.IsCanceled)
        {
            _body.AdvanceTo(result.Buffer.Start);
            throw new OperationCanceledException(cancellationToken);
        }

        var bytes = result.Buffer.First;
        _read = result.Buffer.GetPosition(bytes.Length);
        _bytesReceived += bytes.Length;
        return !bytes.IsEmpty || RequestTrailers is not { } trailers || RequestSoundness.IsSound(trailers, Request.Version)
            ? bytes
            : throw new ViewerGoneException("The viewer's trailers are malformed."); // over HTTP/2 the server lets line ends in
    }

    /// <summary>Gives the run of body bytes read last back. The server wants none of them out when it takes the connection over again.</summary>
    public void EndRead()
    {
        if (_read is { } read)
        {
            _read = null;
            try
            {
                _body.AdvanceTo(read);
            }
            catch (Exception error) when (IsGone(error))
            {
                // Aborted meanwhile: the server has the body back already.
            }
        }
    }

    public override async ValueTask StartAsync(ResponseHead head, long? bodyLength, CancellationToken cancellationToken)
    {
        var response = context.Response;
        if (head.Status == StatusCodes.Status101SwitchingProtocols)
        {
            _bytesSent += StatusLineBytes + head.Headers.WireBytes;
            _pipe = await WebSocketPipe.AcceptAsync(context, head);
            return;
        }

        response.StatusCode = head.Status;
        for (var i = 0; i < head.Headers.Count; i++)
        {
            var name = head.Headers.NameText(i);
            response.Headers[name] = StringValues.Concat(response.Headers[name], head.Headers.ValueText(i));
        }

        response.ContentLength = head.MayHaveBody ? bodyLength : null;
        _bytesSent += StatusLineBytes + head.Headers.WireBytes;
        var starting = response.StartAsync(cancellationToken);
        if (!starting.IsCompletedSuccessfully)
        {
            await using var deadline = SendDeadline();
            await starting;
        }

        if (bodyLength is null && head.MayHaveBody)
        {
            // The first byte of such a body may be long in coming, as with events: the head does not wait for it.
            await FlushedAsync(response.BodyWriter.FlushAsync(cancellationToken));
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(bytes.Length, MaxWriteBytes)..])
        {
            var count = Math.Min(bytes.Length, MaxWriteBytes);
            if (_pipe is not null)
            {
                await using var deadline = SendDeadline();
                await _pipe.WriteAsync(bytes[..count], cancellationToken);
            }
            else
            {
                await FlushedAsync(context.Response.BodyWriter.WriteAsync(bytes[..count], cancellationToken));
            }

            _bytesSent += count;
        }
    }

    public override ValueTask FlushAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask; // nothing waits here

    /// <summary>The platform has no way to send one.</summary>
    public override ValueTask SendInterimAsync(ResponseHead head, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override void EndConnection()
    {
        if (Request.Version is HttpVersion.Http10 or HttpVersion.Http11)
        {
            context.Response.Headers.Connection = "close";
        }
    }

    public override void SendTrailers(HeaderList trailers)
    {
        if (!context.Response.SupportsTrailers())
        {
            return; // HTTP/1.1, whose viewers rarely look for them (RFC 9110, section 6.5.1)
        }

        for (var i = 0; i < trailers.Count; i++)
        {
            context.Response.AppendTrailer(trailers.NameText(i), trailers.ValueText(i));
        }

        _bytesSent += trailers.WireBytes;
    }

    public override void Abort() => context.Abort();

    private void CancelRead()
    {
        try
        {
            _body.CancelPendingRead();
        }
        catch (Exception error) when (IsGone(error))
        {
            // The read has ended of itself.
        }
    }

    /// <summary>What Kestrel throws for a viewer that has gone, or whose body is broken.</summary>
    private static bool IsGone(Exception error) => error is IOException or ConnectionAbortedException;

    private async ValueTask FlushedAsync(ValueTask<FlushResult> flushing)
    {
        var flushed = flushing.IsCompletedSuccessfully ? flushing.Result : await WaitAsync(flushing);
        if (flushed.IsCompleted || flushed.IsCanceled)
        {
            throw new ViewerGoneException();
        }
    }

    private static void CopyTo(HeaderList list, IHeaderDictionary fields)
    {
        foreach (var (name, values) in fields)
        {
            foreach (var value in values)
            {
                list.Add(name, value ?? "");
            }
        }
    }

    private async ValueTask<FlushResult> WaitAsync(ValueTask<FlushResult> flushing)
    {
        await using var deadline = SendDeadline();
        return await flushing;
    }

    /// <summary>Cuts the connection unless it is disposed of in time.</summary>
    private ITimer SendDeadline() => time.CreateTimer(static state => ((HttpContext)state!).Abort(), context, SendTimeout, Timeout.InfiniteTimeSpan);

    /// <summary>A target in absolute form is treated as its path and query (RFC 9112, section 3.2.2).</summary>
    private static string OriginForm(string target)
    {
        var scheme = target.IndexOf("://", StringComparison.Ordinal);
        if (target.StartsWith('/') || scheme < 0)
        {
            return target;
        }

        var end = target.AsSpan(scheme + 3).IndexOfAny('/', '?');
        var path = end < 0 ? "" : target[(scheme + 3 + end)..];
        return path.StartsWith('/') ? path : "/" + path;
    }

    private static HttpVersion Version(string protocol) => protocol switch
    {
        "HTTP/1.0" => HttpVersion.Http10,
        "HTTP/2" => HttpVersion.Http2,
        "HTTP/3" => HttpVersion.Http3,
        _ => HttpVersion.Http11,
    };

    private static string Name(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLSv1.2",
        SslProtocols.Tls13 => "TLSv1.3",
        _ => "-",
    };
}
