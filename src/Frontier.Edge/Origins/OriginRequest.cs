// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Edge.Origins;

/// <summary>One request to an origin.</summary>
public sealed class OriginRequest
{
    public required OriginEndpoint Endpoint { get; init; }

    public required string Method { get; init; }

    /// <summary>Origin-form target, sent byte for byte.</summary>
    public required ReadOnlyMemory<byte> Target { get; init; }

    /// <summary>Complete, Host included, but without Connection, Content-Length and Transfer-Encoding: the client adds those, and sends no request that has them.</summary>
    public required HeaderList Headers { get; init; }

    public IRequestBody? Body { get; init; }
}
