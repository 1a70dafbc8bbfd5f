// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Geo;

/// <summary>The format's types, by their numbers.</summary>
public enum ValueKind
{
    None = 0,
    Pointer = 1,
    Text = 2,
    Double = 3,
    Bytes = 4,
    UInt16 = 5,
    UInt32 = 6,
    Map = 7,
    Int32 = 8,
    UInt64 = 9,
    UInt128 = 10,
    Array = 11,
    Container = 12,
    End = 13,
    Boolean = 14,
    Float = 15,
}
