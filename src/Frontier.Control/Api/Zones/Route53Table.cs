// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Api.Zones;

/// <summary>The whole of Route 53's API as one table: what is answered, by whom, and what is recognised and not implemented.</summary>
internal static class Route53Table
{
    public static IReadOnlyList<Operation> Build(ZoneParts parts) =>
    [
        .. new HostedZoneOperations(parts).Table,
        .. new RecordSetOperations(parts).Table,
        .. new HealthCheckOperations(parts).Table,
        .. new ZoneTagOperations(parts).Table,
        .. new LimitOperations(parts).Table,
        .. new TestAnswerOperations(parts).Table,

        .. UnimplementedRoute53.All,
    ];
}
