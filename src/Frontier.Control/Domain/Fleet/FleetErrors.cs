// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Fleet;

/// <summary>What can go wrong with points of presence, machines and tokens. None of these is CloudFront's.</summary>
internal static class FleetErrors
{
    public static readonly ApiError NoSuchPop = new("NoSuchPop", 404, "There is no such point of presence. \"frontier pop list\" shows those there are.");
    public static readonly ApiError PopInUse = new("PopInUse", 409, "The point of presence has machines. Remove them first: frontier fleet remove ID");
    public static readonly ApiError TooManyPops = new("TooManyPops", 400, "There are as many points of presence as there may be.");
    public static readonly ApiError NoSuchNode = new("NoSuchNode", 404, "There is no such machine. \"frontier fleet list\" shows those there are.");
    public static readonly ApiError NoFleet = new("NoFleet", 409, "This control plane listens for no machines. Start it with --fleet ADDRESS, as \"frontier run control\" does by itself.");
    public static readonly ApiError TooManyTokens = new("TooManyTokens", 400, "There are as many tokens as there may be. Wait until some expire, or revoke some: frontier fleet token revoke ID");
    public static readonly ApiError NoSuchToken = new("NoSuchJoinToken", 404, "There is no such token. \"frontier fleet token list\" shows those there are.");
    public static readonly ApiError JoinRefused = new("JoinRefused", 403, "The machine may not join.");
    public static readonly ApiError Busy = new("ServiceUnavailable", 503, "Too many machines join at once. Try again.");
}
