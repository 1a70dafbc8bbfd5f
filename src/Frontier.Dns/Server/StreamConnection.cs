// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Frontier.Dns.Wire;
using Frontier.Dns.Zones;

namespace Frontier.Dns.Server;

/// <summary>One connection: queries with their lengths before them, as many in a row as the client likes, answered in their order (RFC 7766 §6.2.1).</summary>
internal sealed class StreamConnection(Socket socket, IPAddress address, DnsOptions options, ResponderPool responders, ServedZones zones, TimeProvider time)
{
    private const int PrefixLength = 2;

    /// <summary>A query is a name and a few options; whoever sends more means something else.</summary>
    private const int MaxQueryBytes = 4_096;

    /// <summary>Answers that are gathered before they are sent.</summary>
    private const int OutputBytes = 2 * (PrefixLength + DnsOptions.MaxTcpBytes);

    private readonly Asker _asker = new(ClientNetwork.Of(address), IsStream: true);
    private readonly byte[] _input = new byte[PrefixLength + MaxQueryBytes];
    private long _lastActive = time.GetTimestamp();

    /// <summary>When the last whole query came or the last answer went: what trickles in does not count.</summary>
    public long LastActive => Volatile.Read(ref _lastActive);

    public void Close() => socket.Dispose();

    public async Task RunAsync()
    {
        var filled = 0;
        while (await socket.ReceiveAsync(_input.AsMemory(filled)) is > 0 and var received)
        {
            filled += received;
            var taken = await AnswerAsync(filled);
            if (taken < 0)
            {
                return;
            }

            _input.AsSpan(taken..filled).CopyTo(_input);
            filled -= taken;
        }
    }

    /// <summary>Answers all whole queries; returns how many bytes they were, or -1 where the connection is to end.</summary>
    private async ValueTask<int> AnswerAsync(int filled)
    {
        if (!IsWhole(0, filled, out _))
        {
            return IsTooLong(0, filled) ? -1 : 0;
        }

        var output = ArrayPool<byte>.Shared.Rent(OutputBytes);
        try
        {
            int at = 0, length = 0;
            while (IsWhole(at, filled, out var query))
            {
                Touch();
                if (TransferOf(query) is { } transfer)
                {
                    await SendAsync(output.AsMemory(0, length));
                    await SendAsync(transfer, output);
                    length = 0;
                }
                else
                {
                    length += Answer(query.Span, output.AsSpan(length));
                }

                at += PrefixLength + query.Length;
                if (output.Length - length < PrefixLength + DnsOptions.MaxTcpBytes)
                {
                    await SendAsync(output.AsMemory(0, length));
                    length = 0;
                }
            }

            await SendAsync(output.AsMemory(0, length));
            return IsTooLong(at, filled) ? -1 : at;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(output);
        }
    }

    private bool IsWhole(int at, int filled, out ReadOnlyMemory<byte> query)
    {
        query = default;
        if (filled - at < PrefixLength || IsTooLong(at, filled))
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(_input.AsSpan(at));
        if (filled - at - PrefixLength < length)
        {
            return false;
        }

        query = _input.AsMemory(at + PrefixLength, length);
        return true;
    }

    /// <summary>Too short for a header is as bad.</summary>
    private bool IsTooLong(int at, int filled) =>
        filled - at >= PrefixLength && BinaryPrimitives.ReadUInt16BigEndian(_input.AsSpan(at)) is > MaxQueryBytes or < Header.Length;

    private int Answer(ReadOnlySpan<byte> query, Span<byte> output)
    {
        var responder = responders.Rent();
        try
        {
            var length = responder.Answer(query, output.Slice(PrefixLength, DnsOptions.MaxTcpBytes), _asker);
            BinaryPrimitives.WriteUInt16BigEndian(output, (ushort)length);
            return length == 0 ? 0 : PrefixLength + length;
        }
        finally
        {
            responders.Return(responder);
        }
    }

    /// <summary>Null where none was asked for, or not by one who may.</summary>
    private ZoneTransfer? TransferOf(ReadOnlyMemory<byte> message)
    {
        if (options.TransferNetworks.IsEmpty)
        {
            return null;
        }

        var name = new NameBuffer();
        var isTransfer = Query.Read(message.Span, name, out var query) is QueryVerdict.Good && query is { Type: TypeNumber.Axfr or TypeNumber.Ixfr, Class: RecordClass.Internet };
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return isTransfer && options.TransferNetworks.Any(network => network.Contains(plain)) && zones.Current.Find(name.Wire) is { } zone
            ? new ZoneTransfer(zone, query.Id, query.Question.ToArray()) : null;
    }

    private async Task SendAsync(ZoneTransfer transfer, byte[] output)
    {
        while (transfer.Next(output.AsSpan(PrefixLength, DnsOptions.MaxTcpBytes)) is > 0 and var length)
        {
            BinaryPrimitives.WriteUInt16BigEndian(output, (ushort)length);
            await SendAsync(output.AsMemory(0, PrefixLength + length));
            Touch();
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes)..];
        }
    }

    private void Touch() => Volatile.Write(ref _lastActive, time.GetTimestamp());
}
