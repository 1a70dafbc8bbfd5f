// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Protocols.Http;

/// <summary>
/// Reads a dictionary of structured fields (RFC 8941, section 3.2) as far as cache directives need it: values are integers,
/// tokens, strings and booleans; parameters are read and dropped. One fault anywhere makes the whole unreadable.
/// </summary>
public ref struct StructuredDictionary
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>The members in order, the last of one key counting; a boolean is <c>?1</c> or <c>?0</c>, a key alone is <c>?1</c>. A string keeps its quotes but not its escapes, so that it is no number.</summary>
    public static bool TryRead(ReadOnlySpan<byte> field, out IReadOnlyList<KeyValuePair<string, string>> members)
    {
        var read = new List<KeyValuePair<string, string>>();
        members = read;
        var reader = new StructuredDictionary { _rest = field.Trim((byte)' ') };
        while (!reader._rest.IsEmpty)
        {
            if (!reader.TryMember(out var member))
            {
                return false;
            }

            read.RemoveAll(earlier => earlier.Key == member.Key);
            read.Add(member);
            reader._rest = reader._rest.TrimStart(" \t"u8);
            if (reader._rest.IsEmpty)
            {
                return true;
            }

            if (reader._rest[0] != ',')
            {
                return false;
            }

            reader._rest = reader._rest[1..].TrimStart(" \t"u8);
            if (reader._rest.IsEmpty)
            {
                return false; // a comma with nothing behind it
            }
        }

        return true;
    }

    private bool TryMember(out KeyValuePair<string, string> member)
    {
        member = default;
        if (!TryKey(out var key))
        {
            return false;
        }

        var value = "?1";
        if (_rest is [(byte)'=', ..])
        {
            _rest = _rest[1..];
            if (!TryItem(out value))
            {
                return false;
            }
        }

        member = new KeyValuePair<string, string>(key, value);
        return TrySkipParameters();
    }

    private bool TryKey(out string key)
    {
        var length = 0;
        while (length < _rest.Length && (char.IsAsciiLetterLower((char)_rest[length]) || _rest[length] == '*'
            || (length > 0 && (char.IsAsciiDigit((char)_rest[length]) || _rest[length] is (byte)'_' or (byte)'-' or (byte)'.'))))
        {
            length++;
        }

        return Take(length, out key);
    }

    private bool TryItem(out string value)
    {
        value = "";
        switch (_rest)
        {
            case [(byte)'"', ..]:
                return TryString(out value);
            case [(byte)'?', (byte)'0' or (byte)'1', ..]:
                return Take(2, out value);
            case [(byte)'-' or (>= (byte)'0' and <= (byte)'9'), ..]:
                return TryInteger(out value);
            case [(byte)'*' or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z'), ..]:
                var end = _rest.IndexOfAny(" \t,;="u8);
                return Take(end < 0 ? _rest.Length : end, out value);
            default:
                return false; // decimals, bytes and inner lists mean nothing to a cache
        }
    }

    private bool TryInteger(out string value)
    {
        var sign = _rest[0] == '-' ? 1 : 0;
        var digits = _rest[sign..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var end ? end : _rest.Length - sign;
        value = "";
        return digits is > 0 and <= 15 && Take(sign + digits, out value) && _rest is not [(byte)'.', ..];
    }

    private bool TryString(out string value)
    {
        var text = new StringBuilder();
        value = "";
        for (var i = 1; i < _rest.Length; i++)
        {
            switch (_rest[i])
            {
                case (byte)'"':
                    value = $"\"{text}\"";
                    _rest = _rest[(i + 1)..];
                    return true;
                case (byte)'\\' when i + 1 < _rest.Length && _rest[i + 1] is (byte)'"' or (byte)'\\':
                    text.Append((char)_rest[++i]);
                    break;
                case < 0x20 or >= 0x7f or (byte)'\\':
                    return false;
                default:
                    text.Append((char)_rest[i]);
                    break;
            }
        }

        return false;
    }

    private bool TrySkipParameters()
    {
        while (_rest is [(byte)';', ..])
        {
            _rest = _rest[1..].TrimStart((byte)' ');
            if (!TryKey(out _))
            {
                return false;
            }

            if (_rest is [(byte)'=', ..])
            {
                _rest = _rest[1..];
                if (!TryItem(out _))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool Take(int length, out string text)
    {
        text = Encoding.ASCII.GetString(_rest[..length]);
        _rest = _rest[length..];
        return length > 0;
    }
}
