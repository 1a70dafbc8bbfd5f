// SPDX-License-Identifier: Apache-2.0

using System.Globalization;

namespace Frontier.Testing;

/// <summary>
/// What programs wrote, format by format of the snapshot, as they wrote it: a version that reads something else in them breaks upgrades. Such a file is
/// never changed. A new format gets a folder of its own, and the folder of the one before stays.
/// </summary>
public static class GoldenFile
{
    /// <summary>What stands in the files for the port of an origin.</summary>
    private const string Port = "18080";

    /// <param name="name">With its folder, such as <c>format-5/snapshot.json</c>.</param>
    public static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name));

    /// <param name="name">With its folder.</param>
    /// <param name="port">Where the origin listens.</param>
    public static string Read(string name, int port) => Read(name).Replace(Port, port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
