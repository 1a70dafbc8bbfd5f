// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Http.Http1;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Http.Tests.Http1;

/// <summary>The chunked transfer coding (RFC 9112, section 7.1).</summary>
public sealed class ChunkedTests
{
    private static readonly Arbitrary<byte[]> Messages = Wire.Messages(
        "3\r\nabc\r\n", "1\r\nx\r\n", "A;ext=1\r\n0123456789\r\n", "0\r\n\r\n", "0\r\nT: v\r\n\r\n", "0\r\n", "\r\n", "\r", "\n", "f", ";", "T: v\r\n", " ", "\0");

    [Theory]
    [InlineData("0\r\n\r\n", "|End|None|5")]
    [InlineData("3\r\nabc\r\n0\r\n\r\nnext", "abc|End|None|13")]
    [InlineData("003\r\nabc\r\n1\r\nd\r\n0\r\n\r\n", "abcd|End|None|21")]
    [InlineData("a;x=1;y=\"z\"\r\n0123456789\r\n0;z\r\n\r\n", "0123456789|End|None|32")]
    [InlineData("1\r\na\r\n0\r\nT: v\r\nU:\r\n\r\n", "a|End|None|21")]
    [InlineData("3\r\nab", "ab|NeedMore|None|0")]
    public void A_good_body_is_decoded_and_what_follows_left(string text, string expected) => Assert.Equal(expected, Decode(text));

    [Theory]
    [InlineData("\r\n", ChunkRefusal.InvalidSize)]
    [InlineData(" 1\r\na\r\n", ChunkRefusal.InvalidSize)]
    [InlineData("1 \r\na\r\n", ChunkRefusal.InvalidSize)]
    [InlineData("0x1\r\na\r\n", ChunkRefusal.InvalidSize)]
    [InlineData("-1\r\na\r\n", ChunkRefusal.InvalidSize)]
    [InlineData(";x\r\na\r\n", ChunkRefusal.InvalidSize)]
    [InlineData("1\na\r\n", ChunkRefusal.InvalidSize)]
    [InlineData("4000000000000001\r\n", ChunkRefusal.InvalidSize)]
    [InlineData("8000000000000000\r\n", ChunkRefusal.InvalidSize)]
    [InlineData("ffffffffffffffff\r\n", ChunkRefusal.InvalidSize)]
    [InlineData("00000000000000001\r\n", ChunkRefusal.InvalidSize)]
    [InlineData("1\rx", ChunkRefusal.InvalidLineEnd)]
    [InlineData("1;a\nb\r\n", ChunkRefusal.InvalidExtension)]
    [InlineData("1;a\0b\r\n", ChunkRefusal.InvalidExtension)]
    [InlineData("1\r\nab\r\n", ChunkRefusal.InvalidLineEnd)]
    [InlineData("1\r\na\n", ChunkRefusal.InvalidLineEnd)]
    [InlineData("0\r\n\rx", ChunkRefusal.InvalidLineEnd)]
    [InlineData("0\r\n\n", ChunkRefusal.InvalidTrailer)]
    [InlineData("0\r\n T: v\r\n", ChunkRefusal.InvalidTrailer)]
    [InlineData("0\r\nT : v\r\n", ChunkRefusal.InvalidTrailer)]
    [InlineData("0\r\nT\r\n", ChunkRefusal.InvalidTrailer)]
    [InlineData("0\r\n: v\r\n", ChunkRefusal.InvalidTrailer)]
    [InlineData("0\r\nT: v\n", ChunkRefusal.InvalidTrailer)]
    [InlineData("0\r\nT: \0\r\n", ChunkRefusal.InvalidTrailer)]
    public void A_doubtful_body_is_refused_with_its_reason(string text, ChunkRefusal refusal) =>
        Assert.Contains($"|Refused|{refusal}|", Decode(text), StringComparison.Ordinal);

    [Fact]
    public void The_largest_chunk_is_accepted() => Assert.Equal("|NeedMore|None|0", Decode("4000000000000000\r\n"));

    [Fact]
    public void Extensions_and_trailers_have_a_bound()
    {
        var extension = new string('x', Http1Limits.ChunkExtensionBytes - 1);
        var trailer = new string('x', Http1Limits.TrailerBytes - 3);

        Assert.Contains("|End|", Decode($"0;{extension}\r\n\r\n"), StringComparison.Ordinal);
        Assert.Contains($"|Refused|{ChunkRefusal.InvalidExtension}|", Decode($"0;x{extension}\r\n\r\n"), StringComparison.Ordinal);
        Assert.Contains("|End|", Decode($"0\r\nT:{trailer}\r\n\r\n"), StringComparison.Ordinal);
        Assert.Contains($"|Refused|{ChunkRefusal.TrailersTooBig}|", Decode($"0\r\nT:x{trailer}\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Splitting_the_bytes_anywhere_changes_nothing() =>
        Prop.ForAll(Messages, Gen.Choose(1, 9).ToArbitrary(), Gen.Choose(1, 9).ToArbitrary(), (bytes, inputStep, outputStep) =>
            Wire.Decode(bytes, inputStep, outputStep) == Wire.Decode(bytes, int.MaxValue, int.MaxValue)).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void No_bytes_make_the_decoder_throw() =>
        Prop.ForAll<byte[]>(bytes => Wire.Decode(bytes, int.MaxValue, int.MaxValue) is not null).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void What_was_encoded_is_decoded_to_itself() =>
        Prop.ForAll<NonEmptyArray<byte>[], PositiveInt>((pieces, step) =>
        {
            using var encoded = new MemoryStream();
            foreach (var piece in pieces)
            {
                var chunk = new byte[piece.Get.Length + ChunkedEncoder.MaxOverheadBytes];
                encoded.Write(chunk, 0, ChunkedEncoder.WriteChunk(chunk, piece.Get));
            }

            encoded.Write(ChunkedEncoder.LastChunk);
            var plain = Wire.Text(pieces.SelectMany(piece => piece.Get).ToArray());
            return Wire.Decode(encoded.ToArray(), step.Get, step.Get) == $"{plain}|End|None|{encoded.Length}";
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Trailers_are_kept_wherever_the_bytes_are_split_and_written_as_they_were()
    {
        var trailers = new Frontier.Protocols.Http.HeaderList();
        trailers.Add("X-Checksum", "abc");
        trailers.Add("X-Empty", "");
        var end = ChunkedEncoder.End(trailers).ToArray();
        Assert.Equal("0\r\nX-Checksum: abc\r\nX-Empty: \r\n\r\n", Encoding.ASCII.GetString(end));
        var decoder = new ChunkedDecoder();
        foreach (var one in end)
        {
            decoder.Decode([one], [], out _, out _);
        }

        Assert.Equal(ChunkedStatus.End, decoder.Decode([], [], out _, out _));
        Assert.Equal(("abc", "", 2), (decoder.Trailers!.GetText("x-checksum"u8), decoder.Trailers.GetText("x-empty"u8), decoder.Trailers.Count));
        decoder.Reset();
        Assert.Null(decoder.Trailers);
        Assert.Equal("0\r\n\r\n", Encoding.ASCII.GetString(ChunkedEncoder.End(null).Span));
    }

    [Fact]
    public void A_size_line_is_hexadecimal_without_padding()
    {
        Span<byte> line = stackalloc byte[ChunkedEncoder.MaxSizeLineBytes];

        Assert.Equal("1f4a\r\n", Encoding.ASCII.GetString(line[..ChunkedEncoder.WriteSizeLine(line, 0x1f4a)]));
        Assert.Equal("4000000000000000\r\n", Encoding.ASCII.GetString(line[..ChunkedEncoder.WriteSizeLine(line, Http1Limits.ChunkBytes)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ChunkedEncoder.WriteSizeLine(new byte[20], 0));
    }

    private static string Decode(string text) => Wire.Decode(Wire.Bytes(text), int.MaxValue, 4096);
}
