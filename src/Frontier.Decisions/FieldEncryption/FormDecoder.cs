// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.FieldEncryption;

/// <summary>What one byte of an encoded form came to.</summary>
internal enum FormByte
{
    Decoded,

    /// <summary>Part of an escape that has not ended.</summary>
    Escaping,

    /// <summary>A percent sign without two hexadecimal digits.</summary>
    Malformed,
}

/// <summary>Decodes <c>application/x-www-form-urlencoded</c> byte by byte (URL Standard, section 5.1): percent escapes, and <c>+</c> for a space.</summary>
internal struct FormDecoder
{
    private int _digitsLeft;
    private int _escaped;

    /// <summary>Whether an escape has begun and not ended.</summary>
    public readonly bool IsEscaping => _digitsLeft > 0;

    public FormByte Add(byte one, out byte meant)
    {
        meant = one == (byte)'+' ? (byte)' ' : one;
        if (_digitsLeft == 0)
        {
            _digitsLeft = one == (byte)'%' ? 2 : 0;
            return _digitsLeft == 0 ? FormByte.Decoded : FormByte.Escaping;
        }

        if (!char.IsAsciiHexDigit((char)one))
        {
            return FormByte.Malformed;
        }

        _escaped = ((_escaped << 4) | HexValue(one)) & 0xFF;
        meant = (byte)_escaped;
        return --_digitsLeft == 0 ? FormByte.Decoded : FormByte.Escaping;
    }

    private static int HexValue(byte digit) => digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
