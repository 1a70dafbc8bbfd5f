// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Protocols.FieldEncryption;
using Frontier.Protocols.Http;

namespace Frontier.Usage;

/// <summary>
/// Everything worth knowing of one finished request. Access log, metrics, real-time log and usage meter are all derived from
/// it, so that they cannot disagree. Written by the request that owns it, and used again for the next one where its owner
/// likes: what the viewer said is not copied but read from <see cref="Request"/>, so that filling a record allocates nothing.
/// </summary>
public sealed class RequestRecord
{
    /// <summary>Of a content type, longer ones are cut. Those of the registry are shorter than 100 bytes with all their parameters.</summary>
    public const int MaxContentTypeBytes = 256;

    /// <summary>The longest form of an IPv6 address has 45 characters, its scope up to 11 more.</summary>
    private const int MaxAddressBytes = 64;

    private const int AddressAt = RequestIds.Length;
    private const int ContentTypeAt = AddressAt + MaxAddressBytes;

    private readonly byte[] _bytes = new byte[ContentTypeAt + MaxContentTypeBytes];
    private string? _requestId;
    private IPAddress? _writtenAddress;
    private int _addressLength;
    private int _contentTypeLength;

    /// <summary>What the viewer asked; the path of the log is <see cref="RequestHead.ReceivedPath"/>, from before the default root object.</summary>
    /// <exception cref="InvalidOperationException">The record has not begun.</exception>
    public RequestHead Request
    {
        get => field ?? throw new InvalidOperationException("This record belongs to no request yet.");
        set;
    }

    /// <summary><see cref="RequestIds.Length"/> characters of ASCII.</summary>
    public ReadOnlySpan<byte> RequestIdBytes => _bytes.AsSpan(0, RequestIds.Length);

    /// <summary>The id as text, made when it is asked for.</summary>
    public string RequestId => _requestId ??= Encoding.ASCII.GetString(RequestIdBytes);

    public DateTimeOffset StartedAt { get; set; }

    public DateTimeOffset EndedAt { get; set; }

    /// <summary>From the start until the first byte of the answer was handed to the connection.</summary>
    public TimeSpan TimeToFirstByte { get; set; }

    public TimeSpan TimeTaken => EndedAt - StartedAt;

    /// <summary>The point of presence.</summary>
    public string Pop { get; set; } = "";

    public IPAddress ClientAddress { get; set; } = IPAddress.None;

    /// <summary>The address as the log has it. It is written once for all requests that come with the same object, as those of one connection do.</summary>
    public ReadOnlySpan<byte> ClientAddressText
    {
        get
        {
            var text = _bytes.AsSpan(AddressAt, MaxAddressBytes);
            if (!ReferenceEquals(_writtenAddress, ClientAddress))
            {
                ClientAddress.TryFormat(text, out _addressLength);
                _writtenAddress = ClientAddress;
            }

            return text[.._addressLength];
        }
    }

    public int ClientPort { get; set; }

    /// <summary>WebSocket once the origin has accepted the handshake; gRPC from the request on.</summary>
    public CarriedProtocol Carries { get; set; }

    public string? TlsProtocol { get; set; }

    public string? TlsCipher { get; set; }

    /// <summary>Whether the distribution logs cookies.</summary>
    public bool LogsCookies { get; set; }

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

    /// <summary>The log sequence of the invalidation, where <see cref="MissReason"/> is <see cref="MissReason.Invalidated"/>; 0 where no invalidation did it.</summary>
    public long InvalidatedBy { get; set; }

    /// <summary>Why the answer was not stored; null when it was, or when nothing was asked of the origin.</summary>
    public string? Uncacheable { get; set; }

    public FieldEncryptionStatus FieldEncryption { get; set; }

    /// <summary>How many fields of a form were encrypted; null where none were to be (DP-25.11).</summary>
    public int? EncryptedFields { get; set; }

    /// <summary>The domain name of the origin that was asked last (<c>r-host</c>, §29.2); null when this request asked none.</summary>
    public string? OriginHost { get; set; }

    /// <summary>The cache above that answered what this request asked, as its tier and the machine's id; null where none did.</summary>
    public string? Parent { get; set; }

    /// <summary>The code for which the group's second origin was asked (<c>sr-reason</c>, DP-12.7); null without failover.</summary>
    public int? FailoverCode { get; set; }

    /// <summary>Of the answer; empty when it has none. At most <see cref="MaxContentTypeBytes"/>.</summary>
    public ReadOnlySpan<byte> ContentType => _bytes.AsSpan(ContentTypeAt, _contentTypeLength);

    /// <summary>Null when the length was not known.</summary>
    public long? ContentLength { get; set; }

    public long? RangeFirst { get; set; }

    public long? RangeLast { get; set; }

    public void NewRequestId()
    {
        RequestIds.Write(_bytes.AsSpan(0, RequestIds.Length));
        _requestId = null;
    }

    /// <summary>Goes by the id that a request has elsewhere.</summary>
    /// <param name="id">As long as <see cref="RequestIds.Length"/>.</param>
    public void SetRequestId(ReadOnlySpan<byte> id)
    {
        id.CopyTo(_bytes.AsSpan(0, RequestIds.Length));
        _requestId = null;
    }

    /// <summary>Goes by the id of another record, of which this one is a part.</summary>
    public void TakeRequestId(RequestRecord other)
    {
        other.RequestIdBytes.CopyTo(_bytes);
        _requestId = other._requestId;
    }

    /// <summary>Copies the answer's content type; empty for none.</summary>
    public void SetContentType(ReadOnlySpan<byte> value)
    {
        _contentTypeLength = Math.Min(value.Length, MaxContentTypeBytes);
        value[.._contentTypeLength].CopyTo(_bytes.AsSpan(ContentTypeAt));
    }

    /// <summary>Forgets how the request before went. Who asks, what, and since when is for the next one to fill in.</summary>
    public void Reset()
    {
        EndedAt = default;
        TimeToFirstByte = default;
        Carries = default;
        LogsCookies = false;
        DistributionId = DistributionDomain = "";
        BehaviorPattern = Uncacheable = OriginHost = Parent = null;
        Status = 0;
        BytesReceived = BytesSent = InvalidatedBy = 0;
        ResponseResult = Result = default;
        Detail = default;
        MissReason = default;
        FailoverCode = EncryptedFields = null;
        FieldEncryption = default;
        _contentTypeLength = 0;
        ContentLength = RangeFirst = RangeLast = null;
    }
}
