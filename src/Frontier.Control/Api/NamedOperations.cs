// SPDX-License-Identifier: Apache-2.0

using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Frontier.Control.Api;

/// <summary>
/// The operations of an API whose requests name them by a word instead of a path. One that is not built is recognised all the same, so
/// that its caller learns which is missing.
/// </summary>
internal sealed class NamedOperations(string service, IEnumerable<(string Name, Func<ApiRequest, CancellationToken, Task<ApiResponse>> Handler)> operations)
{
    /// <summary>No operation of AWS has a longer name.</summary>
    private const int LongestName = 64;

    private readonly FrozenDictionary<string, Operation> _operations = operations.ToFrozenDictionary(
        static operation => operation.Name, operation => New(service, operation.Name, operation.Handler), StringComparer.Ordinal);

    /// <summary>Null for what is no name at all.</summary>
    public (Operation Operation, ImmutableDictionary<string, string> PathValues)? Find(string name, ImmutableDictionary<string, string> variables) =>
        _operations.TryGetValue(name, out var operation) ? (operation, variables)
        : name.Length is > 0 and <= LongestName && name.All(char.IsAsciiLetterOrDigit) ? (New(service, name, null), variables)
        : null;

    private static Operation New(string service, string name, Func<ApiRequest, CancellationToken, Task<ApiResponse>>? handler) => new(name, "POST", "/", null, 200, handler) { Service = service };
}
