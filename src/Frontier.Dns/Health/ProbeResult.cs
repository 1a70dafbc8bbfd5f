// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Dns.Health;

/// <summary>How one request of a health check went.</summary>
/// <param name="Reason">For people, e.g. <c>Success: HTTP Status Code 200, OK</c>.</param>
internal readonly record struct ProbeResult(bool Succeeded, string Reason)
{
    public static ProbeResult Success(string what) => new(true, "Success: " + what);

    public static ProbeResult Failure(string what) => new(false, "Failure: " + what);
}
