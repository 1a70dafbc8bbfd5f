// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Acme;

/// <summary>An account elsewhere, and the key by which it is proved.</summary>
/// <param name="MacKey">Secret.</param>
public sealed record AcmeExternalAccount(string KeyId, ReadOnlyMemory<byte> MacKey)
{
    /// <summary>Keeps the key out of logs.</summary>
    public override string ToString() => $"AcmeExternalAccount {KeyId}";
}
