// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Diagnostics;
using Frontier.Protocols.Dns;
using Frontier.Protocols.Dns.MasterFiles;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Dns.MasterFiles;

/// <summary>Master files (RFC 1035 §5): every form there is, and every fault with its place.</summary>
public sealed class MasterFileReaderTests
{
    private static readonly DnsName Origin = Name("example.com.");

    [Fact]
    public void The_example_of_RFC_1035_5_3_is_read()
    {
        // With times to live and without the file it includes.
        var records = Good("""
            $ORIGIN ISI.EDU.
            $TTL 1d
            @   IN  SOA     VENERA      Action\.domains (
                                             20     ; SERIAL
                                             7200   ; REFRESH
                                             600    ; RETRY
                                             3600000; EXPIRE
                                             60)    ; MINIMUM

                    NS      A.ISI.EDU.
                    NS      VENERA
                    NS      VAXA
                    MX      10      VENERA
                    MX      20      VAXA

            A       A       26.3.0.103

            VENERA  A       10.1.0.52
                    A       128.9.0.32

            VAXA    A       10.2.0.27
                    A       128.9.0.33
            """);

        Assert.Equal(11, records.Count);
        Assert.Equal(@"ISI.EDU. 86400 SOA VENERA.ISI.EDU. Action\.domains.ISI.EDU. 20 7200 600 3600000 60", records[0]);
        Assert.Equal("VENERA.ISI.EDU. 86400 A 128.9.0.32", records[8]);
    }

    [Theory]
    [InlineData("www 60 IN A 192.0.2.1", "www.example.com. 60 A 192.0.2.1")]
    [InlineData("www IN 60 A 192.0.2.1", "www.example.com. 60 A 192.0.2.1")]
    [InlineData("www 60 A 192.0.2.1", "www.example.com. 60 A 192.0.2.1")]
    [InlineData("www. 1h30m in a 192.0.2.1", "www. 5400 A 192.0.2.1")]
    [InlineData("$TTL 5\nwww A 192.0.2.1", "www.example.com. 5 A 192.0.2.1")]
    [InlineData("@ 60 TXT a \"b ; c\" \"d\\\"e\" \\065", "example.com. 60 TXT \"a\" \"b ; c\" \"d\\\"e\" \"A\"")]
    [InlineData("@ 60 TXT (\"a\"\n \"b\")", "example.com. 60 TXT \"a\" \"b\"")]
    [InlineData("*.x 60 CNAME @", "*.x.example.com. 60 CNAME example.com.")]
    [InlineData("a\\.b 60 A 192.0.2.1", "a\\.b.example.com. 60 A 192.0.2.1")]
    [InlineData("x 60 TYPE65280 \\# 2 ABCD", "x.example.com. 60 TYPE65280 \\# 2 abcd")]
    [InlineData("x 60 CLASS1 TYPE1 \\# 4 C0000201", "x.example.com. 60 A 192.0.2.1")]
    [InlineData("x 60 HTTPS 1 . alpn=\"h2,h3\" port=8443", "x.example.com. 60 HTTPS 1 . alpn=\"h2,h3\" port=\"8443\"")]
    [InlineData("x 60 SOA a b (1 2\r\n 3 4 5)\r\n", "x.example.com. 60 SOA a.example.com. b.example.com. 1 2 3 4 5")]
    public void Every_form_is_read(string text, string record) => Assert.Equal([record], Good(text));

    [Theory]
    [InlineData("www 60 A 192.0.2.256", 1, 10, "IPv4")]
    [InlineData("\n\n 60 A 192.0.2.1", 3, 2, "no name before it")]
    [InlineData("www A 192.0.2.1", 1, 5, "time to live")]
    [InlineData("www 60 BOGUS x", 1, 8, "no type")]
    [InlineData("www 60 CH A 1.2.3.4", 1, 8, "class CH")]
    [InlineData("www 60", 1, 5, "missing")]
    [InlineData("@ 60 TXT (\"a\"", 1, 10, "never closed")]
    [InlineData("@ 60 TXT \"a)\n", 1, 10, "not closed on the line")]
    [InlineData("@ 60 A 192.0.2.1 )", 1, 18, "not opened")]
    [InlineData("a..b 60 A 192.0.2.1", 1, 1, "no name")]
    [InlineData("$INCLUDE other.zone", 1, 1, "not allowed")]
    [InlineData("$GENERATE 1-5 a$ A 192.0.2.$", 1, 1, "not known")]
    [InlineData("$TTL", 1, 1, "one argument")]
    [InlineData("www 99999999999 A 192.0.2.1", 1, 5, "no time to live")]
    public void Every_fault_says_where_and_what(string text, int line, int column, string message)
    {
        var fault = Assert.Single(MasterFileReader.Read(text, Origin).Faults);

        Assert.Equal((line, column), (fault.Place.Line, fault.Place.Column));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_found_and_the_rest_is_read()
    {
        var read = MasterFileReader.Read("$TTL 60\na A 1\nb A 192.0.2.1\nc MX x y\nd AAAA 192.0.2.1\n", Origin);

        Assert.Equal([2, 4, 5], read.Faults.Select(static fault => fault.Place.Line));
        Assert.Equal("b.example.com.", Assert.Single(read.Records).Name.ToString());
    }

    [Fact]
    public void After_a_thousand_faults_reading_ends() =>
        Assert.Equal(MasterFileReader.MostFaults, MasterFileReader.Read(string.Concat(Enumerable.Repeat("a 60 A x\n", 5_000)), Origin).Faults.Length);

    [Fact]
    public void Files_are_included_with_their_own_origin_and_not_for_ever()
    {
        var read = MasterFileReader.Read("$TTL 60\n$INCLUDE sub.zone sub\nwww A 192.0.2.1\n$INCLUDE none\n", Origin, static file => file == "sub.zone" ? "a A 192.0.2.2\nb A bad\n" : null);
        var ring = MasterFileReader.Read("$INCLUDE ring\n", Origin, static _ => "$INCLUDE ring\n");

        Assert.Equal(["a.sub.example.com.", "www.example.com."], read.Records.Select(static record => record.Name.ToString()));
        Assert.Equal(["sub.zone:2:5", "4:10"], read.Faults.Select(static fault => fault.Place.ToString()));
        Assert.Contains("more than 8 times", Assert.Single(ring.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_back() => Prop.ForAll(Gen.ListOf(Record).ToArbitrary(), static records =>
    {
        using var text = new StringWriter();
        MasterFileWriter.Write(text, records);
        var read = MasterFileReader.Read(text.ToString(), DnsName.Root);
        Assert.Empty(read.Faults);
        return read.Records.Select(Bytes).SequenceEqual(records.Select(Bytes));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_read_or_has_faults_within_it() => Prop.ForAll<string>(static text =>
    {
        var read = MasterFileReader.Read(text ?? "", Origin);
        return read.Faults.All(fault => fault.Place.Line >= 1 && fault.Place.Column >= 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_zone_that_can_be_served_has_no_faults() => Assert.Empty(Check("@ SOA ns h 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\nsub NS ns.sub\nns.sub A 192.0.2.2\n"));

    [Theory]
    [InlineData("@ NS ns\nns A 192.0.2.1\n", "one SOA record")]
    [InlineData("@ SOA ns h 1 2 3 4 5\n", "no NS record")]
    [InlineData("@ SOA ns h 1 2 3 4 5\n@ NS ns\n", "no A or AAAA")]
    [InlineData("@ SOA ns.example.org. h 1 2 3 4 5\n@ NS ns.example.org.\nsub NS ns.sub\n", "ns.sub.example.com. has no A")]
    [InlineData("@ SOA ns.example.org. h 1 2 3 4 5\n@ NS ns.example.org.\na CNAME b\na A 192.0.2.1\n", "stands alone")]
    [InlineData("@ SOA ns.example.org. h 1 2 3 4 5\n@ NS ns.example.org.\na A 192.0.2.1\na 9 A 192.0.2.2\n", "times to live")]
    [InlineData("@ SOA ns.example.org. h 1 2 3 4 5\n@ NS ns.example.org.\na.example.org. A 192.0.2.1\n", "outside")]
    public void A_zone_that_cannot_be_served_says_why(string text, string message) => Assert.Contains(message, Assert.Single(Check(text)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Named_checkzone_reads_what_we_write_and_understands_the_same()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/named-checkzone") || File.Exists("/usr/sbin/named-checkzone"), "named-checkzone is not installed (apt-get install bind9-utils).");
        const string Text = """
            $TTL 60
            @ SOA ns h.o\.s (1 2 3 4 5)
              NS ns
            ns A 192.0.2.1
            txt TXT "a \"b\" \200" c
            h HTTPS 1 . alpn=h2,h3 ipv4hint=192.0.2.1
            caa CAA 128 issue "ca.example; x=1"
            naptr NAPTR 1 2 "u" "x" "!a!b!" .
            odd\.name\040x A 192.0.2.1
            unknown TYPE65280 \# 3 010203
            """;
        var records = MasterFileReader.Read(Text, Origin).Records;
        var path = Path.GetTempFileName();
        try
        {
            await using (var file = new StreamWriter(path))
            {
                MasterFileWriter.Write(file, records);
            }

            using var process = Process.Start(new ProcessStartInfo(File.Exists("/usr/bin/named-checkzone") ? "/usr/bin/named-checkzone" : "/usr/sbin/named-checkzone", ["-D", "-s", "full", "-o", "-", "-k", "ignore", "example.com", path]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var theirs = await process.StandardOutput.ReadToEndAsync();
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();

            Assert.True(process.ExitCode == 0, error + theirs);
            Assert.Equal(records.Select(Bytes).Order(), MasterFileReader.Read(theirs, DnsName.Root).Records.Select(Bytes).Order());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Gen<MasterRecord> Record =>
        from labels in Gen.NonEmptyListOf(Gen.Elements("a", "B", "*", "x.y", "s p", "\\", "(", "\"", "é"))
        from ttl in Gen.Choose(0, int.MaxValue)
        from type in Gen.Elements<ushort>(1, 16, 15, 257, 65280)
        from text in Gen.ArrayOf(Gen.Choose(0, 255).Select(static value => (byte)value))
        select new MasterRecord(Wire(labels), RecordTypes.Find(type), (uint)ttl, Data(type, text), null);

    private static byte[] Data(ushort type, byte[] text) => type switch
    {
        1 => [192, 0, 2, 1],
        15 => [0, 10, 1, (byte)'m', 0],
        16 => [(byte)Math.Min(text.Length, 255), .. text.Take(255)],
        257 => [0, 5, .. "issue"u8, .. text],
        _ => text,
    };

    private static DnsName Wire(IEnumerable<string> labels) =>
        DnsName.TryReadWire([.. labels.Take(6).SelectMany(static label => label.Select(static letter => (byte)letter).Prepend((byte)label.Length)), 0], out var name) ? name : throw new InvalidOperationException();

    private static string Bytes(MasterRecord record) => $"{Convert.ToHexString(record.Name.Wire)} {record.Ttl} {record.Type.Number} {Convert.ToHexString(record.Data)}";

    private static DnsName Name(string text) => DnsName.TryParse(text, out var name) ? name : throw new InvalidOperationException();

    private static List<string> Good(string text)
    {
        var read = MasterFileReader.Read(text, Origin);
        Assert.Empty(read.Faults);
        return [.. read.Records.Select(static record => RecordDataText.TryFormat(record.Type, record.Data, EscapeForm.Decimal, out var data) ? $"{record.Name} {record.Ttl} {record.Type.Name} {data}" : "")];
    }

    private static ImmutableArray<MasterFileFault> Check(string text)
    {
        var read = MasterFileReader.Read("$TTL 60\n" + text, Origin);
        Assert.Empty(read.Faults);
        return ZoneCheck.Faults(Origin, read.Records);
    }
}
