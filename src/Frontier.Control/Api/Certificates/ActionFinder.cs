// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Protocols.SigV4;

namespace Frontier.Control.Api.Certificates;

/// <summary>AWS's protocol of queries: a form whose field Action names the operation. Of the others only the name of the resource is told to whoever asks: one of them is a private key.</summary>
internal sealed class ActionFinder(NamedOperations operations) : IOperationFinder
{
    public (Operation Operation, ImmutableDictionary<string, string> PathValues)? Find(SignableRequest request, ImmutableDictionary<string, string> query, ReadOnlyMemory<byte> body)
    {
        var form = FormFields.Read(body.Span);
        var variables = form.GetValueOrDefault("ServerCertificateName") is { } name ? ImmutableDictionary<string, string>.Empty.Add("Name", name) : ImmutableDictionary<string, string>.Empty;
        return request.Method == "POST" && form.GetValueOrDefault("Action") is { } action ? operations.Find(action, variables) : null;
    }
}
