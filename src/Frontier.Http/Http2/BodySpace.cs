// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>
/// What the bodies that wait for their handlers take of memory, over all connections of a server. Every window by itself is small;
/// thousands of connections that fill theirs for handlers that wait for something else would not be. Thread-safe.
/// </summary>
/// <param name="bytes">From here on connections that keep much are not to keep more.</param>
internal sealed class BodySpace(long bytes)
{
    private long _used;

    public bool IsShort => Volatile.Read(ref _used) > bytes;

    public long Used => Volatile.Read(ref _used);

    public void Add(int change) => Interlocked.Add(ref _used, change);
}
