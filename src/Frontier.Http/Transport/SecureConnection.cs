// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using Frontier.Http.Tls;

namespace Frontier.Http.Transport;

/// <summary>A connection under TLS, straight on the socket: many bytes in one call become full records in few sends.</summary>
internal sealed class SecureConnection : Connection
{
    private readonly PlainConnection _plain;
    private readonly SocketStream _records;
    private readonly SslStream _tls;

    private SecureConnection(PlainConnection plain, SocketStream records, SslStream tls, TlsConnection agreed)
    {
        (_plain, _records, _tls, Tls) = (plain, records, tls, agreed);
    }

    public override IPEndPoint Remote => _plain.Remote;

    public override TlsConnection? Tls { get; }

    /// <summary>Whether HTTP/2 was agreed on (RFC 7301).</summary>
    public bool IsHttp2 => _tls.NegotiatedApplicationProtocol == SslApplicationProtocol.Http2;

    /// <summary>Shakes hands. Null when that failed, for whatever reason: viewers who speak no TLS are many. Null, too, where the handshake was all that was wanted.</summary>
    /// <exception cref="InvalidOperationException"><see cref="HttpServerOptions.SelectTls"/> failed.</exception>
    public static async ValueTask<SecureConnection?> AcceptAsync(PlainConnection plain, HttpServerOptions options)
    {
        var records = new SocketStream(plain);
        records.KeepHello();
        var tls = new SslStream(records, leaveInnerStreamOpen: true);
        Exception? fault = null;
        ClientHello? hello = null;
        TlsSelection? selection = null;
        try
        {
            await tls.AuthenticateAsServerAsync(
                (_, named, _, _) =>
                {
                    try
                    {
                        _ = ClientHello.TryRead(records.Hello, out hello);
                        records.DropHello();
                        selection = options.SelectTls(named.ServerName ?? "", hello);
                        return ValueTask.FromResult(selection.Options);
                    }
                    catch (Exception error)
                    {
                        fault = error;
                        throw;
                    }
                },
                null);
        }
        catch (Exception error)
        {
            // At bytes that are no handshake the platform throws whatever it comes to, out-of-range indexes included.
            await tls.DisposeAsync();
            if (fault is not null)
            {
                throw new InvalidOperationException("No TLS options could be selected.", fault);
            }

            options.OnHandshake(new TlsHandshake(HandshakeFault.Of(error), plain.Remote.Address, tls.TargetHostName, HandshakeFault.Text(error)));
            return null;
        }

        if (selection?.Admits(tls.SslProtocol, tls.NegotiatedCipherSuite) == false)
        {
            options.OnHandshake(new TlsHandshake(TlsFailure.NotAdmitted, plain.Remote.Address, tls.TargetHostName, $"{tls.SslProtocol} with {tls.NegotiatedCipherSuite}"));
            await tls.DisposeAsync();
            return null;
        }

        records.EndHandshake();
        options.OnHandshake(new TlsHandshake(null, plain.Remote.Address, tls.TargetHostName, ""));
        if (selection?.EndsWithHandshake == true)
        {
            await EndAsync(tls);
            await tls.DisposeAsync();
            return null;
        }

        var fingerprints = hello is not null && options.WantsFingerprints() ? ClientFingerprint.Of(hello) : null;
        var agreed = new TlsConnection(ProtocolName(tls.SslProtocol), CipherSuiteName.Of(tls.NegotiatedCipherSuite), tls.TargetHostName, fingerprints, selection?.Options.RemoteCertificateValidationCallback?.Target);
        return new SecureConnection(plain, records, tls, agreed);
    }

    public override async ValueTask WaitAsync() => await ReceiveAsync(Memory<byte>.Empty);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        try
        {
            return await _tls.ReadAsync(buffer);
        }
        catch (Exception error) when (IsGone(error))
        {
            throw new ViewerGoneException("The viewer went away.", error);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            _records.Gather();
            await _tls.WriteAsync(bytes);
            await _records.SendGatheredAsync();
        }
        catch (Exception error) when (IsGone(error))
        {
            throw new ViewerGoneException("The viewer went away.", error);
        }
    }

    /// <summary>Tells the viewer by an alert that nothing follows (RFC 8446, section 6.1), which a cut connection does not.</summary>
    public override async ValueTask EndAsync()
    {
        await EndAsync(_tls);
        await _plain.EndAsync();
    }

    public override void EndReceiving() => _plain.EndReceiving();

    public override void Abort() => _plain.Abort();

    public override async ValueTask DisposeAsync()
    {
        await _tls.DisposeAsync();
        await _plain.DisposeAsync();
    }

    private static async ValueTask EndAsync(SslStream tls)
    {
        try
        {
            await tls.ShutdownAsync();
        }
        catch (Exception error) when (IsGone(error))
        {
            // It has gone first.
        }
    }

    private static bool IsGone(Exception error) => error is IOException or ObjectDisposedException or InvalidOperationException or AuthenticationException;

    private static string ProtocolName(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls12 => "TLSv1.2",
        SslProtocols.Tls13 => "TLSv1.3",
#pragma warning disable CA5397, SYSLIB0039 // Told of, not chosen.
        SslProtocols.Tls11 => "TLSv1.1",
        SslProtocols.Tls => "TLSv1",
#pragma warning restore CA5397, SYSLIB0039
        _ => "-",
    };
}
