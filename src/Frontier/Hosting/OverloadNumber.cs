// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Frontier.Hosting;

/// <summary>A limit that is a whole number: its flag, what it means, its default and its bounds.</summary>
/// <param name="Least">0 where 0 is no limit.</param>
internal sealed record OverloadNumber(string Name, string Meaning, int Default, int Least, int Most)
{
    /// <summary>For help.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"{Meaning}. Default {Default}{(Least == 0 ? "; 0 for no limit" : "")}");

    /// <summary>The number; the default, with a fault, where the text is none that is allowed.</summary>
    /// <param name="most">What it may be where nothing is said of it, for a part of a whole that was made smaller.</param>
    public int Read(IReadOnlyDictionary<string, string> values, List<string> faults, int most = int.MaxValue)
    {
        if (!values.TryGetValue(Name, out var text))
        {
            return Math.Min(Default, most);
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= Least && number <= Most)
        {
            return number;
        }

        faults.Add(string.Create(CultureInfo.InvariantCulture, $"--{Name} is \"{text}\": give a number from {Least} to {Most}{(Least == 0 ? ", 0 for no limit" : "")}."));
        return Default;
    }
}
