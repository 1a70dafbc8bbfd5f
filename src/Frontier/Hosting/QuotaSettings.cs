// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Control;

namespace Frontier.Hosting;

/// <summary>How much of everything there may be, as the operator says it. Every fault is collected.</summary>
internal static class QuotaSettings
{
    public const string Name = "quota";

    public const string MaxDistributions = "max-distributions";

    /// <summary>Names shown to whoever wrote one that there is not.</summary>
    private const int Suggested = 3;

    /// <summary>Of the name that a message shows: it came from outside.</summary>
    private const int LongestShown = 60;

    private const string Distributions = "distributions";
    private const string Certificates = "certificates";

    /// <param name="values">By flag name.</param>
    /// <param name="maxDistributions">What <see cref="MaxDistributions"/> says.</param>
    /// <param name="faults">Where what is wrong is added.</param>
    public static Quotas Read(IReadOnlyDictionary<string, string> values, int maxDistributions, List<string> faults)
    {
        var quotas = new Quotas { Distributions = maxDistributions };
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in values.GetValueOrDefault(Name, "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, number) = text.Split('=', 2) is [var before, var after] ? (before, after) : (text, "");
            if (QuotaTable.Find(name) is not { } quota)
            {
                faults.Add($"--{Name} names \"{(name.Length > LongestShown ? name[..LongestShown] + "…" : name)}\", which is no quota: the nearest are {string.Join(", ", QuotaTable.Nearest(name, Suggested))}; docs/operations/quotas.md lists all.");
            }
            else if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value > quota.Most)
            {
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"--{Name} {name} is \"{number}\": give a number from 0 to {quota.Most}, such as {name}={quota.Of(new Quotas())}."));
            }
            else if (!named.Add(name))
            {
                faults.Add($"--{Name} {name} is given more than once: give one number.");
            }
            else
            {
                quotas = quota.With(quotas, value);
            }
        }

        if (named.Contains(Distributions) && values.ContainsKey(MaxDistributions))
        {
            faults.Add($"--{MaxDistributions} and --{Name} {Distributions} say the same: give one of them.");
        }

        // A distribution may have a certificate of its own.
        return named.Contains(Certificates) ? quotas : quotas with { Certificates = Math.Max(quotas.Certificates, quotas.Distributions) };
    }
}
