// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http1;

/// <summary>Why the head of an HTTP/1.1 message was refused. What is doubtful is refused, never repaired: two readers that repair differently are how requests are smuggled.</summary>
public enum HeadRefusal
{
    None,

    /// <summary>Start line and fields are longer than <see cref="Http1Limits.HeadBytes"/>.</summary>
    TooBig,

    /// <summary>A line ended in LF without CR before it (RFC 9112, section 2.2 lets a recipient accept it; we do not).</summary>
    BareLineFeed,

    /// <summary>The start line is not three parts divided by single spaces.</summary>
    InvalidStartLine,

    /// <summary>The method is not a token (RFC 9110, section 9.1).</summary>
    InvalidMethod,

    /// <summary>The target has a space, a control, a <c>#</c> (DP-5.2), or a form that its method may not have (RFC 9112, section 3.2).</summary>
    InvalidTarget,

    /// <summary>Path and query are longer than <see cref="Http1Limits.TargetBytes"/> (DP-5.1).</summary>
    TargetTooLong,

    /// <summary>Neither HTTP/1.0 nor HTTP/1.1.</summary>
    UnsupportedVersion,

    /// <summary>The status is not three digits from 100 to 599 (RFC 9110, section 15).</summary>
    InvalidStatus,

    /// <summary>A field line without colon, or with a name that is no token.</summary>
    InvalidFieldName,

    /// <summary>White space between name and colon (RFC 9112, section 5.1).</summary>
    SpaceBeforeColon,

    /// <summary>A line begins with white space (RFC 9112, section 5.2, and section 2.2 for the first).</summary>
    ObsoleteFold,

    /// <summary>A control other than a tab stands in a value or reason phrase (RFC 9110, section 5.5).</summary>
    InvalidFieldValue,

    /// <summary>An HTTP/1.1 request without Host (RFC 9112, section 3.2).</summary>
    MissingHost,

    /// <summary>More than one Host field (§5).</summary>
    DuplicateHost,

    /// <summary>The host is empty, has bytes that no authority has, or differs from the target's.</summary>
    InvalidHost,
}
