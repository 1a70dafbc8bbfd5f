// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http1;

/// <summary>Why a request's head was not written: on the wire it would have been another message than it is in memory.</summary>
public enum HeadWriteRefusal
{
    None,

    /// <summary>Not a token.</summary>
    InvalidMethod,

    /// <summary>Empty, or with a space, a control or a <c>#</c>.</summary>
    InvalidTarget,

    /// <summary>Not a token.</summary>
    InvalidFieldName,

    /// <summary>With a control other than a tab.</summary>
    InvalidFieldValue,

    /// <summary>Connection, Content-Length or Transfer-Encoding, which the writer alone decides.</summary>
    FramingField,
}
