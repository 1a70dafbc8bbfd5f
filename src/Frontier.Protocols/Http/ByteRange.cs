// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Frontier.Protocols.Http;

/// <summary>One satisfiable byte range of a body (RFC 9110, section 14.1.2). Both ends are inclusive.</summary>
public readonly record struct ByteRange(long First, long Last)
{
    public long Length => Last - First + 1;

    /// <summary>The value of Content-Range for a body of this length, e.g. <c>bytes 0-499/1234</c>.</summary>
    public string ContentRange(long bodyLength) =>
        string.Create(CultureInfo.InvariantCulture, $"bytes {First}-{Last}/{bodyLength}");

    /// <summary>The value of Content-Range of a 416 answer.</summary>
    public static string Unsatisfied(long bodyLength) => string.Create(CultureInfo.InvariantCulture, $"bytes */{bodyLength}");
}
