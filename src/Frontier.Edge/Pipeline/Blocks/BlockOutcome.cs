// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline.Blocks;

/// <summary>A block, or the answer that the viewer gets instead because the origin gave none; or neither.</summary>
/// <param name="Reserved">Fields that came with the block and are this viewer's alone (DP-14.9).</param>
internal readonly record struct BlockOutcome(Block? Block, Answer? Instead, HeaderList? Reserved = null)
{
    [MemberNotNullWhen(true, nameof(Block))]
    public bool IsBlock => Block is not null;
}
