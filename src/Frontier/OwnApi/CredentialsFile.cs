// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;

namespace Frontier.OwnApi;

/// <summary>Files in the form of AWS's tools: profiles in brackets, below each a name, an equals sign and a value on each line.</summary>
internal static class CredentialsFile
{
    /// <summary>The key of a profile, or null when it has none.</summary>
    public static AccessKey? Read(string text, string profile)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var isInside = false;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('['))
            {
                isInside = line.Trim('[', ']').Trim() == profile;
            }
            else if (isInside && line.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, { Length: > 0 } value])
            {
                values[name] = value;
            }
        }

        return values.TryGetValue("aws_access_key_id", out var id) && values.TryGetValue("aws_secret_access_key", out var secret) ? new AccessKey(id, secret) : null;
    }
}
