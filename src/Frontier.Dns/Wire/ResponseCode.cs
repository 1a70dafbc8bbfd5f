// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Wire;

/// <summary>How a query ended (RFC 1035 §4.1.1 and IANA's registry). Those above 15 need EDNS to be said.</summary>
internal enum ResponseCode
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5,
    NotAuthenticated = 9,
    BadVersion = 16,
}
