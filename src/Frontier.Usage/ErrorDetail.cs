// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Usage;

/// <summary>What exactly went wrong, where the result is an error, and what else tells one answer from another (§29.1, field 29); the member names are the words of the log.</summary>
public enum ErrorDetail
{
    None,
    Error,
    AbortedOrigin,
    ClientCommError,
    ClientGeoBlocked,
    ClientHungUpRequest,
    InvalidRequest,
    InvalidRequestCertificate,
    InvalidRequestMethod,
    OriginCommError,
    OriginConnectError,
    OriginContentRangeLengthError,
    OriginDnsError,
    OriginError,

    /// <summary>An address that origins may not have; a word of ours, as CloudFront's origins are public.</summary>
    OriginForbiddenError,
    OriginHeaderTooBigError,
    OriginInvalidResponseError,
    OriginReadError,
    OriginWriteError,
    CapacityExceeded,
    InternalError,

    /// <summary>No error: Origin Shield had the answer (DP-26.4).</summary>
    OriginShieldHit,
}

public static class ErrorDetails
{
    extension(ErrorDetail detail)
    {
        /// <summary>The member's name. Written out, because the platform makes its names of members anew from time to time.</summary>
        public string LogName => detail switch
        {
            ErrorDetail.None => nameof(ErrorDetail.None),
            ErrorDetail.Error => nameof(ErrorDetail.Error),
            ErrorDetail.AbortedOrigin => nameof(ErrorDetail.AbortedOrigin),
            ErrorDetail.ClientCommError => nameof(ErrorDetail.ClientCommError),
            ErrorDetail.ClientGeoBlocked => nameof(ErrorDetail.ClientGeoBlocked),
            ErrorDetail.ClientHungUpRequest => nameof(ErrorDetail.ClientHungUpRequest),
            ErrorDetail.InvalidRequest => nameof(ErrorDetail.InvalidRequest),
            ErrorDetail.InvalidRequestCertificate => nameof(ErrorDetail.InvalidRequestCertificate),
            ErrorDetail.InvalidRequestMethod => nameof(ErrorDetail.InvalidRequestMethod),
            ErrorDetail.OriginCommError => nameof(ErrorDetail.OriginCommError),
            ErrorDetail.OriginConnectError => nameof(ErrorDetail.OriginConnectError),
            ErrorDetail.OriginContentRangeLengthError => nameof(ErrorDetail.OriginContentRangeLengthError),
            ErrorDetail.OriginDnsError => nameof(ErrorDetail.OriginDnsError),
            ErrorDetail.OriginError => nameof(ErrorDetail.OriginError),
            ErrorDetail.OriginForbiddenError => nameof(ErrorDetail.OriginForbiddenError),
            ErrorDetail.OriginHeaderTooBigError => nameof(ErrorDetail.OriginHeaderTooBigError),
            ErrorDetail.OriginInvalidResponseError => nameof(ErrorDetail.OriginInvalidResponseError),
            ErrorDetail.OriginReadError => nameof(ErrorDetail.OriginReadError),
            ErrorDetail.OriginWriteError => nameof(ErrorDetail.OriginWriteError),
            ErrorDetail.CapacityExceeded => nameof(ErrorDetail.CapacityExceeded),
            ErrorDetail.InternalError => nameof(ErrorDetail.InternalError),
            ErrorDetail.OriginShieldHit => nameof(ErrorDetail.OriginShieldHit),
        };
    }
}
