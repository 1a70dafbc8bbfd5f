// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http;

/// <summary>What one viewer may take of the server. Times are kept by a sweep once a second, so that they may last one longer.</summary>
public sealed record HttpServerLimits
{
    /// <summary>Viewers' connections, idle ones included; more are closed at once. Half of a usual limit of 32,768 descriptors, the rest is for origins and files.</summary>
    public int MaxConnections { get; init; } = 16_384;

    /// <summary>Without a request, while seven eighths of <see cref="MaxConnections"/> are taken: who rests makes room for who comes.</summary>
    public TimeSpan CrowdedKeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For a TLS handshake.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From a head's first byte to its last, and from a connection's beginning to its first head.</summary>
    public TimeSpan HeadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Without a request, after the first.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(130);

    /// <summary>How long a viewer may take nothing (nginx's <c>send_timeout</c>); at most <see cref="SendBytes"/> are waited for at once.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>With <see cref="SendTimeout"/> this asks about 1 KiB a second of a viewer.</summary>
    public int SendBytes { get; init; } = 64 * 1024;

    /// <summary>Bytes a second that a body must bring on average, once <see cref="BodyGrace"/> is over.</summary>
    public int BodyBytesPerSecond { get; init; } = 240;

    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long connections have to end in order when the server stops; what is left then is cut.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Request bodies that wait for their handlers, over all connections of HTTP/2: above it, streams of connections that keep much are reset.</summary>
    public long WaitingBodyBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Streams of one HTTP/2 connection at the same time (nginx's default).</summary>
    public int MaxStreams { get; init; } = 128;
}
