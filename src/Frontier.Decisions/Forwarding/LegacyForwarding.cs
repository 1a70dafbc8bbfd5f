// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Forwarding;

/// <summary>
/// Which of a viewer's headers legacy ForwardedValues sends without being told to: the default column of §10.2. What no
/// configuration forwards is <see cref="OriginHeaders"/>' business, and so are cookies and Accept-Encoding, which have rules of their own.
/// </summary>
public static class LegacyForwarding
{
    private static readonly byte[][] Removed =
    [
        "accept"u8.ToArray(), "accept-charset"u8.ToArray(), "accept-encoding"u8.ToArray(), "accept-language"u8.ToArray(), "cookie"u8.ToArray(), "expect"u8.ToArray(),
        "host"u8.ToArray(), "referer"u8.ToArray(), "user-agent"u8.ToArray(), "x-forwarded-proto"u8.ToArray(), "x-http-method-override"u8.ToArray(), "x-real-ip"u8.ToArray(),
    ];

    /// <param name="cachesOptions">Whether OPTIONS is among the behavior's cached methods.</param>
    public static bool Forwards(ReadOnlySpan<byte> name, RequestMethod method, bool cachesOptions)
    {
        if (Ascii.EqualsIgnoreCase(name, "authorization"u8))
        {
            return method switch
            {
                RequestMethod.Get or RequestMethod.Head => false,
                RequestMethod.Options => !cachesOptions,
                RequestMethod.Post or RequestMethod.Put or RequestMethod.Patch or RequestMethod.Delete or RequestMethod.Other => true,
            };
        }

        foreach (var removed in Removed)
        {
            if (Ascii.EqualsIgnoreCase(removed, name))
            {
                return false;
            }
        }

        return true;
    }
}
