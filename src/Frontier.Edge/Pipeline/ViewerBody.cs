// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Origins;
using Frontier.Http;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>A viewer's request body on its way to the origin, run by run, never gathered.</summary>
internal sealed class ViewerBody(HttpExchange exchange) : IRequestBody
{
    private long _read;

    public long? Length => exchange.BodyLength;

    public HeaderList? Trailers => Decisions.Forwarding.Trailers.Filter(exchange.RequestTrailers);

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await exchange.ReadBodyAsync(cancellationToken);
            _read += bytes.Length;
            return _read <= Admission.MaxBodyBytes ? bytes : throw new ViewerGoneException("The body is longer than any may be.");
        }
        catch (ViewerGoneException error)
        {
            throw new RequestBodyException("The viewer's body ended early.", error);
        }
    }
}
