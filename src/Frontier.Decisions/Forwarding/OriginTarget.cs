// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Decisions.Forwarding;

/// <summary>
/// The request target sent to the origin: origin path, the viewer's path byte for byte, and the query that the policies take
/// (DP-3.13, DP-9.5). A bucket reads its object's key from it: <c>+</c> and <c>%2B</c> stay apart (DP-13.1).
/// </summary>
public static class OriginTarget
{
    public static void Write(RequestHead request, BehaviorModel behavior, OriginModel origin, IBufferWriter<byte> into)
    {
        into.Write(origin.Path.AsSpan());
        into.Write(request.Path);
        var inKey = behavior.CachePolicy.QueryStrings;
        var beyond = behavior.OriginRequestPolicy.QueryStrings;
        if (!request.HasQuery || (inKey.TakesNothing && beyond.TakesNothing))
        {
            return;
        }

        if (inKey.TakesAll || beyond.TakesAll)
        {
            into.Write("?"u8);
            into.Write(request.Query);
            return;
        }

        QueryParameters.Write(request.Query, name => Union.Takes(inKey, beyond, name), into);
    }
}
