// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Zones;
using Frontier.Dns.Tests.Harness;

namespace Frontier.Dns.Tests.Server;

/// <summary>What exists, also by way of aliases and elsewhere (RFC 1034 §4.3.2).</summary>
public sealed class PositiveAnswerTests
{
    private readonly Answerer _dns = new(
        TestZone.Make("example.test.", """
            www     60 A      192.0.2.10
            www     60 A      192.0.2.11
            alias   30 CNAME  www
            far     30 CNAME  deep.sub.example.test.
            across  30 CNAME  www.other.test.
            away    30 CNAME  www.elsewhere.example.
            to-d    30 CNAME  d111.cdn.test.
            ring1   30 CNAME  ring2
            ring2   30 CNAME  ring1
            *.wild  30 CNAME  www
            mail    60 MX     10 www
            text    60 TXT    "one" "two \"quoted\" \200"
            svc     60 HTTPS  1 . alpn=h2,h3 port=8443
            raw     60 TYPE65280 \# 3 ABCDEF
            sub     60 NS     ns.sub
            sub     60 NS     ns.other.test.
            ns.sub  60 A      192.0.2.77
            sub     60 DS     12345 13 2 00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF

            """,
            new RecordSetConfig { Name = "example.test.", Type = "A", Alias = new AliasTargetConfig("d111.cdn.test.", AliasTargetKind.Distribution, false) },
            new RecordSetConfig { Name = "same.example.test.", Type = "A", Alias = new AliasTargetConfig("www.example.test.", AliasTargetKind.Record, false) },
            new RecordSetConfig { Name = "twice.example.test.", Type = "A", Alias = new AliasTargetConfig("same.example.test.", AliasTargetKind.Record, false) },
            new RecordSetConfig { Name = "loop.example.test.", Type = "A", Alias = new AliasTargetConfig("loop.example.test.", AliasTargetKind.Record, false) },
            new RecordSetConfig { Name = "geo.example.test.", Type = "A", Ttl = 5, Values = ["192.0.2.1"], SetIdentifier = "a", Routing = new RoutingConfig { Weight = 1 } },
            new RecordSetConfig { Name = "geo.example.test.", Type = "A", Ttl = 5, Values = ["192.0.2.2"], SetIdentifier = "b", Routing = new RoutingConfig { Weight = 1 } }),
        TestZone.Make("other.test.", "www 60 A 192.0.2.20\n"),
        TestZone.Make("cdn.test.", "").With(new FixedEdges()));

    [Fact]
    public void All_records_of_a_set_are_answered_and_take_turns()
    {
        var first = _dns.Ask("www.example.test.").Answers[0].Data;
        var second = _dns.Ask("www.example.test.");

        Assert.Equal(["192.0.2.10", "192.0.2.11"], second.Data);
        Assert.NotEqual(first, second.Answers[0].Data);
        Assert.True(second.IsAuthoritative);
    }

    [Fact]
    public void The_question_comes_back_in_the_case_it_was_asked_in_and_so_do_owners()
    {
        var told = _dns.Ask("wWw.ExAmPlE.tEsT.");

        Assert.Equal("wWw.ExAmPlE.tEsT.", told.Question);
        Assert.All(told.Answers, static record => Assert.Equal("wWw.ExAmPlE.tEsT.", record.Name));
    }

    [Theory]
    [InlineData("alias.example.test.", "www.example.test.", "192.0.2.10", "192.0.2.11")]
    [InlineData("across.example.test.", "www.other.test.", "192.0.2.20")]
    [InlineData("a.wild.example.test.", "www.example.test.", "192.0.2.10", "192.0.2.11")]
    [InlineData("to-d.example.test.", "d111.cdn.test.", "203.0.113.1")]
    public void An_alias_is_followed_within_the_zone_and_into_others_that_are_served(string name, string target, params string[] addresses)
    {
        var told = _dns.Ask(name);

        Assert.Equal((name, "CNAME", target), (told.Answers[0].Name, told.Answers[0].Type, told.Answers[0].Data));
        Assert.Equal(addresses, told.Answers.Skip(1).Select(static record => record.Data).Order());
        Assert.All(told.Answers.Skip(1), record => Assert.Equal(target, record.Name));
    }

    [Fact]
    public void An_alias_that_leads_away_ends_there_and_one_in_a_ring_ends_too()
    {
        Assert.Equal(["www.elsewhere.example."], _dns.Ask("away.example.test.").Data);
        Assert.Equal(0, _dns.Ask("away.example.test.").Code);
        Assert.Equal(10, _dns.Ask("ring1.example.test.").Answers.Count);
    }

    [Fact]
    public void An_alias_itself_can_be_asked_for() => Assert.Equal(["www.example.test."], _dns.Ask("alias.example.test.", "CNAME").Data);

    [Fact]
    public void An_alias_into_a_delegated_part_is_answered_with_a_referral()
    {
        var told = _dns.Ask("far.example.test.");

        Assert.Equal("CNAME", Assert.Single(told.Answers).Type);
        Assert.All(told.Authorities, static record => Assert.Equal("NS", record.Type));
    }

    [Fact]
    public void A_referral_has_the_addresses_of_servers_inside_RFC_9471()
    {
        var told = _dns.Ask("www.sub.example.test.");

        Assert.Equal(2, told.Authorities.Count);
        Assert.Equal("ns.sub.example.test. 60 A 192.0.2.77", Assert.Single(told.Additionals).ToString());
        Assert.False(told.IsAuthoritative);
    }

    [Fact]
    public void The_key_of_a_delegated_zone_is_asked_for_above_it()
    {
        var told = _dns.Ask("sub.example.test.", "DS");

        Assert.True(told.IsAuthoritative);
        Assert.Equal("DS", Assert.Single(told.Answers).Type);
    }

    [Theory]
    [InlineData("mail.example.test.", "MX", "10 www.example.test.")]
    [InlineData("text.example.test.", "TXT", "\"one\" \"two \\\"quoted\\\" \\200\"")]
    [InlineData("svc.example.test.", "HTTPS", "1 . alpn=\"h2,h3\" port=\"8443\"")]
    [InlineData("raw.example.test.", "TYPE65280", "\\# 3 abcdef")]
    public void Data_of_all_types_is_answered_as_it_was_written_RFC_3597_RFC_9460(string name, string type, string data) => Assert.Equal([data], _dns.Ask(name, type).Data);

    [Fact]
    public void Everything_is_one_small_record_RFC_8482()
    {
        var told = _dns.Ask("www.example.test.", "ANY");

        Assert.Equal("TYPE13", Assert.Single(told.Answers).Type);
        Assert.Equal([7, .. "RFC8482"u8, 0], told.Answers[0].Raw);
    }

    [Fact]
    public void An_alias_record_at_the_apex_is_answered_with_the_addresses_of_edges_NB_5_3()
    {
        Assert.Equal("example.test. 60 A 203.0.113.1", Assert.Single(_dns.Ask("example.test.").Answers).ToString());
        Assert.Equal("SOA", Assert.Single(_dns.Ask("example.test.", "AAAA").Authorities).Type);
    }

    [Fact]
    public void An_alias_record_is_answered_with_what_it_stands_for_and_a_ring_with_nothing()
    {
        Assert.Equal(["192.0.2.10", "192.0.2.11"], _dns.Ask("same.example.test.").Data);
        Assert.Equal(60u, _dns.Ask("twice.example.test.").Answers[0].Ttl);
        Assert.Empty(_dns.Ask("loop.example.test.").Answers);
    }

    [Fact]
    public void Where_there_is_a_choice_the_answer_says_for_which_network_it_holds()
    {
        var far = _dns.Ask(new Ask { Name = "geo.example.test." }.WithOption(8, 0, 1, 24, 0, 198, 51, 100));

        Assert.Equal(["192.0.2.1"], _dns.Ask("geo.example.test.").Data);
        Assert.Equal(["192.0.2.2"], far.Data);
        Assert.Equal([0, 1, 24, 16, 198, 51, 100], far.Option(8));
    }

    [Fact]
    public void Names_of_distributions_are_answered_by_who_knows_edges_NB_5_7()
    {
        Assert.Equal("d111.cdn.test. 60 A 203.0.113.1", Assert.Single(_dns.Ask("d111.cdn.test.").Answers).ToString());
        Assert.Equal(["2001:db8::1"], _dns.Ask("d111.cdn.test.", "AAAA").Data);
        Assert.Equal(["1 . alpn=\"h2\""], _dns.Ask("d111.cdn.test.", "HTTPS").Data);
        Assert.Equal(3, _dns.Ask("d999.cdn.test.").Code);
        Assert.Equal(3, _dns.Ask("x.d111.cdn.test.").Code);
    }

    [Fact]
    public void A_distribution_without_IPv6_has_no_such_records_and_exists_NB_5_7()
    {
        var told = _dns.Ask(FixedEdges.OnlyIPv4, "AAAA");

        Assert.Equal((0, 0, "SOA"), (told.Code, told.Answers.Count, told.Authorities.Single().Type));
        Assert.Equal(0, _dns.Ask(FixedEdges.OnlyIPv4, "TXT").Code);
    }

    [Fact]
    public void Clients_that_tell_their_network_get_the_edge_near_them_NB_5_7()
    {
        var told = _dns.Ask(new Ask { Name = FixedEdges.Both }.WithOption(8, 0, 1, 24, 0, 198, 51, 100));

        Assert.Equal([FixedEdges.Near.ToString()], told.Data);
        Assert.Equal(24, told.Option(8)![3]);
    }
}
