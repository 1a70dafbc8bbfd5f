// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Decisions.Keys;

/// <summary>
/// Told where each part of a key comes from while <see cref="CacheKey"/> writes it. Implemented by structs, so that the walk
/// of a request, which wants to know nothing, is compiled without the calls.
/// </summary>
public interface IKeyMarks
{
    /// <summary>What is written from here to the next mark is this part; it may turn out empty.</summary>
    /// <param name="name">The header's or cookie's; empty for parts that stand once.</param>
    void Begin(KeyPart part, ReadOnlySpan<byte> name);

    /// <summary>The policy names this header and the viewer sent it, but it ends with the connection.</summary>
    void LeaveOut(ReadOnlySpan<byte> name);
}
