// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>A change to what all processes of an installation hold in common under a name.</summary>
/// <param name="Expected">What it must be now; null for nothing yet.</param>
public sealed record SharedSwap(string Name, string? Expected, string Value)
{
    /// <summary>Whose change it is: an entry of the audit log is written with it. Null leaves no trace.</summary>
    public AuditCall? Audit { get; init; }
}
