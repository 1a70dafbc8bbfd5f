// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.SigV4;

namespace Frontier.Credentials;

/// <summary>Files in the form of AWS's tools: sections in brackets, a name, an equals sign and a value on each line.</summary>
internal static class CredentialsFile
{
    /// <summary>The key of a profile, or null when the file has none of that name.</summary>
    public static AccessKey? Find(string path, string profile)
    {
        string? id = null, secret = null;
        var isInside = false;
        foreach (var line in File.ReadLines(path).Select(static line => line.Trim()))
        {
            if (line.StartsWith('['))
            {
                isInside = line.Trim('[', ']').Trim() == profile;
            }
            else if (isInside && line.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value])
            {
                id = name == "aws_access_key_id" ? value : id;
                secret = name == "aws_secret_access_key" ? value : secret;
            }
        }

        return id is { Length: > 0 } && secret is { Length: > 0 } ? new AccessKey(id, secret) : null;
    }
}
