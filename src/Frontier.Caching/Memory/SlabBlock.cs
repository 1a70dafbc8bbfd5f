// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching.Memory;

/// <summary>A run of a slab: which slab, its bytes, and offset and length in bytes. What is taken of the slab is the length rounded up.</summary>
internal readonly record struct SlabBlock(int Slab, byte[] Bytes, int Offset, int Length);
