// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.FieldEncryption;

/// <summary>What field-level encryption made of a request (DP-25.11); the member names are the words of the log, <see cref="None"/> has none.</summary>
public enum FieldEncryptionStatus
{
    /// <summary>The behavior has no field-level encryption, or the request no body (DP-25.1).</summary>
    None,
    Processed,
    ForwardedByContentType,
    ForwardedDueToNoProfile,
    ForwardedByQueryArgs,
    RejectedByContentType,
    RejectedByQueryArgs,
    MalformedContentTypeClientError,
    MalformedQueryArgsClientError,
    MalformedInputClientError,
    FieldLengthLimitClientError,
    FieldNumberLimitClientError,
    RequestLengthLimitClientError,
    ServerError,
}

public static class FieldEncryptionStatuses
{
    extension(FieldEncryptionStatus status)
    {
        /// <summary>Whether the request may go to an origin, its fields encrypted or not.</summary>
        public bool MayPass => status is FieldEncryptionStatus.None or FieldEncryptionStatus.Processed or FieldEncryptionStatus.ForwardedByContentType
            or FieldEncryptionStatus.ForwardedDueToNoProfile or FieldEncryptionStatus.ForwardedByQueryArgs;

        /// <summary><c>fle-status</c> (§29.1, field 25); null for none.</summary>
        public string? LogName => status switch
        {
            FieldEncryptionStatus.None => null,
            FieldEncryptionStatus.Processed => nameof(FieldEncryptionStatus.Processed),
            FieldEncryptionStatus.ForwardedByContentType => nameof(FieldEncryptionStatus.ForwardedByContentType),
            FieldEncryptionStatus.ForwardedDueToNoProfile => nameof(FieldEncryptionStatus.ForwardedDueToNoProfile),
            FieldEncryptionStatus.ForwardedByQueryArgs => nameof(FieldEncryptionStatus.ForwardedByQueryArgs),
            FieldEncryptionStatus.RejectedByContentType => nameof(FieldEncryptionStatus.RejectedByContentType),
            FieldEncryptionStatus.RejectedByQueryArgs => nameof(FieldEncryptionStatus.RejectedByQueryArgs),
            FieldEncryptionStatus.MalformedContentTypeClientError => nameof(FieldEncryptionStatus.MalformedContentTypeClientError),
            FieldEncryptionStatus.MalformedQueryArgsClientError => nameof(FieldEncryptionStatus.MalformedQueryArgsClientError),
            FieldEncryptionStatus.MalformedInputClientError => nameof(FieldEncryptionStatus.MalformedInputClientError),
            FieldEncryptionStatus.FieldLengthLimitClientError => nameof(FieldEncryptionStatus.FieldLengthLimitClientError),
            FieldEncryptionStatus.FieldNumberLimitClientError => nameof(FieldEncryptionStatus.FieldNumberLimitClientError),
            FieldEncryptionStatus.RequestLengthLimitClientError => nameof(FieldEncryptionStatus.RequestLengthLimitClientError),
            FieldEncryptionStatus.ServerError => nameof(FieldEncryptionStatus.ServerError),
        };
    }
}
