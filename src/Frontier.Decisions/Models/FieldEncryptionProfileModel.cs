// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Frontier.Contracts;
using Frontier.Protocols.FieldEncryption;

namespace Frontier.Decisions.Models;

/// <summary>Which fields are encrypted, and the key that does it (DP-25.5, DP-25.8). Thread-safe.</summary>
/// <param name="key">Of RSA.</param>
public sealed class FieldEncryptionProfileModel(FieldEncryptionProfileConfig config, TrustedKey key)
{
    private readonly byte[] _providerId = Encoding.UTF8.GetBytes(config.ProviderId);
    private readonly byte[] _keyName = Encoding.UTF8.GetBytes(config.KeyName);
    private readonly ImmutableArray<FieldPattern> _patterns = [.. config.FieldPatterns.Select(static pattern => new FieldPattern(pattern))];

    public string Id { get; } = config.Id;

    public TrustedKey Key { get; } = key;

    /// <param name="name">Decoded.</param>
    public bool Encrypts(ReadOnlySpan<byte> name)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the value as a message that only the key's owner can read, each time under a data key of its own.</summary>
    /// <exception cref="CryptographicException">The key cannot encrypt.</exception>
    public void Encrypt(ReadOnlySpan<byte> value, IBufferWriter<byte> into)
    {
        Span<byte> dataKey = stackalloc byte[EncryptedMessage.DataKeyBytes];
        Span<byte> messageId = stackalloc byte[EncryptedMessage.MessageIdBytes];
        Span<byte> wrapped = stackalloc byte[Key.RsaBytes];
        RandomNumberGenerator.Fill(dataKey);
        RandomNumberGenerator.Fill(messageId);
        try
        {
            Key.Encrypt(dataKey, wrapped);
            var length = EncryptedMessage.LengthOf(_providerId.Length, _keyName.Length, wrapped.Length, value.Length);
            EncryptedMessage.Write(_providerId, _keyName, wrapped, dataKey, messageId, value, into.GetSpan(length)[..length]);
            into.Advance(length);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(dataKey);
        }
    }
}
