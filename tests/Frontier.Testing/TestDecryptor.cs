// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Frontier.Testing;

/// <summary>
/// The private side of field-level encryption: a key, and what reads messages of the AWS Encryption SDK as its published format has
/// them, in code of its own. Takes one data key and a body of frames. Thread-safe.
/// </summary>
public sealed class TestDecryptor
{
    private static readonly Lazy<TestDecryptor> OnlyOne = new(static () => new TestDecryptor());

    private readonly Lock _gate = new();
    private readonly RSA _key = RSA.Create(2_048);

    private TestDecryptor()
    {
    }

    /// <summary>Making a key takes long, so every test has the same.</summary>
    public static TestDecryptor Instance => OnlyOne.Value;

    /// <summary>SubjectPublicKeyInfo in base64.</summary>
    public string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    /// <summary>Reads the value of a form's field as it stands on the wire.</summary>
    public string DecryptField(string value) =>
        Encoding.UTF8.GetString(Decrypt(Convert.FromBase64String(value.Replace("%2B", "+", StringComparison.Ordinal).Replace("%2F", "/", StringComparison.Ordinal).Replace("%3D", "=", StringComparison.Ordinal))).Plaintext);

    /// <exception cref="FormatException">It is no message of that kind.</exception>
    /// <exception cref="CryptographicException">Somebody has changed it, or it is for another key.</exception>
    public (string ProviderId, string KeyName, byte[] Plaintext) Decrypt(ReadOnlySpan<byte> message)
    {
        var header = message;
        Expect(message[0] == 1 && message[1] == 0x80, "version and type");
        Expect(BinaryPrimitives.ReadUInt16BigEndian(message[2..]) == 0x0178, "suite");
        var suiteAndId = message.Slice(2, 18).ToArray();
        Expect(BinaryPrimitives.ReadUInt16BigEndian(message[20..]) == 0, "no context");
        Expect(BinaryPrimitives.ReadUInt16BigEndian(message[22..]) == 1, "one data key");
        var rest = message[24..];
        var providerId = Encoding.UTF8.GetString(ReadSized(ref rest));
        var keyName = Encoding.UTF8.GetString(ReadSized(ref rest));
        var wrapped = ReadSized(ref rest);
        Expect(rest[0] == 2 && BinaryPrimitives.ReadUInt32BigEndian(rest[1..]) == 0 && rest[5] == 12, "frames and their IVs");
        var frameBytes = BinaryPrimitives.ReadUInt32BigEndian(rest[6..]);
        rest = rest[10..];
        header = header[..^rest.Length];

        using var cipher = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, Unwrap(wrapped), 32, info: suiteAndId), 16);
        cipher.Decrypt(rest[..12], default, rest.Slice(12, 16), default, header);
        return (providerId, keyName, ReadFrames(cipher, suiteAndId.AsSpan(2), frameBytes, rest[28..]));
    }

    private static byte[] ReadFrames(AesGcm cipher, ReadOnlySpan<byte> messageId, uint frameBytes, ReadOnlySpan<byte> body)
    {
        var plaintext = new List<byte>();
        for (var number = 1u; ; number++)
        {
            var isLast = BinaryPrimitives.ReadUInt32BigEndian(body) == 0xFFFF_FFFF;
            body = isLast ? body[4..] : body;
            Expect(BinaryPrimitives.ReadUInt32BigEndian(body) == number, "frames in order");
            var iv = body.Slice(4, 12);
            body = body[16..];
            var length = isLast ? BinaryPrimitives.ReadUInt32BigEndian(body) : frameBytes;
            body = isLast ? body[4..] : body;
            Expect(length <= frameBytes, "no frame longer than the header says");
            var label = isLast ? "AWSKMSEncryptionClient Final Frame" : "AWSKMSEncryptionClient Frame";
            byte[] authenticated = [.. messageId, .. Encoding.ASCII.GetBytes(label), .. BigEndian(number, 4), .. BigEndian(length, 8)];
            var frame = new byte[length];
            cipher.Decrypt(iv, body[..(int)length], body.Slice((int)length, 16), frame, authenticated);
            plaintext.AddRange(frame);
            body = body[((int)length + 16)..];
            if (isLast)
            {
                Expect(body.IsEmpty, "an end");
                return [.. plaintext];
            }
        }
    }

    private static byte[] BigEndian(ulong value, int bytes)
    {
        var all = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(all, value);
        return all[^bytes..];
    }

    private static ReadOnlySpan<byte> ReadSized(ref ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest);
        var value = rest.Slice(2, length);
        rest = rest[(2 + length)..];
        return value;
    }

    private static void Expect(bool condition, string what)
    {
        if (!condition)
        {
            throw new FormatException($"The message has not {what}.");
        }
    }

    private byte[] Unwrap(ReadOnlySpan<byte> wrapped)
    {
        lock (_gate)
        {
            return _key.Decrypt(wrapped, RSAEncryptionPadding.OaepSHA256);
        }
    }
}
