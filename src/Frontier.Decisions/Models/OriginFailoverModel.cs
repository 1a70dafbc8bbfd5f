// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using Frontier.Contracts;

namespace Frontier.Decisions.Models;

/// <summary>The other half of an origin group: who answers instead of the primary, and when (DP-12.2).</summary>
public sealed class OriginFailoverModel(OriginGroupConfig config, OriginModel secondary)
{
    public string GroupId { get; } = config.Id;

    public OriginModel Secondary { get; } = secondary;

    /// <summary>The primary's statuses that count as failure. <see cref="Forwarding.Failover"/> says what failures without a status count as.</summary>
    public FrozenSet<int> Statuses { get; } = config.FailoverStatuses.ToFrozenSet();
}
