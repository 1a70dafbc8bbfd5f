// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Server;

/// <summary>What becomes of an answer.</summary>
internal enum RateVerdict
{
    Send,

    /// <summary>Sent empty and truncated: a client that is there asks again over TCP.</summary>
    Slip,

    Drop,
}
