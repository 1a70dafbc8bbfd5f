// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Domain;

namespace Frontier.Control.Invalidations;

/// <summary>What may be invalidated (<c>dataplane.md</c> §27). Pure.</summary>
internal static class InvalidationPaths
{
    private const int LongestPath = 4_000;
    private const int LongestTag = 256;

    /// <summary>Characters RFC 1738 calls unsafe: they must come percent-encoded (DP-27.2). <c>~</c> is not supported at all.</summary>
    private const string Unsafe = " \"<>\\^`{|}~";

    /// <summary>Null when every path can be invalidated.</summary>
    /// <param name="hasTags">Whether objects of the distribution may have tags at all.</param>
    public static ApiError? Check(ImmutableArray<string> paths, int mostPaths, bool hasTags)
    {
        if (paths.IsEmpty)
        {
            return ApiErrors.InvalidArgument.Saying("Your request must contain at least one invalidation path.");
        }

        if (paths.Length > mostPaths)
        {
            return ApiErrors.BatchTooLarge;
        }

        if (!hasTags && paths.Any(IsTag))
        {
            return ApiErrors.InvalidArgument.Saying("Your request contains cache tags; the distribution needs a CacheTagConfig for objects to have any.");
        }

        // The message is known word for word, and tools match on it.
        return paths.All(static path => IsTag(path) ? IsValidTag(path.AsSpan(1)) : IsValid(path)) ? null : ApiErrors.InvalidInvalidationPaths;
    }

    /// <summary>What edges are told: tags in lower case, and with <c>/</c> goes the default root object that is stored for it (DP-27.6, DP-27.12).</summary>
    public static ImmutableArray<string> Effective(ImmutableArray<string> paths, string defaultRootObject)
    {
        ImmutableArray<string> effective = [.. paths.Select(static path => IsTag(path) ? path.ToLowerInvariant() : path)];
        var rootPath = "/" + defaultRootObject;
        return defaultRootObject.Length > 0 && paths.Contains("/") && !paths.Contains(rootPath) ? effective.Add(rootPath) : effective;
    }

    private static bool IsTag(string path) => path.StartsWith('#');

    /// <summary>DP-27.12. A star at the end would look like a wildcard, which tags do not have.</summary>
    private static bool IsValidTag(ReadOnlySpan<char> tag) =>
        tag.Length is > 0 and <= LongestTag && !tag.ContainsAnyExceptInRange('!', '~') && !tag.Contains(',') && tag[^1] != '*';

    private static bool IsValid(string path) =>
        path.Length is > 0 and <= LongestPath && path[0] == '/' && path.All(static character => character is > ' ' and < '\x7f' && !Unsafe.Contains(character, StringComparison.Ordinal))
        && !path.Contains("%7E", StringComparison.OrdinalIgnoreCase);
}
