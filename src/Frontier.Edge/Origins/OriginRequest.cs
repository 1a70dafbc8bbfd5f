// SPDX-License-Identifier: Apache-2.0

using System.Net;
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

    /// <summary>Asks to switch protocols: the headers have an Upgrade field, and a 101 is an answer.</summary>
    public bool Upgrades { get; init; }

    /// <summary>Where the answer's head is read to, for an answer that does not outlive it; null for a head of its own.</summary>
    public ResponseHead? AnswerHead { get; init; }

    /// <summary>Hears of each interim answer but 100; must not keep the head. Null where nobody wants to (DP-11.11).</summary>
    public Action<ResponseHead>? Interim { get; init; }

    /// <summary>For whom alone it is sent, so that no viewer takes all of an origin's connections; null for what all share.</summary>
    public IPAddress? Viewer { get; init; }
}
