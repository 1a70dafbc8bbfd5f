// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;
using Frontier.Usage;

namespace Frontier.Edge.Delivery;

/// <summary>Fields that the edge itself adds to answers.</summary>
internal static class ObjectFields
{
    /// <summary>DP-16.11.</summary>
    public static void AcceptRanges(HeaderList headers)
    {
        if (!headers.Contains("accept-ranges"u8))
        {
            headers.Add("Accept-Ranges"u8, "bytes"u8);
        }
    }

    /// <summary>What tells where an answer comes from (§21.1), but for the request's id.</summary>
    public static void Identify(HeaderList headers, EdgeName name, ResultType result, string viaVersion)
    {
        Span<byte> text = stackalloc byte[64];
        headers.Set("X-Cache"u8, text[..Encoding.ASCII.GetBytes(result.CacheHeader, text)]);
        headers.Set("Via"u8, name.Via(viaVersion));
        headers.Set("X-Amz-Cf-Pop"u8, name.PopBytes);
    }
}
