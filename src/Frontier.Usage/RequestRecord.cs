// SPDX-License-Identifier: Apache-2.0

using System.Net;
using HttpVersion = Frontier.Protocols.Http.HttpVersion;

namespace Frontier.Usage;

/// <summary>
/// Everything worth knowing of one finished request. Access log, metrics, real-time log and usage meter are all derived from
/// it, so that they cannot disagree. Written by the request that owns it, then handed over and never changed again.
/// </summary>
public sealed class RequestRecord
{
    public required string RequestId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset EndedAt { get; set; }

    /// <summary>From the start until the first byte of the answer was handed to the connection.</summary>
    public TimeSpan TimeToFirstByte { get; set; }

    public TimeSpan TimeTaken => EndedAt - StartedAt;

    /// <summary>The point of presence.</summary>
    public required string Pop { get; init; }

    public required IPAddress ClientAddress { get; init; }

    public required int ClientPort { get; init; }

    public string Method { get; set; } = "";

    /// <summary>As requested, before the default root object.</summary>
    public string Path { get; set; } = "";

    /// <summary>Null for a target without a question mark.</summary>
    public string? Query { get; set; }

    /// <summary>The viewer's Host.</summary>
    public string Host { get; set; } = "";

    public HttpVersion Version { get; set; }

    public bool IsHttps { get; set; }

    /// <summary>WebSocket once the origin has accepted the handshake; gRPC from the request on.</summary>
    public CarriedProtocol Carries { get; set; }

    public string? TlsProtocol { get; set; }

    public string? TlsCipher { get; set; }

    public string? Referer { get; set; }

    public string? UserAgent { get; set; }

    /// <summary>Null unless the distribution logs cookies.</summary>
    public string? Cookie { get; set; }

    public string? ForwardedFor { get; set; }

    /// <summary>Empty for a host that belongs to no distribution: such a request is counted, not logged.</summary>
    public string DistributionId { get; set; } = "";

    public string DistributionDomain { get; set; } = "";

    public string? BehaviorPattern { get; set; }

    /// <summary>0 when the viewer left before an answer.</summary>
    public int Status { get; set; }

    /// <summary>Header and body, in bytes, received from the viewer.</summary>
    public long BytesReceived { get; set; }

    /// <summary>Header and body, in bytes, sent to the viewer.</summary>
    public long BytesSent { get; set; }

    /// <summary>As it looked just before the answer was sent.</summary>
    public ResultType ResponseResult { get; set; }

    /// <summary>As it turned out after the last byte.</summary>
    public ResultType Result { get; set; }

    public ErrorDetail Detail { get; set; }

    public MissReason MissReason { get; set; }

    /// <summary>The log sequence of the invalidation, where <see cref="MissReason"/> is <see cref="MissReason.Invalidated"/>.</summary>
    public long InvalidatedBy { get; set; }

    /// <summary>Why the answer was not stored; null when it was, or when nothing was asked of the origin.</summary>
    public string? Uncacheable { get; set; }

    /// <summary>The domain name of the origin that was asked last (<c>r-host</c>, §29.2); null when this request asked none.</summary>
    public string? OriginHost { get; set; }

    /// <summary>The code for which the group's second origin was asked (<c>sr-reason</c>, DP-12.7); null without failover.</summary>
    public int? FailoverCode { get; set; }

    public string? ContentType { get; set; }

    /// <summary>Null when the length was not known.</summary>
    public long? ContentLength { get; set; }

    public long? RangeFirst { get; set; }

    public long? RangeLast { get; set; }
}
