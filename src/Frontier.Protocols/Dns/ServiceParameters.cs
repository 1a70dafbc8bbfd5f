// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Frontier.Protocols.Dns;

/// <summary>The parameters of SVCB and HTTPS records in both forms (RFC 9460, sections 2.1, 2.2 and 7).</summary>
internal static class ServiceParameters
{
    private const ushort Mandatory = 0;
    private const ushort NoDefaultAlpn = 2;
    private const ushort Alpn = 1;
    private const string UnknownPrefix = "key";

    /// <summary>A key's number is its place.</summary>
    private static readonly ImmutableArray<string> Names = ["mandatory", "alpn", "no-default-alpn", "port", "ipv4hint", "ech", "ipv6hint", "dohpath"];

    public static bool TryParse(IEnumerable<DataToken> tokens, EscapeForm escapes, IBufferWriter<byte> wire, [NotNullWhen(false)] out DataFault? fault)
    {
        var read = new SortedDictionary<ushort, byte[]>();
        foreach (var token in tokens)
        {
            var equals = token.Text.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? token.Text : token.Text[..equals];
            if (token.IsQuoted || KeyOf(name) is not { } key)
            {
                fault = new DataFault("IllegalServiceKey", "Value has a parameter that is not known", token.Text);
                return false;
            }

            if (read.ContainsKey(key))
            {
                fault = new DataFault("RepeatedServiceKey", "Value has a parameter twice", token.Text);
                return false;
            }

            var text = equals < 0 ? null : Unquote(token.Text[(equals + 1)..]);
            var bytes = Array.Empty<byte>();
            if ((text is not null && !CharacterString.TryDecode(text, escapes, out bytes)) || ServiceParameterValue.Read(key, equals < 0 ? null : bytes) is not { } value)
            {
                fault = new DataFault("IllegalServiceValue", "Value has a parameter whose value is not valid", token.Text);
                return false;
            }

            read.Add(key, value);
        }

        fault = FindContradiction(read);
        foreach (var (key, value) in read)
        {
            Write(wire, key, value);
        }

        return fault is null;
    }

    public static bool TryFormat(ReadOnlySpan<byte> wire, EscapeForm escapes, [NotNullWhen(true)] out string? text)
    {
        List<string> parts = [];
        var before = -1;
        text = null;
        while (!wire.IsEmpty)
        {
            if (wire.Length < 4 || BinaryPrimitives.ReadUInt16BigEndian(wire) is var key && key <= before)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(wire[2..]);
            if (wire.Length - 4 < length || ServiceParameterValue.Write(key, wire.Slice(4, length)) is not { } value)
            {
                return false;
            }

            parts.Add(value.Length == 0 ? NameOf(key) : $"{NameOf(key)}={CharacterString.Quote(value, escapes)}");
            before = key;
            wire = wire[(4 + length)..];
        }

        text = string.Join(' ', parts);
        return true;
    }

    /// <summary>Null for no name of a key.</summary>
    public static ushort? KeyOf(string name) =>
        Names.IndexOf(name) is >= 0 and var known ? (ushort)known
        : name.StartsWith(UnknownPrefix, StringComparison.Ordinal) && name.Length > UnknownPrefix.Length && name[UnknownPrefix.Length..] is var digits
            && (digits.Length == 1 || digits[0] != '0') && ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : null;

    public static string NameOf(ushort key) => key < Names.Length ? Names[key] : UnknownPrefix + key.ToString(CultureInfo.InvariantCulture);

    private static DataFault? FindContradiction(SortedDictionary<ushort, byte[]> read)
    {
        if (read.ContainsKey(NoDefaultAlpn) && !read.ContainsKey(Alpn))
        {
            return new DataFault("MissingServiceKey", "Value has no-default-alpn without alpn", Names[NoDefaultAlpn]);
        }

        var listed = read.GetValueOrDefault(Mandatory, []);
        for (var i = 0; i < listed.Length; i += sizeof(ushort))
        {
            var key = BinaryPrimitives.ReadUInt16BigEndian(listed.AsSpan(i));
            if (!read.ContainsKey(key))
            {
                return new DataFault("MissingServiceKey", "Value lacks a parameter that it calls mandatory", NameOf(key));
            }
        }

        return null;
    }

    private static void Write(IBufferWriter<byte> wire, ushort key, byte[] value)
    {
        Span<byte> head = stackalloc byte[2 * sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(head, key);
        BinaryPrimitives.WriteUInt16BigEndian(head[sizeof(ushort)..], (ushort)value.Length);
        wire.Write(head);
        wire.Write(value);
    }

    private static string Unquote(string text) => text is ['"', .., '"'] ? text[1..^1] : text;
}
