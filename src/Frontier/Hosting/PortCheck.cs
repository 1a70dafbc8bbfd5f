// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Net.Sockets;

namespace Frontier.Hosting;

/// <summary>
/// Asks for all addresses before any role starts, so that every one that cannot be had is named at once with its flag. A role
/// that loses its address in the moment between still says so itself.
/// </summary>
internal static class PortCheck
{
    /// <exception cref="StartException">Addresses cannot be listened on; each is a line of the message.</exception>
    /// <param name="addresses">Each with the flag that names it.</param>
    /// <param name="packets">Those that are listened on over UDP.</param>
    public static void Run(IEnumerable<(string Flag, IPEndPoint Address)> addresses, params IEnumerable<(string Flag, IPEndPoint Address)> packets)
    {
        var held = new List<Socket>();
        var faults = new List<string>();
        try
        {
            foreach (var (flag, address) in addresses)
            {
                // Held until all are checked: two flags with one address are a fault, too.
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                held.Add(socket);
                if (Fault(socket, address) is { } fault)
                {
                    faults.Add($"{flag} {address} cannot be listened on: {fault}. Choose another address with {flag}.");
                }
            }

            foreach (var (flag, address) in packets)
            {
                var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
                held.Add(socket);
                if (PacketFault(socket, address) is { } fault)
                {
                    faults.Add($"{flag} {address} cannot be listened on over UDP: {fault}. Choose another address with {flag}.");
                }
            }
        }
        finally
        {
            held.ForEach(static socket => socket.Dispose());
        }

        if (faults.Count > 0)
        {
            throw new StartException(string.Join(Environment.NewLine, faults));
        }
    }

    private static string? Fault(Socket socket, IPEndPoint address)
    {
        if (PacketFault(socket, address) is { } fault)
        {
            return fault;
        }

        try
        {
            socket.Listen();
            return null;
        }
        catch (SocketException error)
        {
            return error.Message;
        }
    }

    private static string? PacketFault(Socket socket, IPEndPoint address)
    {
        try
        {
            socket.Bind(address);
            return null;
        }
        catch (SocketException error)
        {
            return error.Message;
        }
    }
}
