// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Frontier.Scenarios.Stability;

/// <summary>
/// A resolver beside a viewer, which keeps no answer: it asks the DNS servers in turn, the one that answered last first. By its address they know where the
/// viewer is. Used by one viewer at a time; anybody may look at what it was told.
/// </summary>
internal sealed class Resolver(IPAddress from, IReadOnlyList<NetworkHost> servers, IReadOnlyList<NetworkHost> edges) : IDirections
{
    private const int Port = 53;
    private const int HeaderLength = 12;
    private const ushort TypeA = 1;
    private const ushort ClassIn = 1;

    private static readonly TimeSpan PerServer = TimeSpan.FromSeconds(1);

    private int _current;
    private ushort _id;
    private volatile Told _told = new([], 0);

    /// <summary>The last answer that was one.</summary>
    public IReadOnlyList<NetworkHost> Edges => _told.Edges;

    /// <summary>How long a resolver that keeps answers may keep it, in seconds.</summary>
    public uint Ttl => _told.Ttl;

    public async Task<IReadOnlyList<NetworkHost>> FindAsync(string domain, CancellationToken cancellationToken)
    {
        for (var tries = 0; tries < servers.Count; tries++, _current = (_current + 1) % servers.Count)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(PerServer);
            try
            {
                if (await AskAsync(servers[_current].Address, domain, patience.Token) is { Edges.Count: > 0 } told)
                {
                    _told = told;
                    return told.Edges;
                }
            }
            catch (Exception error) when (error is SocketException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                // The next one, then.
            }
        }

        return [];
    }

    /// <summary>Who chose it is told nothing: DNS servers find out by themselves.</summary>
    public void LeadsNowhere(NetworkHost edge)
    {
    }

    private async Task<Told> AskAsync(IPAddress server, string domain, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(server, Port, cancellationToken);
        var question = Question(domain, ++_id);
        await socket.SendAsync(question, cancellationToken);
        var answer = new byte[512];
        while (true)
        {
            var length = await socket.ReceiveAsync(answer, cancellationToken);
            if (length >= question.Length && BinaryPrimitives.ReadUInt16BigEndian(answer) == _id)
            {
                return Read(answer.AsSpan(0, length), question.Length);
            }
        }
    }

    private static byte[] Question(string domain, ushort id)
    {
        List<byte> question = [(byte)(id >> 8), (byte)id, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        foreach (var label in domain.Split('.'))
        {
            question.Add((byte)label.Length);
            question.AddRange(Encoding.ASCII.GetBytes(label));
        }

        question.AddRange([0, 0, (byte)TypeA, 0, (byte)ClassIn]);
        return [.. question];
    }

    /// <summary>Its A records, whose names are pointers to the question's.</summary>
    private Told Read(ReadOnlySpan<byte> answer, int at)
    {
        const int PointerLength = 2;
        const int FixedLength = PointerLength + 10;
        var found = new List<NetworkHost>();
        var ttl = 0u;
        for (var left = BinaryPrimitives.ReadUInt16BigEndian(answer[6..]); left > 0; left--)
        {
            Assert.Equal(0xC000 | HeaderLength, BinaryPrimitives.ReadUInt16BigEndian(answer[at..]));
            Assert.Equal(TypeA, BinaryPrimitives.ReadUInt16BigEndian(answer[(at + PointerLength)..]));
            ttl = BinaryPrimitives.ReadUInt32BigEndian(answer[(at + 6)..]);
            var address = new IPAddress(answer.Slice(at + FixedLength, 4));
            found.Add(edges.First(edge => edge.Address.Equals(address)));
            at += FixedLength + 4;
        }

        return new Told(found, ttl);
    }

    private sealed record Told(IReadOnlyList<NetworkHost> Edges, uint Ttl);
}
