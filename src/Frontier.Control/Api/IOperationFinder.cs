// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Api;

/// <summary>How an API names its operations in requests.</summary>
internal interface IOperationFinder
{
    /// <summary>The operation that a request names, and the variables of its path; null when there is none. Variables may be written to the audit log.</summary>
    (Operation Operation, ImmutableDictionary<string, string> PathValues)? Find(SignableRequest request, ImmutableDictionary<string, string> query, ReadOnlyMemory<byte> body);
}
