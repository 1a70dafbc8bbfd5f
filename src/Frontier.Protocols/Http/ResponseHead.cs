// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Http;

/// <summary>Status and fields of a response, as an origin sent them or as a viewer is to get them. Framing fields are the transport's business.</summary>
public sealed class ResponseHead
{
    public int Status { get; set; } = 200;

    public HeaderList Headers { get; } = new();

    public void Reset()
    {
        Status = 200;
        Headers.Clear();
    }
}
