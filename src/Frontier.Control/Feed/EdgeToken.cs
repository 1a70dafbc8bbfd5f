// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;
using Microsoft.AspNetCore.Http;

namespace Frontier.Control.Feed;

/// <summary>Whether a request comes from an edge of this installation, which shows the token that all of them have.</summary>
internal static class EdgeToken
{
    /// <summary>The status to answer with, and nothing else; null for an edge's POST.</summary>
    public static int? Refuse(HttpRequest request, ControlOptions options) =>
        !HttpMethods.IsPost(request.Method) ? StatusCodes.Status405MethodNotAllowed
        : !SignatureVerifier.FixedTimeEquals("Bearer " + options.EdgeToken, request.Headers.Authorization.ToString()) ? StatusCodes.Status401Unauthorized
        : null;
}
