// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Text;

namespace Frontier.Caching.Kills;

/// <summary>What lies in the cache: everything about an object follows from its key and the position of the log its fetch began at, so that whoever comes later can check it.</summary>
internal static class Contents
{
    public const int Keys = 150;
    private const int HeaderBytes = 16;

    public static byte[] Key(int number) => Encoding.ASCII.GetBytes($"E1\0{Target(number)}\0");

    public static string Target(int number) => $"/{number}";

    /// <summary>The key that a purge takes.</summary>
    public static int Purged(long sequence) => (int)(sequence * 7919 % Keys);

    /// <summary>Bytes of a key's body: most are small, some of several pages, a few go to disk in blocks.</summary>
    public static int Length(int number) => (number % 15) switch
    {
        0 => 700_000 + (number * 1000),
        < 4 => 100_000 + (number * 100),
        _ => HeaderBytes + (number * 40),
    };

    public static StoredHead Head(long position, long fillSequence) => new()
    {
        Status = 200,
        HeaderBlock = HeaderBlock(position),
        ReceivedAt = DateTimeOffset.UnixEpoch.AddSeconds(position),
        FreshUntil = DateTimeOffset.MaxValue,
        FillSequence = fillSequence,
    };

    private static byte[] HeaderBlock(long position) => Encoding.ASCII.GetBytes($"x-sequence\0{position}\n");

    public static byte[] Body(int number, long position)
    {
        var body = new byte[Length(number)];
        BinaryPrimitives.WriteInt64LittleEndian(body, number);
        BinaryPrimitives.WriteInt64LittleEndian(body.AsSpan(8), position);
        new Random(HashCode(number, position)).NextBytes(body.AsSpan(HeaderBytes));
        return body;
    }

    /// <summary>Throws <see cref="InvalidDataException"/> unless the body is what the key had at some time, and no purge up to <paramref name="position"/> has taken it since.</summary>
    public static void Check(int number, StoredHead head, byte[] body, long position)
    {
        var since = body.Length >= HeaderBytes ? BinaryPrimitives.ReadInt64LittleEndian(body.AsSpan(8)) : -1;
        if (!body.AsSpan().SequenceEqual(Body(number, since)))
        {
            throw new InvalidDataException($"{Target(number)} has {body.Length} bytes that it never had.");
        }

        if (!head.HeaderBlock.AsSpan().SequenceEqual(HeaderBlock(since)))
        {
            throw new InvalidDataException($"{Target(number)} has the head of another response than its body.");
        }

        for (var sequence = since + 1; sequence <= position; sequence++)
        {
            if (Purged(sequence) == number)
            {
                throw new InvalidDataException($"{Target(number)} was fetched at {since} and shown at {position}, though {sequence} had purged it.");
            }
        }
    }

    // Not System.HashCode: that one differs from process to process.
    private static int HashCode(int number, long position) => unchecked((int)((number * 1_000_003L) ^ (position * 7_368_787L)));
}
