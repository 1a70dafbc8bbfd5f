// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

namespace Frontier.Edge.Pipeline.Blocks;

/// <summary>A block, or the answer that the viewer gets instead because the origin gave none; or neither.</summary>
internal readonly record struct BlockOutcome(Block? Block, Answer? Instead)
{
    [MemberNotNullWhen(true, nameof(Block))]
    public bool IsBlock => Block is not null;
}
