// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Http.Http2.Hpack;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Http.Tests.Http2.Hpack;

/// <summary>Blocks that the grammar of RFC 7541 does not have, and any bytes at all.</summary>
public sealed class HpackStrictnessTests
{
    [Theory]
    [InlineData("80", "an index of 0, section 6.1")]
    [InlineData("be", "an index beyond both tables, section 2.3.3")]
    [InlineData("7f00", "a name's index beyond both tables, section 6.2.1")]
    [InlineData("ffffffff7f", "an index of more than any table holds")]
    [InlineData("ff8080808000", "an integer of more octets than it needs, section 5.1")]
    [InlineData("ffffffffffff7f", "an integer that overflows, section 5.1")]
    [InlineData("ff", "an integer without its end, section 5.1")]
    [InlineData("ff80", "an integer without its end, section 5.1")]
    [InlineData("00", "a literal without a name")]
    [InlineData("000161", "a literal without a value")]
    [InlineData("00026101", "a name that is cut off, section 5.2")]
    [InlineData("0001610261", "a value that is cut off, section 5.2")]
    [InlineData("00016181ff", "padding of eight bits, section 5.2")]
    [InlineData("0001618106", "a code and a padding of others than ones, section 5.2")]
    [InlineData("00016182 1fff", "padding of more than seven bits, section 5.2")]
    [InlineData("00016184ffffffff", "the code that ends strings, section 5.2")]
    [InlineData("3fe21f", "a table of 4,097 bytes, section 6.3")]
    [InlineData("8220", "a change of the table behind a field, section 4.2")]
    [InlineData("203e82203e", "a change of the table between fields, section 4.2")]
    public void What_the_grammar_does_not_have_is_refused(string hex, string why) =>
        Assert.False(new HpackDecoder(4096).TryDecode(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), new ListSink()), why);

    [Theory]
    [InlineData("3fe11f", 4096)]
    [InlineData("20", 0)]
    [InlineData("203e82", 30)]
    [InlineData("", 4096)]
    public void The_table_may_be_changed_at_the_beginning_even_twice_section_4_2(string hex, int capacity)
    {
        var decoder = new HpackDecoder(4096);
        Assert.True(decoder.TryDecode(Convert.FromHexString(hex), new ListSink()));
        Assert.Equal(capacity, decoder.Table.Capacity);
    }

    [Fact]
    public void A_smaller_table_evicts_the_oldest_section_4_3()
    {
        var decoder = new HpackDecoder(4096);
        Add(decoder, "a", "1");
        Add(decoder, "b", "2");
        Assert.True(decoder.TryDecode([0x3F, 40 - 31], new ListSink()));
        Assert.Equal((1, 34), (decoder.Table.Count, decoder.Table.Size));
        Assert.Equal("b", Encoding.ASCII.GetString(decoder.Table.Name(0)));
    }

    [Fact]
    public void A_field_larger_than_the_table_empties_it_and_is_no_error_section_4_4()
    {
        var decoder = new HpackDecoder(64);
        Add(decoder, "a", "1");
        Add(decoder, "b", new string('x', 50));
        Assert.Equal((0, 0), (decoder.Table.Count, decoder.Table.Size));
    }

    [Fact]
    public void A_field_may_take_its_name_from_the_entry_that_goes_for_it_section_4_4()
    {
        var decoder = new HpackDecoder(64);
        Add(decoder, "a-long-name", "1");
        var sink = new ListSink();
        Assert.True(decoder.TryDecode([0x40 | 62, 10, .. "0123456789"u8], sink));
        Assert.Equal([("a-long-name", "0123456789")], sink.Fields);
        Assert.Equal("a-long-name", Encoding.ASCII.GetString(decoder.Table.Name(0)));
        Assert.Equal(1, decoder.Table.Count);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_and_never_throw() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary(), static bytes =>
        {
            var decoder = new HpackDecoder(4096);
            decoder.TryDecode(bytes, new ListSink());
            decoder.TryDecode(bytes, new ListSink());
            return decoder.Table.Size <= 4096;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Damaged_blocks_are_read_or_refused_and_never_throw() =>
        Prop.ForAll(
            Gen.Choose(0, 10_000).ToArbitrary(),
            Gen.Choose(0, 255).ToArbitrary(),
            static (at, value) =>
            {
                var block = Convert.FromHexString("828684418cf1e3c2e5f23a6ba0ab90f4ff5886a8eb10649cbf408825a849e95ba97d7f8925a849e95bb8e8b4bf3fe11f");
                block[at % block.Length] = (byte)value;
                var decoder = new HpackDecoder(4096);
                return !decoder.TryDecode(block, new ListSink()) || decoder.Table.Size <= 4096;
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Fact]
    public void Every_text_survives_the_code_of_appendix_B() =>
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte[]>().ToArbitrary(), static text =>
        {
            var encoded = new byte[HuffmanCode.EncodedBytes(text)];
            HuffmanCode.Encode(text, encoded);
            var decoded = new byte[HuffmanCode.MaxDecodedBytes(encoded.Length)];
            return HuffmanCode.TryDecode(encoded, decoded, out var written) && decoded.AsSpan(0, written).SequenceEqual(text);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void Every_symbol_alone_survives_the_code_of_appendix_B()
    {
        for (var symbol = 0; symbol < 256; symbol++)
        {
            var encoded = new byte[HuffmanCode.EncodedBytes([(byte)symbol])];
            HuffmanCode.Encode([(byte)symbol], encoded);
            var decoded = new byte[HuffmanCode.MaxDecodedBytes(encoded.Length)];
            Assert.True(HuffmanCode.TryDecode(encoded, decoded, out var written));
            Assert.Equal([(byte)symbol], decoded[..written]);
        }
    }

    [Fact]
    public void What_our_encoder_writes_is_read_as_it_was() =>
        Prop.ForAll(Gen.ListOf(Gen.Zip(Names, Values)).ToArbitrary(), static fields =>
        {
            var head = new ResponseHead { Status = 200 + (fields.Count * 7 % 300) };
            foreach (var (name, value) in fields)
            {
                head.Headers.Add(name, value);
            }

            var sink = new ListSink();
            var decoder = new HpackDecoder(0);
            return decoder.TryDecode(HeaderBlock.Prepare(head, 12_345), sink)
                && sink.Fields.SequenceEqual([(":status", $"{head.Status}"), .. fields.Select(static field => (field.Item1.ToLowerInvariant(), field.Item2)), .. head.Status == 204 ? Array.Empty<(string, string)>() : [("content-length", "12345")]]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    /// <summary>A decoder and a plain model of RFC 7541, section 2.3 read the same from the same instructions, however the table turns over.</summary>
    [Fact]
    public void The_table_turns_over_as_a_plain_list_would() =>
        Prop.ForAll(Gen.ListOf(Gen.Zip(Gen.Choose(0, 30), Gen.Choose(0, 400))).ToArbitrary(), static steps =>
        {
            const int Bytes = 1_000;
            var decoder = new HpackDecoder(Bytes);
            List<(string Name, string Value)> model = [];
            foreach (var (name, length) in steps)
            {
                var field = ($"name-{name}", new string((char)('a' + name % 26), length));
                Add(decoder, field.Item1, field.Item2);
                model.Insert(0, field);
                while (model.Sum(static entry => entry.Name.Length + entry.Value.Length + 32) > Bytes)
                {
                    model.RemoveAt(model.Count - 1);
                }
            }

            var sink = new ListSink();
            return decoder.TryDecode([.. model.Select(static (_, index) => (byte)(0x80 | (62 + index)))], sink) && sink.Fields.SequenceEqual(model) && decoder.Table.Count == model.Count;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private static Gen<string> Names => Gen.Elements("Age", "cache-control", "X-Cache", "ETag", "x-" + new string('n', 200), "Via", "www-authenticate");

    private static Gen<string> Values => Gen.OneOf(Gen.Elements("", "Hit from here", new string('v', 300), "\u00e9\u00ff", "\"etag\""), Gen.Choose(0, 100_000).Select(static number => $"{number}"));

    private static void Add(HpackDecoder decoder, string name, string value)
    {
        var block = Frame.Block([(name, value)]);
        block[0] = 0x40;
        Assert.True(decoder.TryDecode(block, new ListSink()));
    }
}
