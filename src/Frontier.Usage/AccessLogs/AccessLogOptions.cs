// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Usage.AccessLogs;

public sealed record AccessLogOptions
{
    public required string Directory { get; init; }

    /// <summary>
    /// Lines of one thread that wait to be written, in bytes, rounded up to a power of two; beyond that, lines are dropped and
    /// counted rather than requests slowed. Default 256 KiB: about 600 usual lines, and never less than two of the longest.
    /// </summary>
    public int ThreadBufferBytes { get; init; } = 256 * 1024;

    /// <summary>Threads that may record at the same time, and so the bound of all buffers together; the lines of more are dropped. Default 256, with 64 MiB.</summary>
    public int MaxThreads { get; init; } = 256;

    /// <summary>How long lines may gather, so that many share one write; a buffer that is half full ends it early. Default 100 ms.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>All files together; the oldest are deleted first. Default 1 GiB.</summary>
    public long TotalBytes { get; init; } = 1L << 30;
}
