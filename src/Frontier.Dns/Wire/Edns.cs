// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;

namespace Frontier.Dns.Wire;

/// <summary>What a query says in its OPT record (RFC 6891).</summary>
internal ref struct Edns
{
    /// <summary>Root, type, class, time to live, length: an OPT record without options.</summary>
    public const int RecordLength = 11;

    /// <summary>Code and length of an option.</summary>
    public const int OptionHeaderLength = 4;

    public const ushort DnssecOkFlag = 0x8000;

    /// <summary>Compact answers are understood: NXDOMAIN may be said beside the proof (RFC 9824 §5.1).</summary>
    public const ushort CompactAnswersFlag = 0x4000;

    public bool IsPresent;
    public byte Version;
    public ushort PayloadSize;
    public ushort Flags;
    public bool AsksForServerId;
    public ClientSubnet Subnet;

    /// <summary>Empty for none; of 8 bytes the client's alone, of more its and a server's (RFC 7873 §4).</summary>
    public ReadOnlySpan<byte> Cookie;

    public readonly bool DnssecOk => (Flags & DnssecOkFlag) != 0;

    /// <summary>False for options that do not fit into the record, or are not what they must be.</summary>
    public static bool TryRead(ushort size, uint extended, ReadOnlySpan<byte> options, out Edns edns)
    {
        edns = new Edns { IsPresent = true, PayloadSize = size, Version = (byte)(extended >> 16), Flags = (ushort)extended };
        while (!options.IsEmpty)
        {
            if (options.Length < OptionHeaderLength)
            {
                return false;
            }

            var code = BinaryPrimitives.ReadUInt16BigEndian(options);
            int length = BinaryPrimitives.ReadUInt16BigEndian(options[2..]);
            options = options[OptionHeaderLength..];
            if (length > options.Length || !edns.TryTake(code, options[..length]))
            {
                return false;
            }

            options = options[length..];
        }

        return true;
    }

    private bool TryTake(ushort code, ReadOnlySpan<byte> option)
    {
        switch ((EdnsOption)code)
        {
            case EdnsOption.NameServerId:
                AsksForServerId = true;
                return true;
            case EdnsOption.ClientSubnet:
                return ClientSubnet.TryRead(option, out Subnet);
            case EdnsOption.Cookie:
                Cookie = option;
                return option.Length is 8 or (>= 16 and <= 40);
            default:
                return true;
        }
    }
}
