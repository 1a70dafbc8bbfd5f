// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;
using Frontier.Dns.Wire;

namespace Frontier.Dns.Zones;

/// <summary>Names in wire form and lower case as keys.</summary>
internal sealed class WireNameComparer : IEqualityComparer<byte[]>
{
    public static readonly WireNameComparer Instance = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode([DisallowNull] byte[] obj) => (int)NameHash.Of(obj);
}
