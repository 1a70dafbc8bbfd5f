// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using System.Text;
using Frontier.Protocols.Addresses;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Access;

/// <summary>Who the viewer is behind proxies that are trusted to say so: each appends to <c>X-Forwarded-For</c> whom it was asked by.</summary>
public static class ForwardedViewer
{
    /// <summary>The longest address with its brackets and port, and some blanks to spare.</summary>
    private const int LongestEntry = 64;

    /// <summary>
    /// The last address that is no trusted proxy's, read from the end: what stands before it was written by whoever has that
    /// address. Where all are trusted, the first; where something is no address, the one behind it. Null without any.
    /// </summary>
    /// <returns>With port 0 where none was told.</returns>
    public static IPEndPoint? Find(HeaderList headers, ImmutableArray<IPNetwork> proxies)
    {
        IPEndPoint? viewer = null;
        for (var index = headers.Count - 1; index >= 0; index--)
        {
            var rest = headers.NameIs(index, "x-forwarded-for"u8) ? headers.Value(index) : default;
            while (!rest.IsEmpty)
            {
                var comma = rest.LastIndexOf((byte)',');
                var entry = rest[(comma + 1)..].Trim(" \t"u8);
                rest = rest[..Math.Max(comma, 0)];
                if (entry.IsEmpty)
                {
                    continue; // RFC 9110, section 5.6.1.2
                }

                if (!TryRead(entry, out var told))
                {
                    return viewer;
                }

                viewer = told;
                if (!Networks.Contain(proxies, told.Address))
                {
                    return viewer;
                }
            }
        }

        return viewer;
    }

    /// <summary>An address, or one with its port: <c>192.0.2.1</c>, <c>192.0.2.1:443</c>, <c>2001:db8::1</c>, <c>[2001:db8::1]:443</c>.</summary>
    private static bool TryRead(ReadOnlySpan<byte> entry, out IPEndPoint told)
    {
        told = null!;
        if (entry.Length > LongestEntry || entry.Contains((byte)'%'))
        {
            return false;
        }

        Span<char> text = stackalloc char[LongestEntry];
        text = text[..Encoding.Latin1.GetChars(entry, text)];
        if (!IPEndPoint.TryParse(text, out var parsed))
        {
            return false;
        }

        told = parsed;
        return parsed.Address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 || IsDotted(text, parsed.Address);
    }

    /// <summary>The platform reads <c>1</c>, <c>0x7f.1</c> and <c>010.0.0.1</c> as addresses too; who else reads them may come to others.</summary>
    private static bool IsDotted(ReadOnlySpan<char> text, IPAddress address)
    {
        Span<char> plain = stackalloc char[LongestEntry];
        return address.TryFormat(plain, out var written)
            && text.StartsWith(plain[..written])
            && (text.Length == written || text[written] == ':');
    }
}
