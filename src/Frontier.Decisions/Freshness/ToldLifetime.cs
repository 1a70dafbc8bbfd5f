// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Frontier.Decisions.Freshness;

/// <summary>
/// How much longer an object is good, as the cache above says that has it: the headers alone do not tell, since a minimum or an
/// error's time to live begins with the fetch at the origin, and must not begin again in each cache on the way down.
/// </summary>
/// <param name="FreshFor">Negative for one that is stale, by how long it is.</param>
/// <param name="StaleWhileRevalidate">What follows after <paramref name="FreshFor"/>.</param>
/// <param name="StaleIfError">What follows after <paramref name="FreshFor"/>; null where the origin did not say.</param>
public readonly record struct ToldLifetime(TimeSpan FreshFor, TimeSpan StaleWhileRevalidate, TimeSpan? StaleIfError)
{
    /// <summary>A thousand years, as milliseconds: nothing honest is longer, and sums of times stay what they are.</summary>
    private const long MostMilliseconds = 31_536_000_000_000;

    public static bool TryParse([NotNullWhen(true)] string? text, out ToldLifetime told)
    {
        told = default;
        if (text?.Split(' ') is not [var fresh, var revalidate, var error] || !TryRead(fresh, out var freshFor) || !TryRead(revalidate, out var staleWhileRevalidate))
        {
            return false;
        }

        var isSaid = TryRead(error, out var staleIfError);
        told = new ToldLifetime(freshFor, staleWhileRevalidate, isSaid ? staleIfError : null);
        return (isSaid || error == "-") && staleWhileRevalidate >= TimeSpan.Zero && staleIfError >= TimeSpan.Zero;
    }

    /// <summary>Three numbers of milliseconds; a hyphen in the place of the last where there is none.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Write(FreshFor)} {Write(StaleWhileRevalidate)} {(StaleIfError is { } staleIfError ? Write(staleIfError).ToString(CultureInfo.InvariantCulture) : "-")}");

    private static long Write(TimeSpan time) => (long)Math.Clamp(time.TotalMilliseconds, -MostMilliseconds, MostMilliseconds);

    private static bool TryRead(string text, out TimeSpan time)
    {
        var isRead = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds is >= -MostMilliseconds and <= MostMilliseconds;
        time = isRead ? TimeSpan.FromMilliseconds(milliseconds) : default;
        return isRead;
    }
}
