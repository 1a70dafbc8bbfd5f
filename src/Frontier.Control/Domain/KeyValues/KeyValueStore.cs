// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.KeyValues;

/// <summary>A key value store as the control plane sees it; its pairs have an ETag and times of their own (API-3.10).</summary>
internal sealed record KeyValueStore(string Id, string Name, string ETag, DateTimeOffset ModifiedAt, string Comment)
{
    /// <summary>The one status there is: an import ends before the store exists, so nobody sees it under way or failed.</summary>
    public const string Ready = "READY";
}
