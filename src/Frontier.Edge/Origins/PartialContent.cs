// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Text;
using Frontier.Http.Http1;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Origins;

/// <summary>Whether a 206 says the same of its length twice (DP-16.10).</summary>
internal static class PartialContent
{
    /// <summary>True when Content-Range names another number of bytes than Content-Length. What has only one of them contradicts nothing.</summary>
    public static bool Contradicts(ResponseHead head, MessageFraming framing)
    {
        if (head.Status != 206 || framing.Kind is not BodyKind.Length || !head.Headers.TryGet("content-range"u8, out var field))
        {
            return false;
        }

        var text = Encoding.Latin1.GetString(field);
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return text.StartsWith("bytes ", StringComparison.OrdinalIgnoreCase) && dash > 6 && slash > dash
            && long.TryParse(text.AsSpan(6, dash - 6), NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && long.TryParse(text.AsSpan(dash + 1, slash - dash - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && last - first + 1 != framing.Length;
    }
}
