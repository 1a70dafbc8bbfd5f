// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Access;

/// <summary>What becomes of a request that must be signed (§24). The viewer is told less than this: see <see cref="SignatureError"/>.</summary>
public enum SignatureVerdict
{
    Good,

    /// <summary>Neither query nor cookies name a key.</summary>
    MissingKey,

    /// <summary>DP-24.16.</summary>
    IncompleteCookies,

    /// <summary>The key is not of a key group that the behavior trusts (DP-24.3).</summary>
    UnknownKey,

    /// <summary>A query parameter stands there twice, and the two might differ.</summary>
    Repeated,

    /// <summary>DP-24.2.</summary>
    UnknownHash,

    MalformedSignature,
    MalformedPolicy,
    WrongResource,
    WrongAddress,
    NotYetValid,
    Expired,
    WrongSignature,
}
