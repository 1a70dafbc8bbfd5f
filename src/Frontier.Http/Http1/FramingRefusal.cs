// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http1;

/// <summary>Why the framing of a message was refused; such a message's connection must be closed.</summary>
public enum FramingRefusal
{
    None,

    /// <summary>Content-Length is not one decimal number below 2^63.</summary>
    InvalidContentLength,

    /// <summary>More than one Content-Length, as fields or as a list, equal or not (RFC 9110, section 8.6 lets a recipient accept equal ones; we do not).</summary>
    DuplicateContentLength,

    /// <summary>Transfer-Encoding is anything but one <c>chunked</c> (§21.2).</summary>
    UnsupportedTransferEncoding,

    /// <summary>Both fields (RFC 9112, section 6.3: "might indicate an attempt to perform request smuggling").</summary>
    LengthAndTransferEncoding,

    /// <summary>HTTP/1.0 has no transfer codings (RFC 9112, section 6.1).</summary>
    TransferEncodingInHttp10,
}
