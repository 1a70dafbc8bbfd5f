// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Frontier.Dns.Signing;

/// <summary>The key that a zone is signed with: one for everything (a combined signing key), ECDSA P-256 with SHA-256 (RFC 6605).</summary>
internal sealed class ZoneKey : IDisposable
{
    /// <summary>Zone key and secure entry point (RFC 4034 §2.1.1, RFC 3757).</summary>
    private const ushort Flags = 257;

    private const byte Protocol = 3;

    /// <summary>ECDSA P-256 with SHA-256 (RFC 6605 §4).</summary>
    public const byte Algorithm = 13;

    private const byte DigestSha256 = 2;

    private readonly ECDsa _key;

    private ZoneKey(ECDsa key)
    {
        _key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Data = [Flags >> 8, Flags & 0xFF, Protocol, Algorithm, .. point.X!, .. point.Y!];
        Tag = TagOf(Data);
    }

    /// <summary>The data of its DNSKEY record.</summary>
    public byte[] Data { get; }

    /// <summary>RFC 4034, appendix B.</summary>
    public ushort Tag { get; }

    /// <summary>Reads a key in PEM form, or makes one where there is no file: mode 0600.</summary>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="CryptographicException">There is no private key of P-256 in it.</exception>
    public static ZoneKey Open(string path)
    {
        if (!File.Exists(path))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            Write(path, made.ExportPkcs8PrivateKeyPem());
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key.KeySize == 256 ? new ZoneKey(key) : throw new CryptographicException($"\"{path}\" is no key of P-256.");
        }
        catch (ArgumentException error)
        {
            key.Dispose();
            throw new CryptographicException($"\"{path}\" has no private key in PEM form.", error);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The data of the DS record that the zone above needs (RFC 4034 §5.1.4).</summary>
    /// <param name="zone">In wire form and lower case.</param>
    public byte[] DelegationData(ReadOnlySpan<byte> zone) =>
        [(byte)(Tag >> 8), (byte)Tag, Algorithm, DigestSha256, .. SHA256.HashData([.. zone, .. Data])];

    /// <summary>64 bytes: both numbers one behind the other (RFC 6605 §4).</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    public void Dispose() => _key.Dispose();

    private static ushort TagOf(ReadOnlySpan<byte> data)
    {
        var sum = 0u;
        for (; data.Length >= 2; data = data[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(data);
        }

        sum += data.IsEmpty ? 0u : (uint)data[0] << 8;
        return (ushort)(sum + (sum >> 16));
    }

    private static void Write(string path, string pem)
    {
        using var file = new StreamWriter(new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }));
        file.Write(pem);
    }
}
