// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Net;

namespace Frontier.Protocols.Names;

/// <summary>Bucket names (NB-1.1): 3 to 63 lower-case letters, digits, hyphens and dots, each label beginning and ending with a letter or digit; not an IP address.</summary>
public static class BucketName
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    public static bool IsValid(ReadOnlySpan<char> name)
    {
        if (name.Length is < 3 or > 63 || name.ContainsAnyExcept(Allowed) || IPAddress.TryParse(name, out _))
        {
            return false;
        }

        foreach (var label in name.Split('.'))
        {
            if (name[label] is not [not '-', ..] or not [.., not '-'])
            {
                return false;
            }
        }

        return true;
    }
}
