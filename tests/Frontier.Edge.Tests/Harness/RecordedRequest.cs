// SPDX-License-Identifier: Apache-2.0

using System.Net;
using System.Text;
using Frontier.Protocols.FieldEncryption;
using Frontier.Usage;
using HttpVersion = Frontier.Protocols.Http.HttpVersion;

namespace Frontier.Edge.Tests.Harness;

/// <summary>A copy of a record, as it was when the request ended, with the viewer's words as text.</summary>
internal sealed record RecordedRequest
{
    public required string RequestId { get; init; }

    public required string Method { get; init; }

    /// <summary>Who asked.</summary>
    public required IPEndPoint Client { get; init; }

    public required string Host { get; init; }

    public required string Path { get; init; }

    public required string? Query { get; init; }

    public required HttpVersion Version { get; init; }

    public required bool IsHttps { get; init; }

    public required CarriedProtocol Carries { get; init; }

    public required string? TlsProtocol { get; init; }

    public required string? TlsCipher { get; init; }

    public required int Status { get; init; }

    public required long BytesReceived { get; init; }

    public required long BytesSent { get; init; }

    public required ResultType ResponseResult { get; init; }

    public required ResultType Result { get; init; }

    public required ErrorDetail Detail { get; init; }

    public required MissReason MissReason { get; init; }

    public required long InvalidatedBy { get; init; }

    public required string? DistributionId { get; init; }

    public required string? DistributionDomain { get; init; }

    public required string? Uncacheable { get; init; }

    public required string? OriginHost { get; init; }

    public required string? Parent { get; init; }

    public required int? FailoverCode { get; init; }

    public required FieldEncryptionStatus FieldEncryption { get; init; }

    public required int? EncryptedFields { get; init; }

    public required long? RangeFirst { get; init; }

    public required long? RangeLast { get; init; }

    public static RecordedRequest Of(RequestRecord record) => new()
    {
        RequestId = record.RequestId,
        Method = record.Request.MethodToken,
        Client = new IPEndPoint(record.ClientAddress, record.ClientPort),
        Host = record.Request.Host,
        Path = Encoding.Latin1.GetString(record.Request.ReceivedPath),
        Query = record.Request.HasQuery ? Encoding.Latin1.GetString(record.Request.Query) : null,
        Version = record.Request.Version,
        IsHttps = record.Request.IsHttps,
        Carries = record.Carries,
        TlsProtocol = record.TlsProtocol,
        TlsCipher = record.TlsCipher,
        Status = record.Status,
        BytesReceived = record.BytesReceived,
        BytesSent = record.BytesSent,
        ResponseResult = record.ResponseResult,
        Result = record.Result,
        Detail = record.Detail,
        MissReason = record.MissReason,
        InvalidatedBy = record.InvalidatedBy,
        DistributionId = record.DistributionId,
        DistributionDomain = record.DistributionDomain,
        Uncacheable = record.Uncacheable,
        OriginHost = record.OriginHost,
        Parent = record.Parent,
        FailoverCode = record.FailoverCode,
        FieldEncryption = record.FieldEncryption,
        EncryptedFields = record.EncryptedFields,
        RangeFirst = record.RangeFirst,
        RangeLast = record.RangeLast,
    };
}
