// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Http;

public sealed class HeaderListTests
{
    [Fact]
    public void Names_compare_without_case_and_are_kept_as_received()
    {
        var headers = new HeaderList();
        headers.Add("X-Fancy", "Value");

        Assert.True(headers.TryGet("x-fANCY"u8, out var value));
        Assert.Equal("Value", Encoding.Latin1.GetString(value));
        Assert.Equal("X-Fancy", headers.NameText(0));
        Assert.False(headers.Contains("x-fanc"u8));
        Assert.Null(headers.GetText("x-fancyy"u8));
    }

    [Fact]
    public void A_name_that_occurs_twice_counts_twice_and_joins_in_order()
    {
        var headers = new HeaderList();
        headers.Add("Via", "1.1 a");
        headers.Add("Other", "x");
        headers.Add("via", "1.1 b");

        Assert.Equal(3, headers.Count);
        Assert.Equal("1.1 a, 1.1 b", headers.Joined("VIA"u8));
        Assert.Equal("1.1 a", headers.GetText("via"u8));
        Assert.Equal(2, headers.IndexOf("via"u8, 1));
        Assert.Null(headers.Joined("absent"u8));
    }

    [Fact]
    public void Set_replaces_every_field_of_the_name_by_one()
    {
        var headers = new HeaderList();
        headers.Add("A", "1");
        headers.Add("B", "2");
        headers.Add("a", "3");
        headers.Set("A"u8, "4"u8);

        Assert.Equal(["B: 2", "A: 4"], Lines(headers));
    }

    [Fact]
    public void Set_may_be_given_the_list_s_own_bytes()
    {
        var headers = new HeaderList(capacityBytes: 4, capacityFields: 1);
        headers.Add("A", "1234567890");
        headers.Set("A"u8, headers.Value(0));

        Assert.Equal(["A: 1234567890"], Lines(headers));
    }

    [Fact]
    public void Remove_tells_how_many_went()
    {
        var headers = new HeaderList();
        headers.Add("A", "1");
        headers.Add("B", "2");
        headers.Add("a", "3");

        Assert.Equal(2, headers.Remove("a"u8));
        Assert.Equal(0, headers.Remove("a"u8));
        Assert.Equal(["B: 2"], Lines(headers));
    }

    [Fact]
    public void RemoveAt_takes_one_line_and_keeps_the_order_of_the_others()
    {
        var headers = new HeaderList();
        headers.Add("A", "1");
        headers.Add("B", "2");
        headers.Add("C", "3");
        headers.RemoveAt(1);

        Assert.Equal(["A: 1", "C: 3"], Lines(headers));
    }

    [Fact]
    public void A_list_without_room_grows()
    {
        var headers = new HeaderList(capacityBytes: 0, capacityFields: 0);
        for (var i = 0; i < 100; i++)
        {
            headers.Add($"Name-{i}", $"value {i}");
        }

        Assert.Equal(100, headers.Count);
        Assert.Equal("value 99", headers.GetText("name-99"u8));
        Assert.Equal("value 0", headers.GetText("name-0"u8));
    }

    [Fact]
    public void A_cleared_list_is_empty_and_usable_again()
    {
        var headers = new HeaderList();
        headers.Add("A", "1");
        headers.Clear();

        Assert.Equal(0, headers.Count);
        Assert.Equal(0, headers.WireBytes);
        Assert.False(headers.Contains("a"u8));
        headers.Add("B", "2");
        Assert.Equal(["B: 2"], Lines(headers));
    }

    [Fact]
    public void Wire_bytes_are_those_of_the_HTTP_1_1_form()
    {
        var headers = new HeaderList();
        headers.Add("Host", "a.example");
        headers.Add("X", "");

        Assert.Equal("Host: a.example\r\nX: \r\n".Length, headers.WireBytes);
    }

    [Fact]
    public void Bytes_beyond_ASCII_survive_in_both_directions()
    {
        var headers = new HeaderList();
        headers.Add("X", "caf\u00e9");

        Assert.Equal([(byte)'c', (byte)'a', (byte)'f', 0xe9], headers.Value(0).ToArray());
        Assert.Equal("caf\u00e9", headers.ValueText(0));
    }

    [Fact]
    public void Any_list_survives_its_block() =>
        Prop.ForAll(Fields, fields =>
        {
            var original = Listed(fields);
            var block = original.ToBlock();
            var again = new HeaderList(capacityBytes: 1, capacityFields: 1);
            return block.Length == original.BlockBytes && again.TryAddBlock(block) && Lines(again).SequenceEqual(Lines(original));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reading_a_block_never_throws() =>
        Prop.ForAll<byte[]>(bytes => new HeaderList().TryAddBlock(bytes) || bytes.Length > 0).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("no separator\n")]
    [InlineData("name\0no end")]
    [InlineData("a\nname\0value\n")]
    public void What_is_not_a_block_is_refused(string text) => Assert.False(new HeaderList().TryAddBlock(Encoding.Latin1.GetBytes(text)));

    [Fact]
    public void A_list_behaves_as_a_plain_list_of_pairs_would() =>
        Prop.ForAll(Changes, changes =>
        {
            var headers = new HeaderList(capacityBytes: 1, capacityFields: 1);
            var model = new List<(string Name, string Value)>();
            foreach (var (kind, name, value) in changes)
            {
                var bytes = Encoding.Latin1.GetBytes(name);
                if (kind > 0)
                {
                    model.RemoveAll(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
                }

                switch (kind)
                {
                    case 0:
                        headers.Add(name, value);
                        model.Add((name, value));
                        break;
                    case 1:
                        headers.Set(bytes, Encoding.Latin1.GetBytes(value));
                        model.Add((name, value));
                        break;
                    default:
                        headers.Remove(bytes);
                        break;
                }
            }

            return Lines(headers).SequenceEqual(model.Select(field => $"{field.Name}: {field.Value}"));
        }).QuickCheckThrowOnFailure();

    private static Arbitrary<(string Name, string Value)[]> Fields => Gen.ArrayOf(Field).ToArbitrary();

    private static Gen<(string Name, string Value)> Field =>
        from name in Gen.Elements("a", "A", "Host", "x-long-name", "B")
        from value in Gen.Elements("", "1", "some value", "\u00ff", new string('v', 300))
        select (name, value);

    private static Arbitrary<(int Kind, string Name, string Value)[]> Changes => Gen.ArrayOf(
        from kind in Gen.Choose(0, 2)
        from pair in Field
        select (kind, pair.Name, pair.Value)).ToArbitrary();

    private static HeaderList Listed((string Name, string Value)[] fields)
    {
        var headers = new HeaderList();
        foreach (var (name, value) in fields)
        {
            headers.Add(name, value);
        }

        return headers;
    }

    private static List<string> Lines(HeaderList headers) =>
        [.. Enumerable.Range(0, headers.Count).Select(i => $"{headers.NameText(i)}: {headers.ValueText(i)}")];
}
