// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

/// <summary>The next run of a body, valid until the next call on its reader.</summary>
public readonly record struct BodyRead(ReadOnlyMemory<byte> Bytes, BodyState State)
{
    public static readonly BodyRead End = new(default, BodyState.End);
    public static readonly BodyRead Broken = new(default, BodyState.Broken);
}
