// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;

namespace Frontier.Control.Api;

/// <summary>An authenticated call of one operation.</summary>
internal sealed record ApiRequest(Operation Operation, ImmutableDictionary<string, string> PathValues, ImmutableDictionary<string, string> Query, string? IfMatch, ReadOnlyMemory<byte> Body)
{
    /// <summary>The header of that name, which CopyDistribution alone reads (API-6.4).</summary>
    public string? Staging { get; init; }

    /// <summary>The header of that name, which UpdateTrustStore alone reads (<c>api.md</c> §6.25).</summary>
    public string? UseClientCertificateOcspEndpoint { get; init; }

    /// <summary>The value of the path template's only or last variable.</summary>
    public string Id => PathValues["Id"];

    /// <summary>The same for resources that are reached by name.</summary>
    public string Name => PathValues["Name"];

    public string? QueryValue(string name) => Query.GetValueOrDefault(name);

    /// <summary>The body as the document that this operation takes.</summary>
    public Outcome<T> Read<T>(Func<ElementReader, T> read)
        where T : class =>
        XmlBody.Parse(Body, Operation.RequestRoot!).Failed(out var error, out var root) ? error : ElementReader.ReadRoot(root, read);
}
