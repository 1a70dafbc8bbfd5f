// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Domain;

namespace Frontier.Control.Invalidations;

/// <summary>What may be invalidated (<c>dataplane.md</c> §27). Pure.</summary>
internal static class InvalidationPaths
{
    private const int LongestPath = 4_000;

    /// <summary>Characters RFC 1738 calls unsafe: they must come percent-encoded (DP-27.2). <c>~</c> is not supported at all.</summary>
    private const string Unsafe = " \"<>\\^`{|}~";

    /// <summary>Null when every path can be invalidated.</summary>
    public static ApiError? Check(ImmutableArray<string> paths, int mostPaths)
    {
        if (paths.IsEmpty)
        {
            return ApiErrors.InvalidArgument.Saying("Your request must contain at least one invalidation path.");
        }

        if (paths.Length > mostPaths)
        {
            return ApiErrors.BatchTooLarge;
        }

        if (paths.FirstOrDefault(static path => path.StartsWith('#')) is { } tag)
        {
            return ApiErrors.InvalidArgument.Saying($"The cache tag '{tag}' cannot be invalidated: CacheTagConfig is not supported by this version of Frontier; invalidate by path.");
        }

        // The message is known word for word, and tools match on it.
        return paths.All(IsValid) ? null : ApiErrors.InvalidInvalidationPaths;
    }

    /// <summary>The paths edges are told: with <c>/</c> goes the default root object that is stored for it (DP-27.6).</summary>
    public static ImmutableArray<string> Effective(ImmutableArray<string> paths, string defaultRootObject)
    {
        var rootPath = "/" + defaultRootObject;
        return defaultRootObject.Length > 0 && paths.Contains("/") && !paths.Contains(rootPath) ? paths.Add(rootPath) : paths;
    }

    public static bool IsWildcard(string path) => path.EndsWith('*');

    private static bool IsValid(string path) =>
        path.Length is > 0 and <= LongestPath && path[0] == '/' && path.All(static character => character is > ' ' and < '\x7f' && !Unsafe.Contains(character, StringComparison.Ordinal))
        && !path.Contains("%7E", StringComparison.OrdinalIgnoreCase);
}
