// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Http.Http1;
using Frontier.Protocols.Http;

namespace Frontier.Http;

/// <summary>
/// Whether a request head could be written to an origin as it stands. Servers differ in what they let in; what we could not
/// send on must be refused before anything is decided by it, or the refusal would look like the origin's failure.
/// </summary>
public static class RequestSoundness
{
    /// <summary>In HTTP/2, where connections need no fields, each makes a request malformed (RFC 9113, section 8.2.2).</summary>
    private static readonly byte[][] OfConnections =
        ["connection"u8.ToArray(), "keep-alive"u8.ToArray(), "proxy-connection"u8.ToArray(), "transfer-encoding"u8.ToArray(), "upgrade"u8.ToArray()];

    public static bool IsSound(RequestHead request) =>
        Http1Bytes.IsToken(Encoding.Latin1.GetBytes(request.MethodToken)) && Http1Bytes.IsTarget(request.Target) && IsSound(request.Headers, request.Version);

    /// <summary>The same of fields alone, such as trailers.</summary>
    /// <param name="version">By which they came.</param>
    public static bool IsSound(HeaderList fields, HttpVersion version)
    {
        var isFramed = version is HttpVersion.Http2 or HttpVersion.Http3;
        for (var i = 0; i < fields.Count; i++)
        {
            var name = fields.Name(i);
            var value = fields.Value(i);
            if (!Http1Bytes.IsToken(name) || !Http1Bytes.IsValue(value) || (isFramed && (IsOfConnections(name, value) || HasOuterSpace(value))))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOfConnections(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        foreach (var field in OfConnections)
        {
            if (Ascii.EqualsIgnoreCase(field, name))
            {
                return true;
            }
        }

        return Ascii.EqualsIgnoreCase(name, "te"u8) && !Ascii.EqualsIgnoreCase(value, "trailers"u8);
    }

    /// <summary>What an origin would trim and the key would not (RFC 9113, section 8.2.1).</summary>
    private static bool HasOuterSpace(ReadOnlySpan<byte> value) => value is [(byte)' ' or (byte)'\t', ..] or [.., (byte)' ' or (byte)'\t'];
}
