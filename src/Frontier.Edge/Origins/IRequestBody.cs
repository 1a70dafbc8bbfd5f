// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;

namespace Frontier.Edge.Origins;

/// <summary>A body on its way from a viewer to an origin. Read once, front to back, by one reader.</summary>
public interface IRequestBody
{
    /// <summary>Bytes, sent as Content-Length; null for unknown, sent chunked.</summary>
    long? Length { get; }

    /// <summary>Fields to send behind the body where it is sent chunked; asked for after its end. Null for none.</summary>
    HeaderList? Trailers { get; }

    /// <summary>
    /// The next bytes, valid until the next call; empty at the end. Must return soon after the token is cancelled: the client
    /// waits for it, so that nothing reads the body after the exchange is over.
    /// </summary>
    /// <exception cref="RequestBodyException">The viewer went away or sent what is no body.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken);
}
