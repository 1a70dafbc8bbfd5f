// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using Frontier.Contracts;
using Frontier.Edge.Certificates;

namespace Frontier.Edge.Distributions;

/// <summary>The last good snapshot on disk: with it an edge starts and serves while the control plane is away. It holds signing keys, hence mode 0600.</summary>
internal sealed class SnapshotFile(string path)
{
    public void Save(ConfigSnapshot snapshot) => SecretFile.Write(path, JsonSerializer.Serialize(snapshot, ContractsJson.Default.ConfigSnapshot));

    /// <summary>Null when there is none or it cannot be read; the feed then brings one.</summary>
    public ConfigSnapshot? Load()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), ContractsJson.Default.ConfigSnapshot);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
