// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Text;

namespace Frontier.Usage;

/// <summary>The ids by which requests are known to viewers, origins and logs (<c>X-Amz-Cf-Id</c>, §21.1).</summary>
public static class RequestIds
{
    /// <summary>Characters of an id, the last two of them padding: so clients know them.</summary>
    public const int Length = 56;

    private const int RandomBytes = 40;

    /// <summary>
    /// Writes a new id: random bytes in base64 with <c>-</c> and <c>_</c>. It is an identifier and no secret, so the thread's own
    /// fast generator will do, which asks nothing of the system.
    /// </summary>
    public static void Write(Span<byte> destination)
    {
        Span<byte> random = stackalloc byte[RandomBytes];
        Random.Shared.NextBytes(random);
        "=="u8.CopyTo(destination[Base64Url.EncodeToUtf8(random, destination)..]);
    }
}
