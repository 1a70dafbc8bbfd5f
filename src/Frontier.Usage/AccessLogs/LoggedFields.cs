// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Usage.AccessLogs;

/// <summary>Where in a request the first of each field stands that is logged, found in one walk; -1 for one that is not there.</summary>
internal readonly record struct LoggedFields(int Cookie, int Referer, int UserAgent, int ForwardedFor)
{
    public static LoggedFields Of(HeaderList headers)
    {
        var (cookie, referer, userAgent, forwardedFor) = (-1, -1, -1, -1);
        for (var i = headers.Count - 1; i >= 0; i--)
        {
            var name = headers.Name(i);
            switch (name.Length)
            {
                case 6 when Ascii.EqualsIgnoreCase(name, "cookie"u8):
                    cookie = i;
                    break;
                case 7 when Ascii.EqualsIgnoreCase(name, "referer"u8):
                    referer = i;
                    break;
                case 10 when Ascii.EqualsIgnoreCase(name, "user-agent"u8):
                    userAgent = i;
                    break;
                case 15 when Ascii.EqualsIgnoreCase(name, "x-forwarded-for"u8):
                    forwardedFor = i;
                    break;
            }
        }

        return new LoggedFields(cookie, referer, userAgent, forwardedFor);
    }
}
