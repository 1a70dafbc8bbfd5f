// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Edge.Origins;

/// <summary>The body of an origin's answer, read as it is asked for. One reader at a time; must be disposed of.</summary>
public interface IOriginBody : IBodySource
{
    /// <summary>The fields behind the body, once it has been read to its end; null when there are none.</summary>
    HeaderList? Trailers { get; }
}
