// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Frontier.Http.Transport;

/// <summary>
/// What a load balancer says before the first byte of a connection that it passes on: for whom (the PROXY protocol of HAProxy,
/// versions 1 and 2). Not a byte more is taken from the connection.
/// </summary>
/// <remarks>https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt</remarks>
internal static class ProxyPreface
{
    /// <summary>The shortest of both versions: <c>PROXY UNKNOWN</c> with its line's end, one less than a head of version 2.</summary>
    private const int ShortestBytes = 15;

    /// <summary>Of version 1, with the line's end (section 2.1).</summary>
    private const int LongestLine = 107;

    /// <summary>Of version 2, behind the head: addresses and what balancers add, far above what any sends.</summary>
    private const int LongestAddresses = 4096;

    private static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Whom the connection comes from: the balancer itself where it speaks for nobody (a health check). Null when there is no preface, or none that is right: nobody may be served then.</summary>
    /// <exception cref="ViewerGoneException">The connection was reset or aborted.</exception>
    public static async ValueTask<IPEndPoint?> ReadAsync(PlainConnection connection)
    {
        var buffer = new byte[LongestLine];
        if (!await FillAsync(connection, buffer.AsMemory(0, ShortestBytes)))
        {
            return null;
        }

        return buffer.AsSpan().StartsWith("PROXY "u8) ? await ReadLineAsync(connection, buffer)
            : buffer.AsSpan().StartsWith(Signature) ? await ReadBinaryAsync(connection, buffer)
            : null;
    }

    private static async ValueTask<IPEndPoint?> ReadLineAsync(PlainConnection connection, byte[] line)
    {
        var length = ShortestBytes;
        while (!line.AsSpan(0, length).EndsWith("\r\n"u8))
        {
            if (length == line.Length || !await FillAsync(connection, line.AsMemory(length, 1)))
            {
                return null;
            }

            length++;
        }

        return ParseLine(line.AsSpan(0, length - 2), connection.Remote);
    }

    /// <param name="line">Without its end.</param>
    internal static IPEndPoint? ParseLine(ReadOnlySpan<byte> line, IPEndPoint own)
    {
        var words = Encoding.Latin1.GetString(line).Split(' ');
        if (words is ["PROXY", "UNKNOWN", ..])
        {
            return own;
        }

        return words is ["PROXY", "TCP4" or "TCP6", var source, var destination, var sourcePort, var destinationPort]
            && TryAddress(words[1], source, out var address) && TryAddress(words[1], destination, out _)
            && TryPort(sourcePort, out var port) && TryPort(destinationPort, out _)
                ? new IPEndPoint(address, port)
                : null;
    }

    private static bool TryAddress(string family, string text, out IPAddress address) =>
        IPAddress.TryParse(text, out address!) && !text.Contains('%') && (family == "TCP4"
            ? address.AddressFamily is AddressFamily.InterNetwork && address.ToString() == text // four numbers, without leading zeros
            : address.AddressFamily is AddressFamily.InterNetworkV6 && !text.Contains('['));

    private static bool TryPort(string text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && (text == "0" || text[0] != '0');

    private static async ValueTask<IPEndPoint?> ReadBinaryAsync(PlainConnection connection, byte[] head)
    {
        if (!await FillAsync(connection, head.AsMemory(ShortestBytes, 1)))
        {
            return null;
        }

        var (command, family) = (head[12], head[13]);
        var length = BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(14));
        if (length > LongestAddresses)
        {
            return null;
        }

        var addresses = new byte[length];
        return await FillAsync(connection, addresses) ? Parse(command, family, addresses, connection.Remote) : null;
    }

    /// <param name="command">Version and command.</param>
    /// <param name="family">Address family and protocol.</param>
    /// <param name="addresses">What follows the head: the addresses, and more that is not needed.</param>
    internal static IPEndPoint? Parse(byte command, byte family, ReadOnlySpan<byte> addresses, IPEndPoint own) => (command, family) switch
    {
        (0x20, _) or (0x21, 0x00) => own, // LOCAL, or of a kind that has no address
        (0x21, 0x11) when addresses.Length >= 12 => new IPEndPoint(new IPAddress(addresses[..4]), BinaryPrimitives.ReadUInt16BigEndian(addresses[8..])),
        (0x21, 0x21) when addresses.Length >= 36 => new IPEndPoint(new IPAddress(addresses[..16]), BinaryPrimitives.ReadUInt16BigEndian(addresses[32..])),
        _ => null,
    };

    /// <summary>False when the connection ends before.</summary>
    private static async ValueTask<bool> FillAsync(PlainConnection connection, Memory<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = await connection.ReceiveAsync(buffer);
            if (count == 0)
            {
                return false;
            }

            buffer = buffer[count..];
        }

        return true;
    }
}
