// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using Frontier.Control.Domain;

namespace Frontier.Control.Api.Zones;

/// <summary>A page of one of Route 53's lists: it begins with what the request names, and the answer names what the next begins with.</summary>
internal sealed record Route53Page(int MaxItems)
{
    public static Outcome<Route53Page> Read(ApiRequest request, int most)
    {
        var given = request.QueryValue("maxitems");
        return given is not { Length: > 0 } ? new Route53Page(most)
            : int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? new Route53Page(Math.Min(number, most))
            : Route53Errors.InvalidInput.Saying($"MaxItems ('{given}') must be a positive number.");
    }

    /// <summary>What is on the page, and the first of what is not; null when all is.</summary>
    public (ImmutableArray<T> Items, T? Next) Take<T>(IEnumerable<T> rest)
        where T : class
    {
        var taken = rest.Take(MaxItems + 1).ToImmutableArray();
        return taken.Length > MaxItems ? (taken[..MaxItems], taken[MaxItems]) : (taken, null);
    }
}
