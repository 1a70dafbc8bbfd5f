// SPDX-License-Identifier: Apache-2.0

using System.Buffers.Binary;
using Frontier.Http.Tls;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Http.Tests.Tls;

/// <summary>JA3 and JA4 of ClientHellos, against the examples that their authors publish (§10.3).</summary>
public sealed class ClientFingerprintTests
{
    private static readonly ushort[] JA4Ciphers =
        [0x0A0A, 0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x009C, 0x009D, 0x002F, 0x0035];

    private static readonly byte[] JA4Signatures = Numbers(0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601);

    [Theory]
    [InlineData("769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0", "ada70206e40642a3e4461f35503241d5")]
    [InlineData("769,4-5-10-9-100-98-3-6-19-18-99,,,", "de350869b8c85de67a350c8d186f11e6")]
    public void The_published_JA3_examples_come_out(string text, string fingerprint)
    {
        var fields = text.Split(',');
        ushort[] ciphers = [.. fields[1].Split('-').Select(ushort.Parse)];
        (ushort, byte[])[] extensions = fields[2].Length == 0
            ? []
            : [(0, ServerName("a.example")), (10, Block16(Numbers([.. fields[3].Split('-').Select(ushort.Parse)]))), (11, Block8([0]))];
        var hello = Read(Hello(769, ciphers, extensions));
        Assert.Equal(text, ClientFingerprint.Ja3Text(hello));
        Assert.Equal(fingerprint, ClientFingerprint.Ja3(hello));
    }

    [Fact]
    public void The_published_JA4_example_comes_out_without_GREASE() =>
        Assert.Equal("t13d1516h2_8daaf6152771_e5627efa2ab1", ClientFingerprint.Ja4(Read(JA4Example())));

    [Fact]
    public void The_same_hello_without_a_name_and_without_a_protocol_says_so() => Assert.Equal(
        "t13i151400_8daaf6152771_e5627efa2ab1",
        ClientFingerprint.Ja4(Read(Hello(0x0303, JA4Ciphers, [.. Extensions().Where(static extension => extension.Type is not (0 or 16))]))));

    [Fact]
    public void A_hello_without_extensions_has_zeros_in_their_place() =>
        Assert.Equal("t12i010000_ba72b8082249_000000000000", ClientFingerprint.Ja4(Read(Hello(0x0303, [0x002F], []))));

    [Fact]
    public void A_hello_in_several_records_is_read_when_it_is_whole()
    {
        var whole = JA4Example();
        var message = whole[5..];
        byte[] split = [22, 3, 1, 0, 40, .. message[..40], 22, 3, 1, .. Block16(message.AsSpan(40))];
        for (var length = 0; length < split.Length; length++)
        {
            Assert.False(ClientHello.TryRead(split.AsSpan(0, length), out _));
        }

        Assert.Equal(ClientFingerprint.Of(Read(whole)), ClientFingerprint.Of(Read(split)));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n")]
    [InlineData("\u0016\u0003\u0001\u0000\u0005\u0002\u0000\u0000\u0001x")]
    [InlineData("\u0016\u0003\u0001\u0000\u0000")]
    [InlineData("\u0016\u0003\u0001\u0000\u0006\u0001\u0000\u0000\u0002xy")]
    public void What_is_no_hello_has_no_fingerprint_and_is_not_waited_for(string bytes)
    {
        Assert.True(ClientHello.TryRead(System.Text.Encoding.Latin1.GetBytes(bytes), out var hello));
        Assert.Null(hello);
    }

    [Fact]
    public void No_bytes_make_it_throw() => Prop.ForAll<byte[], int>(static (noise, at) =>
    {
        var bytes = JA4Example();
        noise.CopyTo(bytes.AsSpan(Math.Abs(at % Math.Max(1, bytes.Length - noise.Length))));
        ClientHello.TryRead(bytes, out var hello);
        return hello is null || ClientFingerprint.Of(hello).Ja4.Length == 36;
    }).QuickCheckThrowOnFailure();

    /// <summary>What a prefix settles, no further byte unsettles: what stands behind a hello was never looked at.</summary>
    [Fact]
    public void A_hello_is_judged_by_its_own_bytes_wherever_the_rest_is_cut_off() =>
        Prop.ForAll(Damage.ToArbitrary(), Gen.Choose(0, 400).ToArbitrary(), Gen.ArrayOf(Gen.Choose(0, 255)).ToArbitrary(), static (damage, length, behind) =>
        {
            var bytes = JA4Example();
            foreach (var (at, value) in damage)
            {
                bytes[at % bytes.Length] = (byte)value;
            }

            byte[] more = [.. bytes, .. behind.Select(static value => (byte)value)];
            var isSettled = ClientHello.TryRead(bytes.AsSpan(0, Math.Min(length, bytes.Length)), out var early);
            return !isSettled || (ClientHello.TryRead(more, out var late) && Print(early) == Print(late));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));

    [Fact]
    public void Extensions_of_any_content_are_listed_in_their_order() =>
        Prop.ForAll(Gen.ListOf(Extension).ToArbitrary(), static extensions =>
            Read(Hello(0x0303, [0x1301], [.. extensions])).Extensions.SequenceEqual(extensions.Select(static extension => extension.Type)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    /// <summary>Those whose content is read, with any content.</summary>
    private static Gen<(ushort Type, byte[] Body)> Extension =>
        from type in Gen.Elements<ushort>(0, 10, 11, 13, 16, 43, 51)
        from content in Gen.ArrayOf(Gen.Frequency((3, Gen.Choose(0, 4)), (1, Gen.Choose(0, 255))))
        select (type, content.Select(static value => (byte)value).ToArray());

    private static Gen<List<(int At, int Value)>> Damage =>
        from bytes in Gen.ListOf(Gen.Zip(Gen.Choose(0, 400), Gen.Choose(0, 255)))
        select bytes.Take(4).Select(static pair => (pair.Item1, pair.Item2)).ToList();

    private static TlsFingerprints? Print(ClientHello? hello) => hello is null ? null : ClientFingerprint.Of(hello);

    private static byte[] JA4Example() => Hello(0x0303, JA4Ciphers, Extensions());

    /// <summary>In an order of their own: JA4 sorts them.</summary>
    private static (ushort Type, byte[] Body)[] Extensions() =>
    [
        (0x1A1A, []), (0x001B, []), (0, ServerName("a.example")), (0x0033, []), (16, Block16([.. Block8("h2"u8), .. Block8("http/1.1"u8)])), (0x4469, []), (0x0017, []),
        (0x002D, []), (13, Block16(JA4Signatures)), (5, []), (0x0023, []), (0x0012, []), (43, Block8(Numbers(0x2A2A, 0x0304, 0x0303))), (0xFF01, []), (11, Block8([0])),
        (10, Block16(Numbers(0x3A3A, 29, 23, 24))), (0x0015, []), (0xFAFA, [0]),
    ];

    private static ClientHello Read(byte[] bytes)
    {
        Assert.True(ClientHello.TryRead(bytes, out var hello));
        return hello!;
    }

    private static byte[] Hello(ushort version, ushort[] ciphers, (ushort Type, byte[] Body)[] extensions)
    {
        byte[] list = [.. extensions.SelectMany(static extension => (byte[])[.. Numbers(extension.Type), .. Block16(extension.Body)])];
        byte[] body = [.. Numbers(version), .. new byte[32], .. Block8([]), .. Block16(Numbers(ciphers)), .. Block8([0]), .. list.Length == 0 ? [] : Block16(list)];
        return [22, 3, 1, .. Block16([1, 0, .. Block16(body)])];
    }

    private static byte[] ServerName(string name) => Block16([0, .. Block16(System.Text.Encoding.ASCII.GetBytes(name))]);

    private static byte[] Block8(ReadOnlySpan<byte> content) => [(byte)content.Length, .. content];

    private static byte[] Block16(ReadOnlySpan<byte> content) => [(byte)(content.Length >> 8), (byte)content.Length, .. content];

    private static byte[] Numbers(params ushort[] numbers)
    {
        var bytes = new byte[2 * numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2 * i), numbers[i]);
        }

        return bytes;
    }
}
