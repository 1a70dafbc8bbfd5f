// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Http;

/// <summary>The methods a CDN tells apart; every other token, known to RFC 9110 or not, is <see cref="Other"/> (DP-4.4).</summary>
public enum RequestMethod
{
    Get,
    Head,
    Options,
    Post,
    Put,
    Patch,
    Delete,
    Other,
}

public static class RequestMethods
{
    /// <summary>Method tokens are case-sensitive (RFC 9110, section 9.1).</summary>
    public static RequestMethod Parse(ReadOnlySpan<char> token) => token switch
    {
        "GET" => RequestMethod.Get,
        "HEAD" => RequestMethod.Head,
        "OPTIONS" => RequestMethod.Options,
        "POST" => RequestMethod.Post,
        "PUT" => RequestMethod.Put,
        "PATCH" => RequestMethod.Patch,
        "DELETE" => RequestMethod.Delete,
        _ => RequestMethod.Other,
    };
}
