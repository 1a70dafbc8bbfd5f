// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;

namespace Frontier.OwnApi;

/// <summary>The AWS credentials file of a data directory.</summary>
internal static class CredentialsFile
{
    /// <summary>The key of the profile <c>default</c>, or null when it has none.</summary>
    public static AccessKey? Read(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var isDefault = false;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('['))
            {
                isDefault = line == "[default]";
            }
            else if (isDefault && line.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value])
            {
                values[name] = value;
            }
        }

        return values.TryGetValue("aws_access_key_id", out var id) && values.TryGetValue("aws_secret_access_key", out var secret) ? new AccessKey(id, secret) : null;
    }
}
