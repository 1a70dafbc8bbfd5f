// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Matching;
using Frontier.Edge.Challenges;
using Frontier.Http;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// Answers certificate authorities for names under order (RFC 8555, section 8.3), before there is a distribution, a redirect or a cache. A token that
/// nobody waits for is a path as any other: origins have orders of their own.
/// </summary>
internal static class ChallengeStage
{
    private static ReadOnlySpan<byte> Prefix => "/.well-known/acme-challenge/"u8;

    /// <summary>Whether a request must not go straight on.</summary>
    public static bool MayBeOne(HttpExchange exchange, HeldChallenges challenges) => !challenges.IsEmpty && exchange.Request.Path.StartsWith(Prefix);

    public static EdgeAnswer? Answer(RequestContext context, HeldChallenges challenges)
    {
        if (!MayBeOne(context.Exchange, challenges) || context.Request.Method is not (RequestMethod.Get or RequestMethod.Head))
        {
            return null;
        }

        Span<char> name = stackalloc char[HostName.MaxLength];
        return HostName.TryNormalize(context.Request.Host, name, out var length)
            && challenges.FindHttp(name[..length].ToString(), Encoding.Latin1.GetString(context.Request.Path[Prefix.Length..])) is { } keyAuthorization
                ? EdgeAnswer.Challenge(keyAuthorization)
                : null;
    }
}
