// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Frontier.Contracts;
using Frontier.Decisions.Addresses;
using Microsoft.Extensions.Logging;

namespace Frontier.Edge.Origins;

/// <summary>Makes one attempt at a connection: resolves, dials, and shakes hands, all within one timeout.</summary>
internal sealed partial class OriginConnector(
    OriginPool pool,
    OriginTls tls,
    TimeProvider time,
    IOriginResolver resolver,
    IOriginAddressPolicy policy,
    ILogger logger)
{
    /// <summary>How many addresses of a name one attempt tries.</summary>
    private const int MaxAddresses = 8;

    /// <summary>What an address gets before the next one is tried beside it (RFC 8305, section 5: "Connection Attempt Delay").</summary>
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);

    /// <exception cref="OperationCanceledException">The caller gave up; running out of the timeout is a failure instead.</exception>
    public async ValueTask<ConnectResult> ConnectAsync(OriginEndpoint endpoint, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!OriginTls.HasWhatItShows(endpoint))
        {
            return ConnectResult.Failed(OriginFailure.MutualTlsError);
        }

        if (!pool.TryReserve(endpoint))
        {
            Log.TooManyConnections(logger, endpoint.Host, endpoint.Port);
            return ConnectResult.Failed(OriginFailure.NoCapacity);
        }

        ConnectResult result;
        try
        {
            using var expiry = new CancellationTokenSource(timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
            result = await TryConnectAsync(endpoint, either.Token);
        }
        catch
        {
            pool.Release(endpoint);
            throw;
        }

        if (result.Connection is null)
        {
            pool.Release(endpoint);
        }

        if (cancellationToken.IsCancellationRequested)
        {
            result.Connection?.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
        }

        return result;
    }

    /// <summary>A bare TCP connection, for a client that does the rest itself. It counts among the pool's until its stream is disposed.</summary>
    public async Task<(OriginFailure Failure, Stream? Stream)> DialAsync(OriginEndpoint endpoint, CancellationToken expired)
    {
        if (!pool.TryReserve(endpoint))
        {
            Log.TooManyConnections(logger, endpoint.Host, endpoint.Port);
            return (OriginFailure.NoCapacity, null);
        }

        Socket? socket = null;
        try
        {
            var (failure, addresses) = await FindAddressesAsync(endpoint, expired);
            if (failure is not OriginFailure.None)
            {
                return (failure, null);
            }

            socket = await DialAsync(addresses, expired);
            return socket is not null
                ? (OriginFailure.None, new CountedStream(socket, () => pool.Release(endpoint)))
                : (expired.IsCancellationRequested ? OriginFailure.ConnectTimeout : OriginFailure.ConnectError, null);
        }
        finally
        {
            if (socket is null)
            {
                pool.Release(endpoint);
            }
        }
    }

    private async Task<ConnectResult> TryConnectAsync(OriginEndpoint endpoint, CancellationToken expired)
    {
        var began = time.GetTimestamp();
        var (failure, addresses) = await FindAddressesAsync(endpoint, expired);
        if (failure is not OriginFailure.None)
        {
            return ConnectResult.Failed(failure);
        }

        var resolved = time.GetTimestamp();
        if (await DialAsync(addresses, expired) is not { } socket)
        {
            return ConnectResult.Failed(expired.IsCancellationRequested ? OriginFailure.ConnectTimeout : OriginFailure.ConnectError);
        }

        var (tlsFailure, stream) = await SecureAsync(endpoint, socket, expired);
        return tlsFailure is not OriginFailure.None
            ? ConnectResult.Failed(tlsFailure)
            : new ConnectResult(OriginFailure.None, new OriginConnection(endpoint, socket, stream, time, closed => pool.Release(closed.Endpoint))
            {
                ResolveTime = time.GetElapsedTime(began, resolved),
                ConnectTime = time.GetElapsedTime(resolved),
            });
    }

    private async ValueTask<(OriginFailure Failure, List<IPEndPoint> Addresses)> FindAddressesAsync(OriginEndpoint endpoint, CancellationToken expired)
    {
        try
        {
            var judged = await JudgeAsync(endpoint, expired);
            var allowed = judged.Where(static found => found.Verdict is AddressVerdict.Allowed).Take(MaxAddresses).Select(static found => found.Address).ToList();
            return judged.Count == 0 ? (OriginFailure.DnsError, [])
                : allowed.Count == 0 ? (OriginFailure.Forbidden, [])
                : (OriginFailure.None, allowed);
        }
        catch (OperationCanceledException)
        {
            return (OriginFailure.DnsError, []);
        }
    }

    /// <summary>The addresses that an origin's name leads to, and of each whether it may be connected to.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async ValueTask<List<(IPEndPoint Address, AddressVerdict Verdict)>> JudgeAsync(OriginEndpoint endpoint, CancellationToken cancellationToken)
    {
        var found = IPAddress.TryParse(endpoint.Host, out var literal) ? [literal] : await resolver.ResolveAsync(endpoint.Host, cancellationToken);

        // An IPv4 address in IPv6's clothing leads to the same place, and is of the same family.
        var plain = found.Select(static address => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToList();
        var judged = new List<(IPEndPoint Address, AddressVerdict Verdict)>();
        foreach (var address in InFamily(plain, endpoint.IsOperators ? OriginAddressFamily.DualStack : endpoint.Family))
        {
            var target = new IPEndPoint(address, endpoint.Port);
            var verdict = endpoint.IsOperators ? AddressVerdict.Allowed : await policy.JudgeAsync(target, cancellationToken);
            judged.Add((target, verdict));
            if (verdict is not AddressVerdict.Allowed)
            {
                Log.AddressForbidden(logger, endpoint.Host, target, verdict);
            }
        }

        return judged;
    }

    /// <summary>The addresses that may be used (DP-11.12); of both families in turn, IPv6 first (RFC 8305, section 4).</summary>
    private static List<IPAddress> InFamily(List<IPAddress> found, OriginAddressFamily family)
    {
        var four = found.Where(address => address.AddressFamily is AddressFamily.InterNetwork).ToList();
        var six = found.Where(address => address.AddressFamily is AddressFamily.InterNetworkV6).ToList();
        return family switch
        {
            OriginAddressFamily.Ipv4 => four,
            OriginAddressFamily.Ipv6 => six,
            OriginAddressFamily.DualStack => InTurn(six, four),
        };
    }

    private static List<IPAddress> InTurn(List<IPAddress> first, List<IPAddress> second)
    {
        var all = new List<IPAddress>();
        for (var i = 0; i < Math.Max(first.Count, second.Count); i++)
        {
            all.AddRange(first.Skip(i).Take(1));
            all.AddRange(second.Skip(i).Take(1));
        }

        return all;
    }

    /// <summary>The first of the addresses to answer; each begins when its forerunner failed or had its head start. Null when none answered.</summary>
    private async Task<Socket?> DialAsync(List<IPEndPoint> addresses, CancellationToken expired)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(expired);
        var dialling = new List<Task<Socket?>>();
        Socket? connected = null;
        try
        {
            for (var next = 0; connected is null && (next < addresses.Count || dialling.Count > 0);)
            {
                if (next < addresses.Count)
                {
                    dialling.Add(DialAsync(addresses[next++], over.Token));
                }

                var any = Task.WhenAny(dialling);
                if (next < addresses.Count && !await HasHeadStartAsync(any, expired))
                {
                    continue;
                }

                var done = await any;
                dialling.Remove(done);
                connected = await done;
            }

            return connected;
        }
        finally
        {
            await over.CancelAsync();
            foreach (var late in dialling)
            {
                (await late)?.Dispose();
            }
        }
    }

    /// <summary>True when a dial ended, or everything must, before the head start was over.</summary>
    private async Task<bool> HasHeadStartAsync(Task any, CancellationToken expired)
    {
        try
        {
            await any.WaitAsync(HeadStart, time, expired);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            // The dials saw the same token and are ending.
            return true;
        }
    }

    /// <summary>Null when the address did not answer, or the token was cancelled.</summary>
    private static async Task<Socket?> DialAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        try
        {
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(address, cancellationToken);
            return socket;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            socket?.Dispose();
            return null;
        }
    }

    private async Task<(OriginFailure Failure, Stream Stream)> SecureAsync(OriginEndpoint endpoint, Socket socket, CancellationToken expired)
    {
        var network = new NetworkStream(socket, ownsSocket: true);
        if (!endpoint.Tls)
        {
            return (OriginFailure.None, network);
        }

        var secure = new SslStream(network);
        try
        {
            await secure.AuthenticateAsClientAsync(tls.OptionsFor(endpoint), expired);
            return (OriginFailure.None, secure);
        }
        catch (OperationCanceledException)
        {
            await secure.DisposeAsync();
            return (OriginFailure.ConnectTimeout, Stream.Null);
        }
        catch (Exception error) when (error is AuthenticationException || OriginConnection.IsBroken(error))
        {
            Log.HandshakeFailed(logger, endpoint.Host, endpoint.Port, error);
            await secure.DisposeAsync();
            return (endpoint.ClientCertificate is null && endpoint.Peer is null ? OriginFailure.TlsError : OriginFailure.MutualTlsError, Stream.Null);
        }
    }

    /// <summary>Tells when it is closed, by whomever.</summary>
    private sealed class CountedStream(Socket socket, Action closed) : NetworkStream(socket, ownsSocket: true)
    {
        private int _isClosed;

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (Interlocked.Exchange(ref _isClosed, 1) == 0)
            {
                closed();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2300, LogLevel.Debug, "The TLS handshake with origin {Host}:{Port} failed.", EventName = "OriginHandshakeFailed")]
        public static partial void HandshakeFailed(ILogger logger, string host, int port, Exception error);

        [LoggerMessage(2301, LogLevel.Debug, "Origin {Host} leads to {Address}, which no origin may have: {Verdict}.", EventName = "OriginAddressForbidden")]
        public static partial void AddressForbidden(ILogger logger, string host, IPEndPoint address, AddressVerdict verdict);

        [LoggerMessage(2302, LogLevel.Debug, "No connection to origin {Host}:{Port} was opened: there are as many as there may be.", EventName = "OriginConnectionsExhausted")]
        public static partial void TooManyConnections(ILogger logger, string host, int port);
    }
}
