// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Wire;

/// <summary>Classes that the server knows by name (RFC 1035 §3.2.4); everything it serves is of the first.</summary>
internal static class RecordClass
{
    public const ushort Internet = 1;
    public const ushort Any = 255;
}
