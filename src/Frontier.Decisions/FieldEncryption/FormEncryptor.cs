// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Frontier.Decisions.Models;
using Frontier.Protocols.FieldEncryption;

namespace Frontier.Decisions.FieldEncryption;

/// <summary>
/// Encrypts the fields of one form while it streams through (DP-25.5 to DP-25.7). Every byte but the values of those fields comes out
/// as it went in; of such a value none does before all of it is there. Holds one value, at most <see cref="MaxFieldBytes"/>. Once
/// something is wrong, <see cref="Status"/> says what, and nothing more may be added.
/// </summary>
public sealed class FormEncryptor(FieldEncryptionProfileModel profile)
{
    /// <summary>DP-25.6: 1 MB.</summary>
    public const int MaxBodyBytes = 1_048_576;

    /// <summary>DP-25.6: 16 KB of a value, decoded.</summary>
    public const int MaxFieldBytes = 16_384;

    /// <summary>DP-25.6. A field that comes twice counts twice.</summary>
    public const int MaxFields = 10;

    private readonly byte[] _name = new byte[FieldPattern.MaxLength + 1];
    private readonly ArrayBufferWriter<byte> _message = new();
    private byte[] _value = [];
    private FormDecoder _decoder;
    private Part _part;
    private int _nameLength;
    private int _valueLength;
    private long _received;

    /// <summary><see cref="FieldEncryptionStatus.Processed"/> as long as nothing is wrong.</summary>
    public FieldEncryptionStatus Status { get; private set; } = FieldEncryptionStatus.Processed;

    /// <summary>How many were encrypted so far.</summary>
    public int EncryptedFields { get; private set; }

    /// <summary>The next bytes of the form. False when something is wrong with them; what was written then may go out, and no more.</summary>
    /// <exception cref="CryptographicException">The key cannot encrypt.</exception>
    public bool TryAdd(ReadOnlySpan<byte> bytes, IBufferWriter<byte> into)
    {
        _received += bytes.Length;
        if (_received > MaxBodyBytes)
        {
            return Fail(FieldEncryptionStatus.RequestLengthLimitClientError);
        }

        var copied = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var one = bytes[i];
            if (one == (byte)'&')
            {
                if (_decoder.IsEscaping)
                {
                    return Fail(FieldEncryptionStatus.MalformedInputClientError);
                }

                if (_part is Part.Held)
                {
                    EncryptHeld(into);
                    copied = i;
                }

                (_part, _nameLength) = (Part.Name, 0);
            }
            else if (one == (byte)'=' && _part is Part.Name && !_decoder.IsEscaping)
            {
                _part = profile.Encrypts(_name.AsSpan(0, _nameLength)) ? Part.Held : Part.Copied;
                if (_part is Part.Held)
                {
                    if (EncryptedFields == MaxFields)
                    {
                        return Fail(FieldEncryptionStatus.FieldNumberLimitClientError);
                    }

                    into.Write(bytes[copied..(i + 1)]);
                }
            }
            else if (!TryDecode(one))
            {
                return false;
            }
        }

        if (_part is not Part.Held)
        {
            into.Write(bytes[copied..]);
        }

        return true;
    }

    /// <summary>The form ends here. False when it may not.</summary>
    /// <exception cref="CryptographicException">The key cannot encrypt.</exception>
    public bool TryFinish(IBufferWriter<byte> into)
    {
        if (_decoder.IsEscaping)
        {
            return Fail(FieldEncryptionStatus.MalformedInputClientError);
        }

        if (_part is Part.Held)
        {
            EncryptHeld(into);
            _part = Part.Copied;
        }

        return true;
    }

    private bool TryDecode(byte one)
    {
        switch (_decoder.Add(one, out var meant))
        {
            case FormByte.Malformed:
                return Fail(FieldEncryptionStatus.MalformedInputClientError);
            case FormByte.Decoded when _part is Part.Name && _nameLength < _name.Length:
                _name[_nameLength++] = meant;
                return true;
            case FormByte.Decoded when _part is Part.Held:
                return TryHold(meant);
            default:
                return true;
        }
    }

    private bool TryHold(byte meant)
    {
        if (_valueLength == MaxFieldBytes)
        {
            return Fail(FieldEncryptionStatus.FieldLengthLimitClientError);
        }

        if (_valueLength == _value.Length)
        {
            var larger = new byte[Math.Clamp(_value.Length * 2, 256, MaxFieldBytes)];
            _value.CopyTo(larger, 0);
            CryptographicOperations.ZeroMemory(_value);
            _value = larger;
        }

        _value[_valueLength++] = meant;
        return true;
    }

    /// <summary>DP-25.7: base64, whose three special characters are escaped.</summary>
    private void EncryptHeld(IBufferWriter<byte> into)
    {
        _message.ResetWrittenCount();
        profile.Encrypt(_value.AsSpan(0, _valueLength), _message);
        Forget();
        EncryptedFields++;
        var text = new byte[Base64.GetMaxEncodedToUtf8Length(_message.WrittenCount)];
        Base64.EncodeToUtf8(_message.WrittenSpan, text, out _, out var length);
        var rest = text.AsSpan(0, length);
        while (rest.IndexOfAny("+/="u8) is >= 0 and var special)
        {
            into.Write(rest[..special]);
            into.Write(rest[special] switch { (byte)'+' => "%2B"u8, (byte)'/' => "%2F"u8, _ => "%3D"u8 });
            rest = rest[(special + 1)..];
        }

        into.Write(rest);
    }

    private bool Fail(FieldEncryptionStatus status)
    {
        Status = status;
        Forget();
        return false;
    }

    private void Forget()
    {
        CryptographicOperations.ZeroMemory(_value.AsSpan(0, _valueLength));
        _valueLength = 0;
    }

    private enum Part
    {
        Name,

        /// <summary>A value that goes out as it comes.</summary>
        Copied,

        /// <summary>A value that is to be encrypted.</summary>
        Held,
    }
}
