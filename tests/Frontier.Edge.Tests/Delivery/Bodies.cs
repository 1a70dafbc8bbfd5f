// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Tests.Delivery;

/// <summary>Bodies in which every misplaced byte shows.</summary>
internal static class Bodies
{
    public static byte[] Random(int length)
    {
        var body = new byte[length];
        new Random(length).NextBytes(body);
        return body;
    }
}
