// SPDX-License-Identifier: Apache-2.0

using System.Buffers;

namespace Frontier.Decisions.Keys;

/// <summary>The parameters of a query that a policy takes, in the order of the request (DP-6.3, DP-9.5). Only <c>&amp;</c> separates (DP-6.4).</summary>
public static class QueryParameters
{
    /// <summary>Writes <c>?</c> and the taken parameters joined by <c>&amp;</c>; nothing when none is taken.</summary>
    public static void Write(ReadOnlySpan<byte> query, TakesName takes, IBufferWriter<byte> into)
    {
        var separator = "?"u8;
        foreach (var range in query.Split((byte)'&'))
        {
            var parameter = query[range];
            var name = parameter.IndexOf((byte)'=') is >= 0 and var equals ? parameter[..equals] : parameter;
            if (!parameter.IsEmpty && takes(name))
            {
                into.Write(separator);
                into.Write(parameter);
                separator = "&"u8;
            }
        }
    }
}
