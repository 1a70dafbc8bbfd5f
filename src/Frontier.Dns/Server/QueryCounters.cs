// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Wire;

namespace Frontier.Dns.Server;

/// <summary>What one responder has done. Written by one thread at a time, read by any.</summary>
internal sealed class QueryCounters
{
    /// <summary>Response codes from 0 to 16.</summary>
    private const int Codes = (int)ResponseCode.BadVersion + 1;

    private readonly long[] _byCode = new long[Codes];
    private long _silent;
    private long _dropped;
    private long _truncated;
    private long _stream;

    public void Count(ResponseCode code, bool isTruncated, bool isStream)
    {
        Add(ref _byCode[(int)code]);
        if (isTruncated)
        {
            Add(ref _truncated);
        }

        if (isStream)
        {
            Add(ref _stream);
        }
    }

    public void CountSilent() => Add(ref _silent);

    public void CountDropped() => Add(ref _dropped);

    public DnsStatistics Read() => new()
    {
        ByCode = [.. _byCode.Select(static (_, code) => code).Select(code => Volatile.Read(ref _byCode[code]))],
        Silent = Volatile.Read(ref _silent),
        Dropped = Volatile.Read(ref _dropped),
        Truncated = Volatile.Read(ref _truncated),
        OverTcp = Volatile.Read(ref _stream),
    };

    /// <summary>Nobody else writes, so that adding needs no interlocked operation; the write is volatile for those who read.</summary>
    private static void Add(ref long counter) => Volatile.Write(ref counter, counter + 1);
}
