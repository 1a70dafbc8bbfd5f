// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Store;

namespace Frontier.Control.Auditing;

/// <summary>
/// The call that is being answered, for whoever makes a change to the store on its behalf. It flows with the call instead of
/// through every signature between the endpoint and the store, so that no operation can forget it on the way.
/// </summary>
internal static class AuditScope
{
    private static readonly AsyncLocal<AuditCall?> Flowing = new();

    /// <summary>Null outside of a call that may change something.</summary>
    public static AuditCall? Current => Flowing.Value;

    /// <summary>From here on, in this call and all it awaits.</summary>
    public static void Begin(AuditCall call) => Flowing.Value = call;
}
