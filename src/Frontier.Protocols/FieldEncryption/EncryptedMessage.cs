// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Frontier.Protocols.FieldEncryption;

/// <summary>
/// Writes messages of the AWS Encryption SDK, format 1 (DP-25.9): one data key, no encryption context, the body in one frame. The
/// suite is 0178, AES-256-GCM under a key derived by HKDF with SHA-256 (DP-25.10). Integers are big-endian.
/// </summary>
public static class EncryptedMessage
{
    /// <summary>The suite's data key, in bytes.</summary>
    public const int DataKeyBytes = 32;

    public const int MessageIdBytes = 16;

    private const byte Version = 1;
    private const byte CustomerAuthenticatedData = 0x80;
    private const ushort Suite = 0x0178;
    private const byte Framed = 2;
    private const int IvBytes = 12;
    private const int TagBytes = 16;
    private const uint FinalFrame = 0xFFFF_FFFF;
    private const uint FirstFrame = 1;

    /// <summary>Version, type, suite, id, length of the context, number of keys.</summary>
    private const int OpeningBytes = 1 + 1 + 2 + MessageIdBytes + 2 + 2;

    /// <summary>Content type, reserved, length of the IVs, length of a frame.</summary>
    private const int ClosingBytes = 1 + 4 + 1 + 4;

    /// <summary>The end mark, the number of the frame, its IV and its length.</summary>
    private const int FrameHeadBytes = 4 + 4 + IvBytes + 4;

    private static ReadOnlySpan<byte> FinalFrameLabel => "AWSKMSEncryptionClient Final Frame"u8;

    /// <summary>How many bytes <see cref="Write"/> writes.</summary>
    public static int LengthOf(int providerIdBytes, int keyNameBytes, int wrappedKeyBytes, int plaintextBytes) =>
        HeaderBytes(providerIdBytes, keyNameBytes, wrappedKeyBytes) + IvBytes + TagBytes + FrameHeadBytes + plaintextBytes + TagBytes;

    /// <param name="providerId">Who keeps the key, at most 65,535 bytes as each of these three.</param>
    /// <param name="keyName">What that provider calls it.</param>
    /// <param name="wrappedKey">The data key as only the key's owner can read it.</param>
    /// <param name="dataKey">Random, <see cref="DataKeyBytes"/> long, for this message alone: all IVs are counted from zero.</param>
    /// <param name="messageId">Random, <see cref="MessageIdBytes"/> long.</param>
    /// <param name="destination">Exactly <see cref="LengthOf"/> long.</param>
    public static void Write(
        ReadOnlySpan<byte> providerId, ReadOnlySpan<byte> keyName, ReadOnlySpan<byte> wrappedKey, ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> messageId,
        ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        var header = destination[..HeaderBytes(providerId.Length, keyName.Length, wrappedKey.Length)];
        WriteHeader(providerId, keyName, wrappedKey, messageId, plaintext.Length, header);
        Span<byte> key = stackalloc byte[DataKeyBytes];
        Span<byte> info = stackalloc byte[2 + MessageIdBytes];
        BinaryPrimitives.WriteUInt16BigEndian(info, Suite);
        messageId.CopyTo(info[2..]);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, dataKey, key, salt: default, info);
        using var cipher = new AesGcm(key, TagBytes);
        CryptographicOperations.ZeroMemory(key);

        var rest = destination[header.Length..];
        rest[..IvBytes].Clear();
        cipher.Encrypt(rest[..IvBytes], default, default, rest.Slice(IvBytes, TagBytes), header);
        WriteFrame(cipher, messageId, plaintext, rest[(IvBytes + TagBytes)..]);
    }

    private static int HeaderBytes(int providerIdBytes, int keyNameBytes, int wrappedKeyBytes) =>
        OpeningBytes + 2 + providerIdBytes + 2 + keyNameBytes + 2 + wrappedKeyBytes + ClosingBytes;

    private static void WriteHeader(
        ReadOnlySpan<byte> providerId, ReadOnlySpan<byte> keyName, ReadOnlySpan<byte> wrappedKey, ReadOnlySpan<byte> messageId, int frameBytes, Span<byte> header)
    {
        header[0] = Version;
        header[1] = CustomerAuthenticatedData;
        BinaryPrimitives.WriteUInt16BigEndian(header[2..], Suite);
        messageId.CopyTo(header[4..]);
        BinaryPrimitives.WriteUInt16BigEndian(header[(4 + MessageIdBytes)..], 0); // no encryption context
        BinaryPrimitives.WriteUInt16BigEndian(header[(6 + MessageIdBytes)..], 1); // one data key
        var rest = WriteSized(header[OpeningBytes..], providerId);
        rest = WriteSized(rest, keyName);
        rest = WriteSized(rest, wrappedKey);
        rest[0] = Framed;
        BinaryPrimitives.WriteUInt32BigEndian(rest[1..], 0);
        rest[5] = IvBytes;
        BinaryPrimitives.WriteUInt32BigEndian(rest[6..], (uint)Math.Max(frameBytes, 1)); // readers refuse frames of no length
    }

    private static Span<byte> WriteSized(Span<byte> destination, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, checked((ushort)value.Length));
        value.CopyTo(destination[2..]);
        return destination[(2 + value.Length)..];
    }

    /// <summary>The only frame is the last. What it is authenticated with says which message it is of, and that nothing follows.</summary>
    private static void WriteFrame(AesGcm cipher, ReadOnlySpan<byte> messageId, ReadOnlySpan<byte> plaintext, Span<byte> frame)
    {
        BinaryPrimitives.WriteUInt32BigEndian(frame, FinalFrame);
        BinaryPrimitives.WriteUInt32BigEndian(frame[4..], FirstFrame);
        var iv = frame.Slice(8, IvBytes);
        iv.Clear();
        BinaryPrimitives.WriteUInt32BigEndian(iv[8..], FirstFrame);
        BinaryPrimitives.WriteUInt32BigEndian(frame[(8 + IvBytes)..], (uint)plaintext.Length);

        Span<byte> authenticated = stackalloc byte[MessageIdBytes + FinalFrameLabel.Length + 4 + 8];
        messageId.CopyTo(authenticated);
        FinalFrameLabel.CopyTo(authenticated[MessageIdBytes..]);
        BinaryPrimitives.WriteUInt32BigEndian(authenticated[(MessageIdBytes + FinalFrameLabel.Length)..], FirstFrame);
        BinaryPrimitives.WriteUInt64BigEndian(authenticated[(MessageIdBytes + FinalFrameLabel.Length + 4)..], (ulong)plaintext.Length);
        cipher.Encrypt(iv, plaintext, frame.Slice(FrameHeadBytes, plaintext.Length), frame.Slice(FrameHeadBytes + plaintext.Length, TagBytes), authenticated);
    }
}
