// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Disk;

/// <summary>An object found on disk. The body belongs to the caller, who releases it.</summary>
internal sealed record DiskFind(StoredHead Head, DiskBody Body, ulong ObjectId, int BlockBytes);
