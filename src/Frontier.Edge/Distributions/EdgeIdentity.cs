// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;

namespace Frontier.Edge.Distributions;

/// <summary>The name an edge gives itself at its first start and keeps.</summary>
internal static class EdgeIdentity
{
    public static string LoadOrCreate(string directory)
    {
        var path = Path.Combine(directory, "edge-id");
        if (File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } known)
        {
            return known;
        }

        var id = "edge-" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        File.WriteAllText(path, id + "\n");
        return id;
    }
}
