// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Contracts.Zones;

namespace Frontier.Dns.Routing;

/// <summary>Machines and distributions as they were heard of last, on disk: with them a server starts while the control plane is away. Each file is replaced whole. Used by the feed's loop alone.</summary>
internal sealed class RoutingFiles(string directory)
{
    private readonly string _fleet = Path.Combine(directory, "fleet.json");
    private readonly string _distributions = Path.Combine(directory, "distributions.json");

    /// <summary>Null where there is none, or it cannot be read; the feed then brings it.</summary>
    public FleetDirectory? LoadFleet() => Load(_fleet, ContractsJson.Default.FleetDirectory);

    /// <inheritdoc cref="LoadFleet"/>
    public ServedDistributions? LoadDistributions() => Load(_distributions, ContractsJson.Default.ServedDistributions);

    /// <exception cref="IOException">The disk does not take it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Save(FleetDirectory fleet) => Save(_fleet, fleet, ContractsJson.Default.FleetDirectory);

    /// <inheritdoc cref="Save(FleetDirectory)"/>
    public void Save(ServedDistributions distributions) => Save(_distributions, distributions, ContractsJson.Default.ServedDistributions);

    private static T? Load<T>(string path, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, type);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static void Save<T>(string path, T content, JsonTypeInfo<T> type)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
        {
            JsonSerializer.Serialize(file, content, type);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
