// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Frontier.Dns.Server;

/// <summary>
/// Queries over UDP at one address: several sockets that the kernel deals packets out to (SO_REUSEPORT), each with a thread of its own
/// that receives, answers and sends, so that nothing is handed from one to another. The threads wait in the kernel by design.
/// </summary>
internal sealed partial class UdpServer : IDisposable
{
    private const int SolSocket = 1;
    private const int SoReusePort = 15;

    /// <summary>What waits in the kernel while a thread is not running, as far as the system lets it.</summary>
    private const int ReceiveBufferBytes = 4 << 20;

    /// <summary>The largest packet.</summary>
    private const int MaxPacketBytes = 1 << 16;

    private readonly List<Socket> _sockets = [];
    private readonly List<Thread> _threads = [];
    private readonly ILogger<UdpServer> _logger;
    private readonly int _maxAnswerBytes;
    private volatile bool _isStopping;

    /// <exception cref="SocketException">The address cannot be had.</exception>
    public UdpServer(IPEndPoint endpoint, int sockets, int maxAnswerBytes, ILogger<UdpServer> logger)
    {
        (_logger, _maxAnswerBytes, Endpoint) = (logger, maxAnswerBytes, endpoint);
        try
        {
            for (var each = 0; each < sockets; each++)
            {
                var socket = new Socket(endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                _sockets.Add(socket);
                Share(socket);
                socket.ReceiveBufferSize = ReceiveBufferBytes;
                socket.Bind(Endpoint);
                Endpoint = (IPEndPoint)socket.LocalEndPoint!;
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>With the port that was had.</summary>
    public IPEndPoint Endpoint { get; }

    /// <param name="make">Makes the responder of one thread.</param>
    public void Start(Func<Responder> make)
    {
        foreach (var socket in _sockets)
        {
            var responder = make();
            var thread = new Thread(() => Run(socket, responder)) { IsBackground = true, Name = $"DNS {Endpoint}" };
            _threads.Add(thread);
            thread.Start();
        }
    }

    public void Dispose()
    {
        _isStopping = true;
        _sockets.ForEach(static socket => socket.Dispose());
        _threads.ForEach(static thread => thread.Join());
    }

    private static void Share(Socket socket)
    {
        if (OperatingSystem.IsLinux())
        {
            socket.SetRawSocketOption(SolSocket, SoReusePort, [1, 0, 0, 0]);
        }
        else
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        }
    }

    private void Run(Socket socket, Responder responder)
    {
        var packet = new byte[MaxPacketBytes];
        var answer = new byte[_maxAnswerBytes];
        var sender = new SocketAddress(Endpoint.AddressFamily);
        while (!_isStopping)
        {
            try
            {
                var received = socket.ReceiveFrom(packet, SocketFlags.None, sender);
                var length = responder.Answer(packet.AsSpan(0, received), answer, Asker.Of(sender));
                if (length > 0)
                {
                    socket.SendTo(answer.AsSpan(0, length), SocketFlags.None, sender);
                }
            }
            catch (SocketException)
            {
                // An answer that the network does not take, or the end; the next packet is another's.
            }
            catch (ObjectDisposedException)
            {
                return;
            }
            catch (Exception error)
            {
                // A fault of ours in one answer must not keep all others away.
                Log.Failed(_logger, error);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6001, LogLevel.Error, "A query could not be answered.", EventName = "DnsAnswerFailed")]
        public static partial void Failed(ILogger logger, Exception error);
    }
}
