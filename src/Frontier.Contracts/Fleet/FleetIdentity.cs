// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Contracts.Fleet;

/// <summary>
/// The credentials of this process as they are now. Whoever renews them replaces them whole; each handshake reads them once. A connection
/// made before keeps those it was made with.
/// </summary>
public sealed class FleetIdentity(FleetCredentials credentials)
{
    private volatile FleetCredentials _current = credentials;

    public FleetCredentials Current => _current;

    public void Replace(FleetCredentials next) => _current = next;
}
