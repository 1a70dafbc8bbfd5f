// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;

namespace Frontier.Control.Rollout;

/// <summary>Several reports of one edge together.</summary>
/// <param name="HitP99Microseconds">The mean of what the reports say, by their requests; those without hits left out.</param>
internal readonly record struct HealthSum(long Requests, long ServerErrors, double HitP99Microseconds)
{
    public double ErrorRate => Requests == 0 ? 0 : (double)ServerErrors / Requests;

    public static HealthSum Of(IEnumerable<NodeHealth> reports)
    {
        var (requests, errors, timed, weighted) = (0L, 0L, 0.0, 0.0);
        foreach (var report in reports)
        {
            requests += report.Requests;
            errors += report.ServerErrors;
            timed += report.HitP99Microseconds > 0 ? report.Requests : 0;
            weighted += (double)report.HitP99Microseconds * report.Requests;
        }

        return new HealthSum(requests, errors, timed > 0 ? weighted / timed : 0);
    }
}
