// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Zones;

namespace Frontier.Dns.Server;

/// <summary>What every query reads. The feed alone writes; a query reads <see cref="Current"/> once and keeps what it got.</summary>
internal sealed class ServedZones
{
    private volatile ZoneSet _current = ZoneSet.Empty;

    public ZoneSet Current => _current;

    /// <summary>Whether zones have been heard of: before that, "not mine" would be a lie.</summary>
    public bool IsReady { get; private set; }

    public void Publish(ZoneSet zones)
    {
        _current = zones;
        IsReady = true;
    }
}
