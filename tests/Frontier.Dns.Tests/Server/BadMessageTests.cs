// SPDX-License-Identifier: Apache-2.0

using Frontier.Dns.Tests.Harness;

namespace Frontier.Dns.Tests.Server;

/// <summary>Messages that are no good queries get a format error, "not implemented" or silence; never an exception.</summary>
public sealed class BadMessageTests
{
    private readonly Answerer _dns = new(TestZone.Make("example.test.", "www 60 A 192.0.2.10\n*.wild 60 CNAME www\nsub 60 NS ns.sub\nns.sub 60 A 192.0.2.1\n"));

    [Fact]
    public void An_answer_gets_silence_so_that_two_servers_do_not_go_on_for_ever() => Assert.Null(_dns.Send(new Ask { Name = "www.example.test.", Flags = 0x8000 }.ToBytes()));

    [Fact]
    public void What_is_shorter_than_a_header_gets_silence() => Assert.All(Enumerable.Range(0, 12), length => Assert.Null(_dns.Send(Ask.For("www.example.test.")[..length])));

    [Theory]
    [InlineData(0x0800)] // IQUERY
    [InlineData(0x1000)] // STATUS
    [InlineData(0x2000)] // NOTIFY
    [InlineData(0x2800)] // UPDATE
    [InlineData(0x7800)]
    public void Other_operations_are_not_implemented(ushort flags)
    {
        var told = _dns.Ask(new Ask { Name = "example.test.", Flags = flags });

        Assert.Equal(4, told.Code);
        Assert.Equal(0x8000 | flags, told.Flags & 0xF800);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(255)]
    [InlineData(4711)]
    public void Other_classes_are_refused(ushort other) => Assert.Equal(5, _dns.Ask(new Ask { Name = "www.example.test.", Class = other }).Code);

    [Fact]
    public void A_query_cut_short_anywhere_is_a_format_error()
    {
        var whole = new Ask { Name = "www.example.test." }.WithOption(10, 1, 2, 3, 4, 5, 6, 7, 8).ToBytes();

        Assert.All(Enumerable.Range(12, whole.Length - 12), length => Assert.Equal(1, _dns.Send(whole[..length])!.Code));
        Assert.Equal(1, _dns.Send([.. whole, 0])!.Code);
    }

    [Theory]
    [InlineData(4, 0)] // no question
    [InlineData(4, 2)] // two
    [InlineData(6, 1)] // an answer in a query
    [InlineData(8, 1)]
    [InlineData(10, 2)] // more than there is
    public void Counts_that_are_wrong_are_a_format_error(int at, byte count)
    {
        var message = Ask.For("www.example.test.");
        message[at + 1] = count;

        Assert.Equal(1, _dns.Send(message)!.Code);
    }

    [Fact]
    public void Two_OPT_records_and_one_with_a_name_are_format_errors_RFC_6891_6_1_1()
    {
        var one = new Ask { Name = "www.example.test." }.WithEdns().ToBytes();
        byte[] two = [.. one, .. one[^11..]];
        two[11] = 2;
        byte[] named = [.. one[..^11], 1, (byte)'a', .. one[^11..]];

        Assert.Equal(1, _dns.Send(two)!.Code);
        Assert.Equal(1, _dns.Send(named)!.Code);
    }

    [Fact]
    public void A_compressed_question_is_a_format_error()
    {
        byte[] message = [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0xC0, 12, 0, 1, 0, 1];

        Assert.Equal(1, _dns.Send(message)!.Code);
    }

    [Fact]
    public void No_recursion_is_offered_and_what_was_asked_of_it_comes_back()
    {
        Assert.Equal(0x8500, _dns.Ask("www.example.test.").Flags);
        Assert.Equal(0x8410, _dns.Ask(new Ask { Name = "www.example.test.", Flags = 0x0010 }).Flags);
    }

    [Fact]
    public void Transfers_are_refused_over_UDP_and_to_strangers_over_TCP_and_say_why()
    {
        Assert.All(["AXFR", "IXFR"], type =>
        {
            Assert.Equal([0, 18], _dns.Ask(new Ask { Name = "example.test.", Type = type }.WithEdns()).Option(15));
            Assert.Equal(5, _dns.Ask(new Ask { Name = "example.test.", Type = type }, isStream: true).Code);
        });
    }

    [Fact]
    public void Two_hundred_thousand_damaged_and_random_messages_do_no_harm()
    {
        var random = new Random(8453);
        var good = new[]
        {
            Ask.For("www.example.test."), Ask.For("a.b.wild.example.test.", "ANY"), new Ask { Name = "x.sub.example.test.", Type = "DS" }.WithEdns().ToBytes(),
            new Ask { Name = "ghost.example.test." }.WithOption(8, 0, 1, 24, 0, 198, 51, 100).WithOption(10, new byte[16]).ToBytes(),
        };
        for (var each = 0; each < 200_000; each++)
        {
            byte[] message;
            if (each % 4 == 0)
            {
                message = new byte[random.Next(0, 80)];
                random.NextBytes(message);
            }
            else
            {
                message = [.. good[random.Next(good.Length)]];
                for (var changes = random.Next(1, 4); changes > 0; changes--)
                {
                    message[random.Next(message.Length)] = (byte)random.Next(256);
                }
            }

            _ = _dns.Send(message, isStream: each % 2 == 0);
        }

        Assert.Equal(["192.0.2.10"], _dns.Ask("www.example.test.").Data);
    }
}
