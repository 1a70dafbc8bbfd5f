// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Delivery;

/// <summary>
/// Applies a response headers policy to the header of an answer (§21.3), in this order: what is removed, cross-origin sharing,
/// security and custom headers, Server-Timing. So a header that one section removes and another adds is there (DP-21.13).
/// </summary>
public static class PolicyHeaders
{
    public static void Apply(ResponseHeadersPolicyModel policy, RequestHead request, HeaderList into, in TimingFacts timing)
    {
        foreach (var name in policy.RemovedHeaders)
        {
            into.Remove(name);
        }

        if (policy.Cors is { } cors)
        {
            CrossOriginHeaders.Apply(cors, request, into);
        }

        foreach (var added in policy.AddedHeaders)
        {
            if (added.Override)
            {
                into.Set(added.Name, added.Value);
            }
            else if (!into.Contains(added.Name))
            {
                into.Add(added.Name, added.Value);
            }
        }

        if (policy.RemovesServer && !into.Contains("server"u8))
        {
            into.Add("Server"u8, "CloudFront"u8);
        }

        if (policy.ServerTimingPercent is { } percent)
        {
            ServerTiming.Apply(percent, request, into, timing);
        }
    }
}
