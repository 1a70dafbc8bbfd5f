// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Http.Http1;

/// <summary>One field line (RFC 9112, section 5).</summary>
internal static class FieldLine
{
    /// <summary>Adds the field of a line without CRLF, its value without the white space around it.</summary>
    public static HeadRefusal Add(ReadOnlySpan<byte> line, HeaderList headers)
    {
        if (line[0] is (byte)' ' or (byte)'\t')
        {
            return HeadRefusal.ObsoleteFold;
        }

        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
        {
            return HeadRefusal.InvalidFieldName;
        }

        var name = line[..colon];
        if (name[^1] is (byte)' ' or (byte)'\t')
        {
            return HeadRefusal.SpaceBeforeColon;
        }

        var value = line[(colon + 1)..].Trim(" \t"u8);
        if (!Http1Bytes.IsToken(name))
        {
            return HeadRefusal.InvalidFieldName;
        }

        if (!Http1Bytes.IsValue(value))
        {
            return HeadRefusal.InvalidFieldValue;
        }

        headers.Add(name, value);
        return HeadRefusal.None;
    }
}
