// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Dns;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Dns;

/// <summary>Data of records in presentation form (NB-5.2).</summary>
public sealed class RecordDataTests
{
    [Theory]
    [InlineData("A", "192.0.2.1", "C0000201")]
    [InlineData("AAAA", "2001:db8::1", "20010DB8000000000000000000000001")]
    [InlineData("NS", "ns.example.", "026E73076578616D706C6500")]
    [InlineData("MX", "10 mx.example.", "000A026D78076578616D706C6500")]
    [InlineData("TXT", "\"a\\\"b\" \"\"", "0361226200")]
    [InlineData("SRV", "1 2 443 a.", "0001000201BB016100")]
    [InlineData("SOA", "a. b. 1 2 3 4 5", "0161000162000000000100000002000000030000000400000005")]
    [InlineData("CAA", "0 issue \"ca.example\"", "0005697373756563612E6578616D706C65")]
    [InlineData("DS", "60485 5 1 2BB183AF", "EC4505012BB183AF")]
    [InlineData("SSHFP", "2 1 123456", "0201123456")]
    [InlineData("TLSA", "3 1 1 D2ABDE", "030101D2ABDE")]
    [InlineData("NAPTR", "100 50 \"s\" \"z3950+I2L\" \"\" _z.a.", "00640032" + "0173" + "097A333935302B49324C" + "00" + "025F7A016100")]
    [InlineData("HTTPS", "0 foo.example.com.", "000003666F6F076578616D706C6503636F6D00")]
    [InlineData("SVCB", "1 .", "000100")]
    [InlineData("SVCB", "16 foo.example.com. port=\"53\"", "001003666F6F076578616D706C6503636F6D00000300020035")]
    [InlineData("SVCB", "1 a. key667=\"hello\"", "000101610002" + "9B000568656C6C6F")]
    [InlineData("SVCB", "1 foo. ipv6hint=\"2001:db8::1,2001:db8::53:1\"", "000103666F6F000006002020010DB800000000000000000000000120010DB8000000000000000000530001")]
    [InlineData("TYPE731", "\\# 6 abcdef012345", "ABCDEF012345")]
    public void Data_is_read_to_the_bytes_of_the_wire_and_written_back(string type, string text, string hex)
    {
        Assert.Equal(hex, Convert.ToHexString(Read(type, text)));
        Assert.Equal(text, Write(type, Convert.FromHexString(hex)));
    }

    /// <summary>RFC 9460, appendix D.2.</summary>
    [Fact]
    public void Parameters_of_services_are_put_in_order_and_their_lists_unescaped()
    {
        var wire = Read("SVCB", "16 foo.example.org. alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1");
        Assert.Equal("001003666F6F076578616D706C65036F726700000000040001000400010009026832" + "0568332D3139000400" + "04C0000201", Convert.ToHexString(wire));
        Assert.Equal(Read("SVCB", @"16 foo.example.org. alpn=""f\\\\oo\\,bar,h2"""), Read("SVCB", @"16 foo.example.org. alpn=f\\\092oo\092,bar,h2"));
        Assert.Equal("001003666F6F076578616D706C65036F726700000100" + "0C08665C6F6F2C626172026832", Convert.ToHexString(Read("SVCB", @"16 foo.example.org. alpn=""f\\\\oo\\,bar,h2""")));
    }

    [Theory]
    [InlineData("A", "192.0.2", "IllegalIPv4Address")]
    [InlineData("A", "192.0.2.256", "IllegalIPv4Address")]
    [InlineData("A", "192.0.2.01", "IllegalIPv4Address")]
    [InlineData("A", "0xC0000201", "IllegalIPv4Address")]
    [InlineData("A", "192.0.2.1 192.0.2.2", "ARRDATAWrongFieldCount")]
    [InlineData("AAAA", "fe80::1%eth0", "IllegalIPv6Address")]
    [InlineData("AAAA", "192.0.2.1", "IllegalIPv6Address")]
    [InlineData("MX", "10", "MXRRDATAWrongFieldCount")]
    [InlineData("MX", "65536 mx.example.", "IllegalInteger")]
    [InlineData("MX", "-1 mx.example.", "IllegalInteger")]
    [InlineData("CNAME", "a..b", "DomainLabelEmpty")]
    [InlineData("TXT", "plain", "InvalidCharacterString")]
    [InlineData("TXT", "\"open", "UnterminatedString")]
    [InlineData("TXT", "\"b\u00fccher\"", "UnsupportedCharacter")]
    [InlineData("CAA", "0 is-sue \"x\"", "IllegalTag")]
    [InlineData("CAA", "256 issue \"x\"", "IllegalInteger")]
    [InlineData("DS", "1 2 3 ABC", "IllegalHex")]
    [InlineData("SOA", "a. b. 1 1h 3 4 5", "IllegalInteger")]
    [InlineData("SVCB", "1 a. port=1 port=2", "RepeatedServiceKey")]
    [InlineData("SVCB", "1 a. unknown=1", "IllegalServiceKey")]
    [InlineData("SVCB", "1 a. port=65536", "IllegalServiceValue")]
    [InlineData("SVCB", "1 a. mandatory=alpn", "MissingServiceKey")]
    [InlineData("SVCB", "1 a. no-default-alpn", "MissingServiceKey")]
    [InlineData("SVCB", "1 a. no-default-alpn=1 alpn=h2", "IllegalServiceValue")]
    [InlineData("SVCB", "1 a. ipv4hint=", "IllegalServiceValue")]
    [InlineData("SVCB", "0 a. port=1", "ParametersInAliasMode")]
    [InlineData("TYPE731", "\\# 1 ab", "UnknownType")]
    public void What_a_type_does_not_allow_is_a_fault_as_Route_53_reads_it(string type, string text, string code)
    {
        Assert.True(RecordTypes.TryFind(type, out var found));
        Assert.False(RecordData.TryParse(found, text, null, EscapeForm.Octal, out _, out var fault));
        Assert.Equal(code, fault.Code);
    }

    [Fact]
    public void Master_files_may_have_words_without_quotes_units_of_time_and_bytes_of_any_type()
    {
        Assert.Equal(Read("TXT", "\"a\" \"b\""), Read("TXT", "a b"));
        Assert.Equal(Read("SOA", "a. b. 1 5400 604800 3 4"), Read("SOA", "a. b. 1 1h30m 1W 3 4"));
        Assert.Equal(Read("A", "192.0.2.1"), Read("A", "\\# 4 C0 00 0201"));
        Assert.True(RecordTypes.TryFind("a", out var type));
        Assert.False(RecordData.TryParse(type, "\\# 3 C00002", null, EscapeForm.Decimal, out _, out var fault));
        Assert.Equal("IllegalData", fault.Code);
        Assert.False(RecordData.TryParse(type, "\\# 5 C0000201", null, EscapeForm.Decimal, out _, out fault));
        Assert.Equal("WrongLength", fault.Code);
        Assert.Equal("fr\u00e4nz", System.Text.Encoding.Latin1.GetString(Read("TXT", @"fr\228nz")[1..]));
    }

    [Fact]
    public void A_character_string_has_255_bytes()
    {
        Assert.Equal(256, Read("TXT", $"\"{new string('a', 255)}\"").Length);
        Assert.True(RecordTypes.TryFind("TXT", out var type));
        Assert.False(RecordData.TryParse(type, $"\"{new string('a', 256)}\"", null, EscapeForm.Octal, out _, out var fault));
        Assert.Equal("CharacterStringTooLong", fault.Code);
    }

    [Fact]
    public void Whatever_bytes_are_data_of_a_type_survive_writing_and_reading() => Prop.ForAll(
        Gen.Elements(RecordTypes.All.AsEnumerable()).ToArbitrary(), ArbMap.Default.ArbFor<byte[]>(), static (type, bytes) =>
        {
            bytes ??= [];
            return new[] { EscapeForm.Decimal, EscapeForm.Octal }.All(form =>
                !RecordDataText.TryFormat(type, bytes, form, out var text)
                || type.Fields.Any(static field => field is DataField.Hex or DataField.Base64) && bytes.Length <= 4
                || (RecordData.TryParse(type, text, null, form, out var again, out _) && again.AsSpan().SequenceEqual(bytes)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_the_reader_throw() => Prop.ForAll<string>(static text =>
        RecordTypes.All.All(type => RecordData.TryParse(type, text ?? "", DnsName.Root, EscapeForm.Decimal, out var wire, out _) ? RecordDataText.TryFormat(type, wire, EscapeForm.Decimal, out _) : wire is null))
        .QuickCheckThrowOnFailure();

    private static byte[] Read(string type, string text)
    {
        Assert.True(RecordTypes.TryFind(type, out var found));
        Assert.True(RecordData.TryParse(found, text, null, EscapeForm.Decimal, out var wire, out var fault), fault?.ToString());
        return wire;
    }

    private static string Write(string type, byte[] wire)
    {
        Assert.True(RecordTypes.TryFind(type, out var found));
        Assert.True(RecordDataText.TryFormat(found, wire, EscapeForm.Decimal, out var text));
        return text;
    }
}
