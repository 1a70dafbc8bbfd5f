// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;

namespace Frontier.Control.Domain.OriginAccess;

/// <summary>How the edge proves to an origin who asks (API-6.14, DP-13.8).</summary>
internal sealed record OriginAccessControlSettings(string Name, string Description, string SigningProtocol, string SigningBehavior, string OriginType)
{
    public OriginSigningBehavior Signing => SigningBehavior switch
    {
        "never" => OriginSigningBehavior.Never,
        "no-override" => OriginSigningBehavior.NoOverride,
        "always" => OriginSigningBehavior.Always,
        _ => throw new InvalidOperationException($"'{SigningBehavior}' is no signing behavior."),
    };
}
