// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Protocols.Dns;

namespace Frontier.Dns.Tests.Harness;

/// <summary>Writes queries byte by byte, so that bad ones can be written as well.</summary>
internal sealed class Ask
{
    private readonly List<byte> _options = [];
    private ushort _payload;
    private bool _hasEdns;

    public ushort Id { get; init; } = 0x1234;

    public ushort Flags { get; init; } = 0x0100;

    public required string Name { get; init; }

    public string Type { get; init; } = "A";

    public ushort Class { get; init; } = 1;

    public ushort EdnsFlags { get; init; }

    public byte EdnsVersion { get; init; }

    public static byte[] For(string name, string type = "A") => new Ask { Name = name, Type = type }.ToBytes();

    public Ask WithEdns(ushort payload = 1232)
    {
        (_hasEdns, _payload) = (true, payload);
        return this;
    }

    public Ask WithOption(ushort code, params byte[] data)
    {
        _options.AddRange([(byte)(code >> 8), (byte)code, (byte)(data.Length >> 8), (byte)data.Length, .. data]);
        return WithEdns(_payload == 0 ? (ushort)1232 : _payload);
    }

    public byte[] ToBytes()
    {
        Assert.True(RecordTypes.TryFind(Type switch { "ANY" => "TYPE255", "AXFR" => "TYPE252", "IXFR" => "TYPE251", "RRSIG" => "TYPE46", "NSEC" => "TYPE47", _ => Type }, out var type));
        Assert.True(DnsName.TryParse(Name, out var name));
        List<byte> message = [.. Word(Id), .. Word(Flags), .. Word(1), .. Word(0), .. Word(0), .. Word((ushort)(_hasEdns ? 1 : 0)), .. name.Wire, .. Word(type.Number), .. Word(Class)];
        if (_hasEdns)
        {
            message.AddRange([0, .. Word(41), .. Word(_payload), 0, EdnsVersion, .. Word(EdnsFlags), .. Word((ushort)_options.Count), .. _options]);
        }

        return [.. message];
    }

    private static byte[] Word(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        return bytes;
    }
}
