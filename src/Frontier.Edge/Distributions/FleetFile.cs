// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Edge.Certificates;

namespace Frontier.Edge.Distributions;

/// <summary>The last directory of the fleet on disk: with it a machine finds the others, and knows who may call it, while the control plane is away. Used by the feed's loop alone.</summary>
internal sealed class FleetFile(string path)
{
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Save(FleetDirectory directory) => SecretFile.Write(path, file => JsonSerializer.Serialize(file, directory, ContractsJson.Default.FleetDirectory));

    /// <summary>Null when there is none or it cannot be read; the feed then brings one.</summary>
    public FleetDirectory? Load()
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize(file, ContractsJson.Default.FleetDirectory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
