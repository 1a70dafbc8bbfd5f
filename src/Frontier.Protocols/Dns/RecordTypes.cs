// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Frontier.Protocols.Dns;

/// <summary>The types of records whose data is known (NB-5.2, and those of DNSSEC), one line each.</summary>
public static class RecordTypes
{
    /// <summary>In order of their numbers.</summary>
    public static ImmutableArray<RecordType> All { get; } =
    [
        new("A", 1, [DataField.IPv4Address]),
        new("NS", 2, [DataField.Name]),
        new("CNAME", 5, [DataField.Name]),
        new("SOA", 6, [DataField.Name, DataField.Name, DataField.UInt32, DataField.Duration, DataField.Duration, DataField.Duration, DataField.Duration]),
        new("PTR", 12, [DataField.Name]),
        new("MX", 15, [DataField.UInt16, DataField.Name]),
        new("TXT", 16, [DataField.CharacterStrings]),
        new("AAAA", 28, [DataField.IPv6Address]),
        new("SRV", 33, [DataField.UInt16, DataField.UInt16, DataField.UInt16, DataField.Name]),
        new("NAPTR", 35, [DataField.UInt16, DataField.UInt16, DataField.CharacterString, DataField.CharacterString, DataField.CharacterString, DataField.Name]),
        new("DS", 43, [DataField.UInt16, DataField.Byte, DataField.Byte, DataField.Hex]),
        new("SSHFP", 44, [DataField.Byte, DataField.Byte, DataField.Hex]),
        new("DNSKEY", 48, [DataField.UInt16, DataField.Byte, DataField.Byte, DataField.Base64]),
        new("TLSA", 52, [DataField.Byte, DataField.Byte, DataField.Byte, DataField.Hex]),
        new("CDS", 59, [DataField.UInt16, DataField.Byte, DataField.Byte, DataField.Hex]),
        new("CDNSKEY", 60, [DataField.UInt16, DataField.Byte, DataField.Byte, DataField.Base64]),
        new("SVCB", 64, [DataField.UInt16, DataField.Name, DataField.ServiceParameters]),
        new("HTTPS", 65, [DataField.UInt16, DataField.Name, DataField.ServiceParameters]),
        new("SPF", 99, [DataField.CharacterStrings]),
        new("CAA", 257, [DataField.Byte, DataField.Tag, DataField.Text]),
    ];

    private const string UnknownPrefix = "TYPE";

    private static readonly FrozenDictionary<string, RecordType> ByName = All.ToFrozenDictionary(static type => type.Name, StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenDictionary<ushort, RecordType> ByNumber = All.ToFrozenDictionary(static type => type.Number);

    /// <summary>By its name in any case, or as <c>TYPE</c> and its number (RFC 3597, section 5).</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out RecordType? type)
    {
        if (ByName.TryGetValue(name, out type))
        {
            return true;
        }

        if (name.StartsWith(UnknownPrefix, StringComparison.OrdinalIgnoreCase)
            && ushort.TryParse(name.AsSpan(UnknownPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            type = Find(number);
        }

        return type is not null;
    }

    public static RecordType Find(ushort number) =>
        ByNumber.TryGetValue(number, out var type) ? type : new RecordType(UnknownPrefix + number.ToString(CultureInfo.InvariantCulture), number, []);
}
