// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Api;

/// <summary>Finds the operation that a method, a path and a query name (<c>api.md</c> §6, API-1.15). Immutable.</summary>
/// <param name="prefix">What every path begins with.</param>
internal sealed class Router(string prefix, IEnumerable<Operation> operations) : IOperationFinder
{
    public const string VersionPrefix = "/2020-05-31/";

    // Operations that ask for a query parameter come first: without it their neighbours of the same path are meant.
    private readonly ImmutableArray<Route> _routes = [.. operations.Select(Route.Parse).OrderByDescending(route => route.QueryName is not null)];

    public (Operation Operation, ImmutableDictionary<string, string> PathValues)? Find(SignableRequest request, ImmutableDictionary<string, string> query, ReadOnlyMemory<byte> body)
    {
        if (!request.RawPath.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var segments = request.RawPath[prefix.Length..].Split('/');
        foreach (var route in _routes)
        {
            if (route.Operation.Method == request.Method && route.TryMatch(segments, query, out var values))
            {
                return (route.Operation, values);
            }
        }

        return null;
    }

    private sealed record Route(Operation Operation, ImmutableArray<string> Segments, string? QueryName, string? QueryValue)
    {
        public static Route Parse(Operation operation)
        {
            var parts = operation.Template.Split('?', 2);
            var condition = parts.Length == 2 ? parts[1].Split('=', 2) : [];
            return new Route(operation, [.. parts[0].TrimStart('/').Split('/')], condition.ElementAtOrDefault(0), condition.ElementAtOrDefault(1));
        }

        public bool TryMatch(string[] segments, ImmutableDictionary<string, string> query, out ImmutableDictionary<string, string> values)
        {
            values = ImmutableDictionary<string, string>.Empty;
            if (Operation.MayEndInSlash && segments is [.. var path, ""])
            {
                segments = path;
            }

            if (segments.Length != Segments.Length || (QueryName is not null && !(query.TryGetValue(QueryName, out var given) && (QueryValue is null || given == QueryValue))))
            {
                return false;
            }

            for (var i = 0; i < segments.Length; i++)
            {
                if (Segments[i] is ['{', .. var name, '}'] && segments[i].Length > 0)
                {
                    values = values.SetItem(name, System.Text.Encoding.UTF8.GetString(AwsUriEncoding.Decode(segments[i])));
                }
                else if (Segments[i] != segments[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
