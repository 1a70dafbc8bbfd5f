// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.FieldEncryption;

/// <summary>Which fields are encrypted, and with which key (<c>api.md</c> §6.15, DP-25.5).</summary>
internal sealed record FieldEncryptionProfileSettings(string Name, string CallerReference, string Comment, ImmutableArray<EncryptionEntity> Entities);

/// <param name="ProviderId">What the message names as the provider of the key (DP-25.8).</param>
/// <param name="FieldPatterns">Names of fields; one ending in <c>*</c> stands for all that begin so.</param>
internal sealed record EncryptionEntity(string PublicKeyId, string ProviderId, ImmutableArray<string> FieldPatterns);
