// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Dns;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Dns;

public sealed class DnsNameTests
{
    [Theory]
    [InlineData("www.Example.com.", "www.Example.com.")]
    [InlineData("www.example.com", "www.example.com.")]
    [InlineData("*.example.com", "*.example.com.")]
    [InlineData("_sip._tcp.example.com.", "_sip._tcp.example.com.")]
    [InlineData(".", ".")]
    [InlineData(@"a\.b.example.", @"a\.b.example.")]
    [InlineData(@"a\046b.example.", @"a\.b.example.")]
    [InlineData(@"\255\000.example.", @"\255\000.example.")]
    public void A_name_is_read_and_written_as_master_files_have_it(string text, string written)
    {
        Assert.True(DnsName.TryParse(text, out var name));
        Assert.Equal(written, name.ToString());
    }

    [Theory]
    [InlineData("", "DomainLabelEmpty")]
    [InlineData("..", "DomainLabelEmpty")]
    [InlineData(".example.com", "DomainLabelEmpty")]
    [InlineData("a..b", "DomainLabelEmpty")]
    [InlineData("a b", "UnsupportedCharacter")]
    [InlineData("b\u00fccher.example", "UnsupportedCharacter")]
    [InlineData(@"a\", "UnsupportedCharacter")]
    [InlineData(@"a\25", "UnsupportedCharacter")]
    [InlineData(@"a\256", "UnsupportedCharacter")]
    public void What_is_no_name_is_refused_with_what_is_wrong(string text, string code)
    {
        Assert.False(DnsName.TryParse(text, null, EscapeForm.Decimal, out _, out var fault));
        Assert.Equal((code, text), (fault.Code, fault.Text));
    }

    [Fact]
    public void Labels_have_63_bytes_and_names_255_RFC_1035_section_3_1()
    {
        var label = new string('a', 63);
        Assert.True(DnsName.TryParse(label + ".example", out _));
        Assert.False(DnsName.TryParse(label + "a.example", null, EscapeForm.Decimal, out _, out var fault));
        Assert.Equal("DomainLabelTooLong", fault.Code);

        var longest = string.Join('.', label, label, label, new string('a', 61));
        Assert.True(DnsName.TryParse(longest, out var name));
        Assert.Equal(DnsName.LongestWire, name.Wire.Length);
        Assert.False(DnsName.TryParse(longest + "a", null, EscapeForm.Decimal, out _, out fault));
        Assert.Equal("DomainNameTooLong", fault.Code);
        Assert.False(DnsName.TryParse("a." + longest + ".", null, EscapeForm.Decimal, out _, out fault));
        Assert.Equal("DomainNameTooLong", fault.Code);
    }

    [Fact]
    public void Without_its_dot_a_name_is_relative_to_the_origin_and_at_is_that_itself()
    {
        Assert.True(DnsName.TryParse("example.com.", out var origin));
        Assert.True(DnsName.TryParse("www", origin, EscapeForm.Decimal, out var name, out _));
        Assert.Equal("www.example.com.", name.ToString());
        Assert.True(DnsName.TryParse("www.", origin, EscapeForm.Decimal, out name, out _));
        Assert.Equal("www.", name.ToString());
        Assert.True(DnsName.TryParse("@", origin, EscapeForm.Decimal, out name, out _));
        Assert.Equal(origin, name);
    }

    [Fact]
    public void Route_53_counts_in_octal_and_writes_all_but_letters_digits_hyphens_and_underscores_so()
    {
        Assert.True(DnsName.TryParse(@"\052.a\041.example.com", null, EscapeForm.Octal, out var name, out _));
        Assert.Equal("*.a!.example.com.", name.ToString());
        Assert.Equal(@"\052.a\041.example.com.", name.ToText(EscapeForm.Octal));
        Assert.True(name.IsWildcard);
        Assert.False(DnsName.TryParse(@"a\428.example", null, EscapeForm.Octal, out _, out _));
    }

    [Fact]
    public void Names_are_equal_without_case_and_stand_in_canonical_order_RFC_4034_section_6_1()
    {
        string[] inOrder = ["example.", "a.example.", "yljkjljk.a.example.", "Z.a.example.", "zABC.a.EXAMPLE.", "z.example.", @"\001.z.example.", "*.z.example.", @"\200.z.example."];
        var names = inOrder.Select(Parse).ToList();
        Assert.Equal(inOrder, names.AsEnumerable().Reverse().Order().Select(static name => name.ToString()));
        Assert.Equal(Parse("A.Example."), Parse("a.eXAMPLE."));
        Assert.Equal(Parse("A.Example.").GetHashCode(), Parse("a.eXAMPLE.").GetHashCode());
        Assert.Equal(Parse(@"\200A."), Parse(@"\200a."));
        Assert.True(Parse("A.b.example.").IsWithin(Parse("B.example.")));
        Assert.False(Parse("ab.example.").IsWithin(Parse("b.example.")));
        Assert.True(Parse("example.").IsWithin(DnsName.Root));
        Assert.Equal("b.example.", Parse("A.b.example.").Parent.ToString());
        Assert.Equal(3, Parse("A.b.example.").LabelCount);
    }

    [Fact]
    public void Every_name_survives_writing_and_reading_in_both_forms()
    {
        var labels = Gen.Choose(0, 255).Select(static number => (byte)number).NonEmptyListOf().Select(static bytes => bytes.Take(20).ToArray()).NonEmptyListOf().Select(static all => all.Take(8).ToArray());
        Prop.ForAll(labels.ToArbitrary(), static labels =>
        {
            byte[] wire = [.. labels.SelectMany(static label => label.Prepend((byte)label.Length)), 0];
            return DnsName.TryReadWire(wire, out var name)
                && DnsName.TryParse(name.ToText(EscapeForm.Decimal), null, EscapeForm.Decimal, out var first, out _) && first.Wire.SequenceEqual(wire)
                && DnsName.TryParse(name.ToText(EscapeForm.Octal), null, EscapeForm.Octal, out var second, out _) && second.Wire.SequenceEqual(wire);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_text_and_no_bytes_make_the_reader_throw() => Prop.ForAll<string, byte[]>(static (text, bytes) =>
    {
        DnsName.TryParse(text ?? "", null, EscapeForm.Octal, out _, out _);
        DnsName.TryParse(text ?? "", DnsName.Root, EscapeForm.Decimal, out _, out _);
        return !DnsName.TryReadWire(bytes ?? [], out var name) || name.Wire.Length <= bytes!.Length;
    }).QuickCheckThrowOnFailure();

    private static DnsName Parse(string text) => DnsName.TryParse(text, out var name) ? name : throw new ArgumentException(text);
}
