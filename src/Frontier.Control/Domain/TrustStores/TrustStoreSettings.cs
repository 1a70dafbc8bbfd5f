// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.TrustStores;

/// <summary>Authorities whose certificates of viewers count (<c>api.md</c> §6.25).</summary>
/// <param name="Certificates">Each DER in base64, in the bundle's order.</param>
internal sealed record TrustStoreSettings(string Name, ImmutableArray<string> Certificates)
{
    /// <summary>The one status there is: the bundle is read before the store exists, so nobody sees it pending or failed.</summary>
    public const string Active = "active";
}
