// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Tiers;

/// <summary>An origin that serves parts.</summary>
internal static class Ranges
{
    public static ScriptedReply Of(byte[] body, ScriptedRequest request)
    {
        if (request.Header("Range")?["bytes=".Length..].Split('-') is not [var first, var last])
        {
            return new ScriptedReply { Status = 200, Body = body, Headers = [("ETag", "\"1\""), ("Cache-Control", "max-age=60")] };
        }

        var from = int.Parse(first, CultureInfo.InvariantCulture);
        var until = Math.Min(int.Parse(last, CultureInfo.InvariantCulture), body.Length - 1);
        return new ScriptedReply
        {
            Status = 206,
            Body = body.AsMemory(from, until - from + 1),
            Headers = [("ETag", "\"1\""), ("Cache-Control", "max-age=60"), ("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{until}/{body.Length}"))],
        };
    }
}
