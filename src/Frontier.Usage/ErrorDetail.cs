// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Usage;

/// <summary>What exactly went wrong, where the result is an error (§29.1, field 29); the member names are the words of the log.</summary>
public enum ErrorDetail
{
    None,
    Error,
    AbortedOrigin,
    ClientCommError,
    ClientHungUpRequest,
    InvalidRequest,
    InvalidRequestMethod,
    OriginCommError,
    OriginConnectError,
    OriginContentRangeLengthError,
    OriginDnsError,
    OriginError,
    OriginHeaderTooBigError,
    OriginInvalidResponseError,
    OriginReadError,
    OriginWriteError,
    CapacityExceeded,
    InternalError,
}
