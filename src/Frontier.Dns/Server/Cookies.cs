// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Frontier.Dns.Server;

/// <summary>
/// Cookies of RFC 7873 as RFC 9018 makes them: who sends ours back has its address for real. All servers behind one address must
/// have the same secret.
/// </summary>
/// <param name="secret">16 bytes.</param>
internal sealed class Cookies(byte[] secret, TimeProvider time)
{
    public const int ClientLength = 8;

    /// <summary>The client's cookie and the server's.</summary>
    public const int Length = 24;

    private const byte Version = 1;

    /// <summary>How old a cookie may be, and how far the clocks of two servers may differ (RFC 9018 §4.3).</summary>
    private const uint OldestSeconds = 3_600;
    private const uint AheadSeconds = 300;

    /// <param name="cookie">What a query has.</param>
    public bool IsOurs(ReadOnlySpan<byte> cookie, in Asker asker)
    {
        if (cookie.Length != Length || cookie[ClientLength] != Version)
        {
            return false;
        }

        var said = BinaryPrimitives.ReadUInt32BigEndian(cookie[12..]);

        // Serial number arithmetic (RFC 1982): the clock of 32 bits goes round.
        var age = (int)(Now() - said);
        Span<byte> expected = stackalloc byte[Length];
        Write(expected, cookie[..ClientLength], said, asker);
        return age <= OldestSeconds && age >= -(int)AheadSeconds && CryptographicOperations.FixedTimeEquals(expected, cookie);
    }

    /// <summary>A fresh cookie for a client.</summary>
    /// <param name="destination">Of <see cref="Length"/> bytes.</param>
    /// <param name="client">The client's own part.</param>
    public void Write(Span<byte> destination, ReadOnlySpan<byte> client, in Asker asker) => Write(destination, client, Now(), asker);

    private void Write(Span<byte> destination, ReadOnlySpan<byte> client, uint at, in Asker asker)
    {
        client.CopyTo(destination);
        destination[ClientLength] = Version;
        destination.Slice(ClientLength + 1, 3).Clear();
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], at);
        Span<byte> hashed = stackalloc byte[32];
        destination[..16].CopyTo(hashed);
        BinaryPrimitives.WriteUInt128BigEndian(hashed[16..], asker.Network.Address);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], SipHash.Of(secret, hashed[..(asker.Network.IsIPv6 ? 32 : 20)]));
    }

    private uint Now() => (uint)time.GetUtcNow().ToUnixTimeSeconds();
}
