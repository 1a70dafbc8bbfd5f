// SPDX-License-Identifier: Apache-2.0

using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Dns.Tests.Wire;

/// <summary>Names in wire form and lower case, of few letters so that they often share their ends.</summary>
internal static class Names
{
    public static Arbitrary<byte[]> Arbitrary { get; } = Below([0]).ToArbitrary();

    public static Gen<byte[]> Below(byte[] apex) =>
        from labels in Gen.ListOf(Gen.Elements("a", "b", "*", "www", "x-1"))
        select (byte[])[.. labels.Take(5).SelectMany(static label => label.Select(static letter => (byte)letter).Prepend((byte)label.Length)), .. apex];
}
