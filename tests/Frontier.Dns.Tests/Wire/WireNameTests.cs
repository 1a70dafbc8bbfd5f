// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Dns.Tests.Wire;

/// <summary>Names in messages (RFC 1035 §3.1 and §4.1.4).</summary>
public sealed class WireNameTests
{
    [Fact]
    public void A_pointer_leads_to_the_rest_of_a_name()
    {
        byte[] message = [3, (byte)'c', (byte)'o', (byte)'m', 0, 1, (byte)'a', 0xC0, 0, 9];
        var at = 5;

        Assert.True(WireName.TryRead(message, ref at, Buffer, out var length));
        Assert.Equal([1, (byte)'a', 3, (byte)'c', (byte)'o', (byte)'m', 0], Buffer[..length]);
        Assert.Equal(9, at);
    }

    [Theory]
    [InlineData(0, 0xC0, 0)] // to itself
    [InlineData(2, 0xC0, 2, 0xC0, 0)] // to each other
    [InlineData(0, 0xC0, 4, 0, 0, 0)] // forwards
    [InlineData(1, 0, 0xC0, 1)]
    [InlineData(0, 0x40, 0)] // a length that there is not
    [InlineData(0, 0x80, 0)]
    [InlineData(0, 0xC0)]
    [InlineData(0, 3, 1, 2)]
    [InlineData(0)]
    public void Pointers_lead_strictly_backwards_and_lengths_are_below_64(int at, params int[] bytes) =>
        Assert.False(WireName.TryRead([.. bytes.Select(static value => (byte)value)], ref at, Buffer, out _));

    [Fact]
    public void A_name_of_more_than_255_bytes_is_none()
    {
        byte[] Labels(int count, int length) => [.. Enumerable.Range(0, count).SelectMany(_ => Enumerable.Repeat((byte)'a', length).Prepend((byte)length)), 0];
        var at = 0;

        Assert.True(WireName.TryRead(Labels(127, 1), ref at, Buffer, out var length));
        Assert.Equal(255, length);
        at = 0;
        Assert.False(WireName.TryRead(Labels(128, 1), ref at, Buffer, out _));
        Assert.True(new NameBuffer().TryLoad(Labels(127, 1)));
        Assert.False(new NameBuffer().TryLoad(Labels(128, 1)));
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_and_never_beyond_their_end() => Prop.ForAll<byte[], byte>((bytes, start) =>
    {
        var at = bytes.Length == 0 ? 0 : start % bytes.Length;
        var isRead = WireName.TryRead(bytes, ref at, Buffer, out var length);
        return !isRead || (length is >= 1 and <= 255 && at <= bytes.Length);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_hashes_of_a_name_are_those_of_its_parts() => Prop.ForAll(Names.Arbitrary, static wire =>
    {
        var name = new NameBuffer();
        Assert.True(name.TryLoad(wire));
        return Enumerable.Range(0, name.Labels + 1).All(label => name.HashFrom(label) == NameHash.Of(name.From(label)));
    }).QuickCheckThrowOnFailure();

    private byte[] Buffer { get; } = new byte[WireName.MaxLength];
}
