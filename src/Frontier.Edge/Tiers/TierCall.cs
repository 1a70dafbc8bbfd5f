// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Decisions.Tiers;
using Frontier.Edge.Origins;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Tiers;

/// <summary>A request as it goes to other machines, composed up front like the one to the origin, for a fill outlives the viewer's request.</summary>
internal sealed record TierCall
{
    public required TierWay Way { get; init; }

    public required TierKey Key { get; init; }

    /// <summary>The first origin that may be asked, as the shields call it.</summary>
    public required string OriginId { get; init; }

    public required string Method { get; init; }

    public required ReadOnlyMemory<byte> Target { get; init; }

    /// <summary>All but the fields that depend on who is asked, and when. Nobody changes it.</summary>
    public required HeaderList Headers { get; init; }

    /// <summary>How long a parent may take for its answer once it has taken the request up.</summary>
    public required TimeSpan Patience { get; init; }

    /// <summary>Hears of interim answers of the origin; null where nobody wants to.</summary>
    public Action<ResponseHead>? Interim { get; init; }

    /// <summary>Whether it can be sent again when nobody knows what became of it (RFC 9110, section 9.2.2).</summary>
    public bool IsRepeatable => Method is "GET" or "HEAD" or "OPTIONS";

    /// <param name="origin">The only origin that may be asked; null for the whole group.</param>
    /// <param name="position">How much of the purge log must be in effect in the answer.</param>
    public OriginRequest For(OriginEndpoint endpoint, TierLevel level, string? origin, long position)
    {
        var headers = new HeaderList();
        Headers.CopyTo(headers);
        headers.Add(TierFields.Level, System.Text.Encoding.ASCII.GetBytes(level.Name));
        headers.Add(TierFields.Position, System.Text.Encoding.ASCII.GetBytes(position.ToString(CultureInfo.InvariantCulture)));
        if (origin is not null)
        {
            headers.Add(TierFields.Origin, System.Text.Encoding.Latin1.GetBytes(origin));
        }

        return new OriginRequest
        {
            Endpoint = endpoint,
            Method = Method,
            Target = Target,
            Headers = headers,
            Interim = Interim is null ? null : Tell,
        };
    }

    /// <summary>That a parent has taken the request up is nothing that the origin says.</summary>
    private void Tell(ResponseHead interim)
    {
        if (interim.Status != TierHandler.TakenUp)
        {
            Interim!(interim);
        }
    }
}
