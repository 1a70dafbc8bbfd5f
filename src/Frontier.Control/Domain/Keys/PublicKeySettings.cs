// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Keys;

/// <summary>A public key (<c>api.md</c> §6.9): who signs URLs with its other half, or reads what is encrypted with it.</summary>
/// <param name="EncodedKey">PEM, as the caller sent it.</param>
internal sealed record PublicKeySettings(string CallerReference, string Name, string EncodedKey, string Comment);
