// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Freshness;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Planning;

/// <summary>
/// Between what an object's time to live lies, since a log does not tell what the origin said of it: what
/// <see cref="TimeToLive"/> makes of some typical answers. Seconds; null where it is not stored.
/// </summary>
/// <param name="Silent">Where the origin says nothing.</param>
/// <param name="Least">Where it says <c>max-age=0</c>.</param>
/// <param name="Most">Where it says <c>max-age</c> of ten years.</param>
/// <param name="Forbidden">Where it says <c>no-store</c>.</param>
public sealed record TtlBounds(long? Silent = null, long? Least = null, long? Most = null, long? Forbidden = null)
{
    /// <param name="status">The origin's.</param>
    public static TtlBounds Of(RequestMethod method, int status, DistributionModel distribution, BehaviorModel behavior) => new(
        Decide(null, method, status, distribution, behavior), Decide("max-age=0", method, status, distribution, behavior),
        Decide("max-age=315360000", method, status, distribution, behavior), Decide("no-store", method, status, distribution, behavior));

    public override string ToString() => $"{Word(Silent)}, between {Word(Least)} and {Word(Most)} as the origin says, {Word(Forbidden)} where it says no-store";

    private static string Word(long? seconds) => seconds is { } stored ? FormattableString.Invariant($"{stored} s") : "not stored";

    private static long? Decide(string? control, RequestMethod method, int status, DistributionModel distribution, BehaviorModel behavior)
    {
        var answer = new ResponseHead { Status = status };
        if (control is not null)
        {
            answer.Headers.Add("Cache-Control", control);
        }

        // None of these answers names a moment, so any will do.
        var verdict = TimeToLive.Decide(method, answer, distribution, behavior, DateTimeOffset.UnixEpoch);
        return verdict.IsStored ? (long)verdict.FreshFor.TotalSeconds : null;
    }
}
