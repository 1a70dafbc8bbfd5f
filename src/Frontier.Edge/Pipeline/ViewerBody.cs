// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Origins;
using Frontier.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>A viewer's request body on its way to the origin, run by run, never gathered.</summary>
internal sealed class ViewerBody(HttpExchange exchange) : IRequestBody
{
    public long? Length => exchange.BodyLength;

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await exchange.ReadBodyAsync(cancellationToken);
        }
        catch (ViewerGoneException error)
        {
            throw new RequestBodyException("The viewer's body ended early.", error);
        }
    }
}
