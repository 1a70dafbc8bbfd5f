// SPDX-License-Identifier: Apache-2.0

using Frontier.Hosting;

namespace Frontier.Backups;

/// <summary>Which installation is backed up or restored.</summary>
/// <param name="Data">The data directory.</param>
internal sealed record BackupSettings(string Data, StoreLocation Store, IReadOnlyList<string> Faults)
{
    /// <param name="flags">Values by flag name; null where the flag was not given.</param>
    public static BackupSettings Read(IReadOnlyDictionary<string, string?> flags)
    {
        var values = UpSettings.Merge(flags);
        var faults = new List<string>();
        var data = Path.GetFullPath(values.GetValueOrDefault("data", "./frontier-data"));
        return new BackupSettings(data, StoreLocation.Read(values.GetValueOrDefault("store", StoreLocation.Embedded), data, faults), faults);
    }
}
