// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Http;

/// <summary>The version a message was received in, as a viewer's or an origin's connection speaks it.</summary>
public enum HttpVersion
{
    Http10,
    Http11,
    Http2,
    Http3,
}

public static class HttpVersions
{
    extension(HttpVersion version)
    {
        /// <summary>As in <c>Via</c> and <c>CloudFront-Viewer-Http-Version</c>: <c>1.0</c>, <c>1.1</c>, <c>2.0</c>, <c>3.0</c>.</summary>
        public string Number => version switch
        {
            HttpVersion.Http10 => "1.0",
            HttpVersion.Http11 => "1.1",
            HttpVersion.Http2 => "2.0",
            HttpVersion.Http3 => "3.0",
        };
    }
}
