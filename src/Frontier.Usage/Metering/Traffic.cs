// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Usage.Metering;

/// <summary>How many requests there were, and their headers and bodies in bytes, both ways.</summary>
public readonly record struct Traffic(long Requests, long BytesReceived, long BytesSent)
{
    public static Traffic operator +(Traffic left, Traffic right) => Add(left, right);

    public static Traffic Add(Traffic left, Traffic right) =>
        new(left.Requests + right.Requests, left.BytesReceived + right.BytesReceived, left.BytesSent + right.BytesSent);
}
