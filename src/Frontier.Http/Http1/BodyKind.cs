// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http1;

/// <summary>How the end of a body is known (RFC 9112, section 6.3).</summary>
public enum BodyKind
{
    None,
    Length,
    Chunked,
    UntilClose,
}
