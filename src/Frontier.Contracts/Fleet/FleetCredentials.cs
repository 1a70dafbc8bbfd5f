// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography.X509Certificates;

namespace Frontier.Contracts.Fleet;

/// <summary>What a process of the fleet shows to others, and by what it knows them.</summary>
/// <param name="Certificate">With its key. Secret.</param>
public sealed record FleetCredentials(FleetName Name, X509Certificate2 Certificate, FleetTrust Trust)
{
    /// <summary>Keeps the key out of logs.</summary>
    public override string ToString() => Name.ToString();
}
