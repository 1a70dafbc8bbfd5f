// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Testing;

namespace Frontier.Scenarios.Stability;

/// <summary>The wall clock of one machine's programs, by libfaketime: a story may set it while they run. Elapsed time is left as it is.</summary>
internal static class SteppingClock
{
    /// <summary>Null where the library is not installed.</summary>
    public static string? Library { get; } = Directory.GetDirectories("/usr/lib")
        .Select(static directory => Path.Combine(directory, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists);

    /// <summary>Call it before anything is started there.</summary>
    public static void PrepareFor(NetworkHost host, TemporaryDirectory files)
    {
        var file = files[$"clock-{host.Name}"];
        File.WriteAllText(file, "+0");
        foreach (var (name, value) in new[] { ("LD_PRELOAD", Library!), ("FAKETIME_TIMESTAMP_FILE", file), ("FAKETIME_CACHE_DURATION", "1"), ("NO_FAKE_STAT", "1"), ("FAKETIME_DONT_FAKE_MONOTONIC", "1"), ("DONT_FAKE_MONOTONIC", "1") })
        {
            host.Variables[name] = value;
        }
    }

    /// <summary>It is noticed within a second.</summary>
    public static void Set(NetworkHost host, TimeSpan by)
    {
        var file = host.Variables["FAKETIME_TIMESTAMP_FILE"];
        File.WriteAllText(file + ".next", by.TotalSeconds.ToString("+0;-0", CultureInfo.InvariantCulture));
        File.Move(file + ".next", file, overwrite: true);
    }
}
