// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Http.Http1;

internal static class StartLine
{
    /// <summary>HTTP-version (RFC 9112, section 2.3): case-sensitive, and only the two versions this codec speaks.</summary>
    public static bool TryParseVersion(ReadOnlySpan<byte> text, out HttpVersion version)
    {
        version = text.SequenceEqual("HTTP/1.0"u8) ? HttpVersion.Http10 : HttpVersion.Http11;
        return version is HttpVersion.Http10 || text.SequenceEqual("HTTP/1.1"u8);
    }
}
