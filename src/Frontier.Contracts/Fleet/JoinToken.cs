// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Frontier.Contracts.Fleet;

/// <summary>
/// What lets a machine into the fleet: a secret of 256 random bits, and the fingerprint of the authority that it is to meet. As text
/// <c>frontier-join-1.</c>, the secret in base64url, a dot, the fingerprint in hexadecimal digits.
/// </summary>
public sealed record JoinToken
{
    private const string Form = "frontier-join-1";
    private const int SecretBytes = 32;

    private JoinToken(string secret, string fingerprint) => (Secret, Fingerprint) = (secret, fingerprint);

    /// <summary>In base64url. Secret.</summary>
    public string Secret { get; }

    /// <summary><see cref="FleetTrust.FingerprintOf"/> of the authority.</summary>
    public string Fingerprint { get; }

    public static JoinToken New(string fingerprint) => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)), fingerprint);

    public static bool TryParse(string text, [NotNullWhen(true)] out JoinToken? token)
    {
        var isOne = text.Trim().Split('.') is [Form, var secret, var fingerprint]
            && fingerprint.Length == 2 * SHA256.HashSizeInBytes && fingerprint.All(char.IsAsciiHexDigitLower)
            && Base64Url.IsValid(secret, out var bytes) && bytes == SecretBytes
            ? new JoinToken(secret, fingerprint)
            : null;
        token = isOne;
        return isOne is not null;
    }

    /// <summary>What the control plane keeps of a secret: enough to know it again, too little to use it.</summary>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>All of it: for a file of its owner alone.</summary>
    public string ToText() => $"{Form}.{Secret}.{Fingerprint}";

    /// <summary>Keeps the secret out of logs.</summary>
    public override string ToString() => $"{Form}.….{Fingerprint}";
}
