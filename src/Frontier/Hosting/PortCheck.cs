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
    public static void Run(UpSettings settings)
    {
        var held = new List<Socket>();
        var faults = new List<string>();
        try
        {
            foreach (var (flag, address) in new[] { ("--api", settings.Api), ("--buckets", settings.Buckets), ("--http", settings.Http), ("--https", settings.Https), ("--dns", settings.Dns.Endpoint) })
            {
                // Held until all are checked: two flags with one address are a fault, too.
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                held.Add(socket);
                if (Fault(socket, address) is { } fault)
                {
                    faults.Add($"{flag} {address} cannot be listened on: {fault}. Choose another address with {flag}.");
                }
            }

            var packets = new Socket(settings.Dns.Endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            held.Add(packets);
            if (PacketFault(packets, settings.Dns.Endpoint) is { } packetFault)
            {
                faults.Add($"--dns {settings.Dns.Endpoint} cannot be listened on over UDP: {packetFault}. Choose another address with --dns.");
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
