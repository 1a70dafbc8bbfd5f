// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>A DNS node in service and what it acknowledged.</summary>
/// <param name="Position">How far it has applied the log of zones' changes.</param>
public sealed record DnsNodeRow(string NodeId, long Position);

/// <summary>What a DNS node last found of a health check.</summary>
/// <param name="Reason">For people.</param>
public sealed record HealthObservationRow(string NodeId, string HealthCheckId, bool IsHealthy, string Reason, DateTimeOffset ObservedAt);

/// <param name="Nodes">How many nodes said something of a check.</param>
/// <param name="Healthy">How many of them find it healthy.</param>
public sealed record HealthCount(long Nodes, long Healthy);
