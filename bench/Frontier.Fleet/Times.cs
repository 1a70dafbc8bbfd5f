// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Fleet;

/// <summary>Times that were measured, of one kind.</summary>
internal sealed class Times
{
    private readonly List<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public void Add(TimeSpan time) => _milliseconds.Add(time.TotalMilliseconds);

    /// <summary>The cells of a row: how many, p50, p99 and the longest.</summary>
    public string Cells()
    {
        _milliseconds.Sort();
        return _milliseconds.Count == 0 ? "0 | - | - | -"
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Count} | {At(0.5):F0} | {At(0.99):F0} | {_milliseconds[^1]:F0}");
    }

    private double At(double part) => _milliseconds[Math.Min(_milliseconds.Count - 1, (int)(part * _milliseconds.Count))];
}
