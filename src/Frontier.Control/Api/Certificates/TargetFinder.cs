// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Api.Certificates;

/// <summary>AWS's protocol JSON 1.1: the header X-Amz-Target names the operation, after a prefix of the service's.</summary>
internal sealed class TargetFinder(NamedOperations operations) : IOperationFinder
{
    public const string Header = "X-Amz-Target";

    /// <summary>What every target of ACM begins with (<c>neighbours.md</c> §6).</summary>
    public const string Prefix = "CertificateManager.";

    public (Operation Operation, ImmutableDictionary<string, string> PathValues)? Find(SignableRequest request, ImmutableDictionary<string, string> query, ReadOnlyMemory<byte> body) =>
        request.Header(Header) is { } target && target.StartsWith(Prefix, StringComparison.Ordinal) ? operations.Find(target[Prefix.Length..], ImmutableDictionary<string, string>.Empty) : null;
}
