// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Functions;

/// <summary>A CloudFront function in its two stages (<c>api.md</c> §6.11).</summary>
/// <param name="RowETag">
/// Changes with every write, publishing included, which leaves the ETag of <paramref name="Development"/> alone: of two writes to
/// one row exactly one wins.
/// </param>
/// <param name="Live">Null until the function is published.</param>
internal sealed record Function(string Name, string RowETag, FunctionStage Development, FunctionStage? Live)
{
    public IEnumerable<FunctionStage> Stages => Live is null ? [Development] : [Development, Live];

    public bool Reads(string keyValueStoreArn) => Stages.Any(stage => stage.Draft.Settings.KeyValueStoreArns.Contains(keyValueStoreArn));
}
