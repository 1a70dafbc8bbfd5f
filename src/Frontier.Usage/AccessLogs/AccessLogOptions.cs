// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Usage.AccessLogs;

public sealed record AccessLogOptions
{
    public required string Directory { get; init; }

    /// <summary>Lines waiting to be written; beyond that, lines are dropped and counted rather than requests slowed. Default 65,536.</summary>
    public int QueueLength { get; init; } = 65_536;

    /// <summary>All files together; the oldest are deleted first. Default 1 GiB.</summary>
    public long TotalBytes { get; init; } = 1L << 30;
}
