// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Delivery;

/// <summary>The body of an answer to several ranges: <c>multipart/byteranges</c> (RFC 9110, section 14.6; DP-16.4).</summary>
internal sealed class MultipartRanges
{
    private readonly string _boundary = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    public MultipartRanges(IReadOnlyList<ByteRange> ranges, string? contentType, long bodyLength)
    {
        Parts = [.. ranges.Select(range => (Encoding.Latin1.GetBytes(Preface(range, contentType, bodyLength)), range))];
        Closing = Encoding.ASCII.GetBytes($"\r\n--{_boundary}--\r\n");
        Length = Parts.Sum(part => part.Preface.Length + part.Range.Length) + Closing.Length;
    }

    public string ContentType => $"multipart/byteranges; boundary={_boundary}";

    /// <summary>What comes before each run of the body's bytes, and which run.</summary>
    public IReadOnlyList<(byte[] Preface, ByteRange Range)> Parts { get; }

    public byte[] Closing { get; }

    /// <summary>Of the whole, in bytes.</summary>
    public long Length { get; }

    private string Preface(ByteRange range, string? contentType, long bodyLength) => string.Create(
        CultureInfo.InvariantCulture,
        $"\r\n--{_boundary}\r\n{(contentType is null ? "" : $"Content-Type: {contentType}\r\n")}Content-Range: {range.ContentRange(bodyLength)}\r\n\r\n");
}
