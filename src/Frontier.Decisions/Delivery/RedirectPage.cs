// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Decisions.Delivery;

/// <summary>The redirect from http to https (DP-4.1): a body of exactly 167 bytes for 301.</summary>
public static class RedirectPage
{
    public static byte[] Render(int status)
    {
        var title = status == 301 ? "301 Moved Permanently" : "307 Temporary Redirect";
        return Encoding.ASCII.GetBytes(
            $"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n<hr><center>CloudFront</center>\r\n</body>\r\n</html>\r\n");
    }

    /// <summary>The same host, path and query under https; a port is written only where it is not 443.</summary>
    /// <param name="host">Lower-case host without port.</param>
    public static string Location(string host, int httpsPort, string target) =>
        httpsPort == 443 ? $"https://{host}{target}" : $"https://{host}:{httpsPort}{target}";
}
