// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;
using Frontier.Protocols.SignedUrls;

namespace Frontier.Decisions.Access;

/// <summary>Takes what signs a URL off a request, before the key is built and the origin asked (DP-6.8, DP-24.13). The check reads it from the query as received.</summary>
public static class SigningParameters
{
    private const int OnStack = 1_024;

    /// <summary>Doing it again changes nothing.</summary>
    public static void TakeOff(RequestHead request)
    {
        var query = request.Query;
        if (!SignedQuery.IsSigned(query))
        {
            return;
        }

        var rest = query.Length <= OnStack ? stackalloc byte[OnStack] : new byte[query.Length];
        var hasQuery = SignedQuery.TryStrip(query, rest, out var length);
        request.SetQuery(rest[..length], hasQuery);
    }
}
