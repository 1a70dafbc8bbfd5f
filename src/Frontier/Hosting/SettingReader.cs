// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;

namespace Frontier.Hosting;

/// <summary>Reads settings by the names of their flags. What makes no sense is a fault, which says what would, and reads as the default.</summary>
/// <param name="values">By flag name, without dashes.</param>
/// <param name="faults">Gets a sentence for each fault.</param>
internal sealed class SettingReader(IReadOnlyDictionary<string, string> values, List<string> faults)
{
    public string Text(string name, string fallback) => values.GetValueOrDefault(name, fallback);

    public IPEndPoint Address(string name, string fallback)
    {
        var text = Text(name, fallback);
        if (IPEndPoint.TryParse(text, out var address) && text.Contains(':', StringComparison.Ordinal))
        {
            return address;
        }

        faults.Add($"--{name} is \"{text}\": give an IP address and a port from 0 to 65535, such as {fallback}.");
        return IPEndPoint.Parse(fallback);
    }

    public bool Switch(string name, bool fallback = false)
    {
        var text = Text(name, fallback ? "true" : "false");
        if (!bool.TryParse(text, out var isOn))
        {
            faults.Add($"--{name} is \"{text}\": give true or false.");
        }

        return isOn;
    }

    /// <summary>A number from 1.</summary>
    public int Count(string name, int fallback, int most)
    {
        var text = Text(name, fallback.ToString(CultureInfo.InvariantCulture));
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= most)
        {
            return count;
        }

        faults.Add($"--{name} is \"{text}\": give a number from 1 to {most}.");
        return fallback;
    }
}
