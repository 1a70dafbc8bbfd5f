// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Usage.Tests.AccessLogs;

/// <summary>Records as tests need them.</summary>
internal static class Records
{
    public static readonly DateTimeOffset Noon = new(2026, 8, 7, 12, 0, 0, TimeSpan.Zero);

    public static RequestRecord Of(string distributionId, string path = "/a", DateTimeOffset? endedAt = null) => new()
    {
        RequestId = "id==",
        StartedAt = (endedAt ?? Noon) - TimeSpan.FromMilliseconds(1_234),
        EndedAt = endedAt ?? Noon,
        Pop = "LCL50-C1",
        ClientAddress = IPAddress.Loopback,
        ClientPort = 50_000,
        DistributionId = distributionId,
        Method = "GET",
        Path = path,
        Status = 200,
    };
}
