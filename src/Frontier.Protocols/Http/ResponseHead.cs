// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Http;

/// <summary>Status and fields of a response, as an origin sent them or as a viewer is to get them. Framing fields are the transport's business.</summary>
public sealed class ResponseHead
{
    public int Status { get; set; } = 200;

    public HeaderList Headers { get; } = new();

    /// <summary>False for statuses that never have content, whatever an origin sends with them (RFC 9110, sections 15.3.5, 15.3.6, 15.4.5).</summary>
    public bool MayHaveBody => Status is not (204 or 205 or 304);

    public void Reset()
    {
        Status = 200;
        Headers.Clear();
    }
}
