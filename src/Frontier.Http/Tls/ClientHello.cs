// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;

namespace Frontier.Http.Tls;

/// <summary>
/// The parts of a ClientHello that fingerprints are made of (RFC 8446, section 4.1.2), in the order sent and without GREASE
/// (RFC 8701). Only TLS's own parser decides whether a hello is good; one that cannot be read here has no fingerprint.
/// </summary>
public sealed class ClientHello
{
    /// <summary>The longest hello that is looked at, record headers included. Usual ones have 500 to 2,000 bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    private const int RecordHeaderBytes = 5;
    private const byte HandshakeRecord = 22;
    private const byte ClientHelloMessage = 1;

    private readonly List<ushort> _ciphers = [];
    private readonly List<ushort> _extensions = [];
    private readonly List<ushort> _groups = [];
    private readonly List<ushort> _signatures = [];
    private readonly List<ushort> _versions = [];
    private readonly List<byte> _pointFormats = [];

    private ClientHello()
    {
    }

    /// <summary>The version field of the message itself, which TLS 1.3 leaves at 1.2.</summary>
    public ushort LegacyVersion { get; private set; }

    public IReadOnlyList<ushort> Ciphers => _ciphers;

    public IReadOnlyList<ushort> Extensions => _extensions;

    /// <summary>The extension supported_groups.</summary>
    public IReadOnlyList<ushort> Groups => _groups;

    public IReadOnlyList<byte> PointFormats => _pointFormats;

    public IReadOnlyList<ushort> SignatureAlgorithms => _signatures;

    /// <summary>The extension supported_versions.</summary>
    public IReadOnlyList<ushort> Versions => _versions;

    /// <summary>The highest version that is offered, as TLS numbers them: 0x0303 is TLS 1.2.</summary>
    public ushort HighestVersion => _versions.Count == 0 ? LegacyVersion : _versions.Max();

    /// <summary>The first name of the ALPN extension; empty without one.</summary>
    public byte[] FirstProtocol { get; private set; } = [];

    /// <summary>True when the bytes, which begin a connection, hold a whole hello, or something that never will be one.</summary>
    /// <param name="hello">Null when it is no readable hello.</param>
    public static bool TryRead(ReadOnlySpan<byte> received, out ClientHello? hello)
    {
        hello = null;
        var message = new List<byte>();
        while (received.Length >= RecordHeaderBytes)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(received[3..]);
            if (received[0] != HandshakeRecord || length == 0 || message.Count + length > MaxBytes)
            {
                return true;
            }

            if (received.Length < RecordHeaderBytes + length)
            {
                return false;
            }

            message.AddRange(received.Slice(RecordHeaderBytes, length));
            received = received[(RecordHeaderBytes + length)..];
            if (message[0] != ClientHelloMessage)
            {
                return true;
            }

            if (message.Count >= 4 && message.Count - 4 >= ((message[1] << 16) | (message[2] << 8) | message[3]))
            {
                hello = Parse([.. message.Skip(4)]);
                return true;
            }
        }

        return received is not [] and [not HandshakeRecord, ..];
    }

    private static ClientHello? Parse(byte[] message)
    {
        var hello = new ClientHello();
        var reader = new HelloReader(message);
        if (!reader.TryNumber(out var version) || !reader.TrySkip(32) || !reader.TryBlock8(out _) || !reader.TryBlock16(out var ciphers) || !reader.TryBlock8(out _))
        {
            return null;
        }

        hello.LegacyVersion = version;
        AddNumbers(ciphers, hello._ciphers);
        if (!reader.TryBlock16(out var extensions))
        {
            return hello; // none at all, as very old software does
        }

        var list = new HelloReader(extensions);
        while (list.TryNumber(out var type) && list.TryBlock16(out var body))
        {
            if (IsGrease(type))
            {
                continue;
            }

            hello._extensions.Add(type);
            hello.Take(type, new HelloReader(body));
        }

        return hello;
    }

    private void Take(ushort type, HelloReader body)
    {
        ReadOnlySpan<byte> block;
        switch (type)
        {
            case 10 when body.TryBlock16(out block):
                AddNumbers(block, _groups);
                break;
            case 11 when body.TryBlock8(out block):
                _pointFormats.AddRange(block);
                break;
            case 13 when body.TryBlock16(out block):
                AddNumbers(block, _signatures);
                break;
            case 16 when body.TryBlock16(out block) && new HelloReader(block).TryBlock8(out var name):
                FirstProtocol = name.ToArray();
                break;
            case 43 when body.TryBlock8(out block):
                AddNumbers(block, _versions);
                break;
        }
    }

    private static void AddNumbers(ReadOnlySpan<byte> block, List<ushort> into)
    {
        for (; block.Length >= 2; block = block[2..])
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(block) is var number && !IsGrease(number))
            {
                into.Add(number);
            }
        }
    }

    /// <summary>RFC 8701, section 2: 0x0A0A, 0x1A1A, … 0xFAFA.</summary>
    private static bool IsGrease(ushort number) => (number & 0x0F0F) == 0x0A0A && number >> 8 == (number & 0xFF);

    /// <summary>Reads numbers and blocks with a length before them; false when the bytes do not reach.</summary>
    private ref struct HelloReader(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        public bool TryNumber(out ushort number) => BinaryPrimitives.TryReadUInt16BigEndian(_rest, out number) && TrySkip(2);

        public bool TrySkip(int bytes)
        {
            if (_rest.Length < bytes)
            {
                return false;
            }

            _rest = _rest[bytes..];
            return true;
        }

        public bool TryBlock8(out ReadOnlySpan<byte> block)
        {
            block = default;
            return _rest is [var length, ..] && TryBlock(1, length, out block);
        }

        public bool TryBlock16(out ReadOnlySpan<byte> block)
        {
            block = default;
            return BinaryPrimitives.TryReadUInt16BigEndian(_rest, out var length) && TryBlock(2, length, out block);
        }

        private bool TryBlock(int header, int length, out ReadOnlySpan<byte> block)
        {
            block = default;
            if (_rest.Length < header + length)
            {
                return false;
            }

            block = _rest.Slice(header, length);
            _rest = _rest[(header + length)..];
            return true;
        }
    }
}
