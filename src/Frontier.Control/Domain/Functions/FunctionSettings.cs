// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.Functions;

/// <summary>FunctionConfig (<c>api.md</c> §9.1).</summary>
/// <param name="Runtime">One of <see cref="Runtimes"/>.</param>
/// <param name="KeyValueStoreArns">The key value stores that the code may read; at most one.</param>
internal sealed record FunctionSettings(string Comment, string Runtime, ImmutableArray<string> KeyValueStoreArns)
{
    /// <summary>The runtime that can read key value stores.</summary>
    public const string Runtime2 = "cloudfront-js-2.0";

    public static readonly ImmutableArray<string> Runtimes = ["cloudfront-js-1.0", Runtime2];
}
