// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Frontier.Edge.Tests.Harness;

/// <summary>An origin that answers everything with the same bytes, for one connection at a time, and allocates nothing while it does: it must not be measured with the edge.</summary>
internal sealed class CannedOrigin : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _answer;
    private readonly Thread _thread;

    public CannedOrigin(string answer)
    {
        _answer = Encoding.Latin1.GetBytes(answer);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _thread = new Thread(Serve);
        _thread.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public void Dispose()
    {
        _listener.Dispose();
        _thread.Join();
    }

    private void Serve()
    {
        var received = new byte[4096];
        try
        {
            while (true)
            {
                using var connection = _listener.Accept();
                while (connection.Receive(received) > 0)
                {
                    connection.Send(_answer); // requests are small, and come one after the other
                }
            }
        }
        catch (SocketException)
        {
            // Disposed of.
        }
    }
}
