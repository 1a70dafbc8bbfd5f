// SPDX-License-Identifier: Apache-2.0

using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Http;

/// <summary>RFC 9111, section 5.2.1.</summary>
public sealed class RequestCacheControlTests
{
    private static readonly string[] Names = ["max-age", "min-fresh", "max-stale", "no-cache", "no-store", "only-if-cached"];

    [Fact]
    public void Directives_mean_the_same_in_any_order_case_quoting_and_number_of_fields() =>
        Prop.ForAll(Written.ToArbitrary(), static asked =>
        {
            var read = Parse([.. asked.Fields]);
            int? Seconds(string name) => asked.Directives.TryGetValue(name, out var seconds) ? seconds : null;
            return (read.MaxAge, read.MinFresh, read.MaxStale, read.NoCache, read.NoStore, read.OnlyIfCached)
                == (Seconds("max-age"), Seconds("min-fresh"), Seconds("max-stale"),
                    asked.Directives.ContainsKey("no-cache"), asked.Directives.ContainsKey("no-store"), asked.Directives.ContainsKey("only-if-cached"));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Rubbish_never_throws_and_no_duration_is_negative() =>
        Prop.ForAll(Gen.ListOf(Gen.Elements("max-age", "max-stale", "min-fresh", "no-cache", "=", ",", "\"", "\\", "-", "9", "99999999999", " ")).ToArbitrary(), static pieces =>
        {
            var read = Parse(string.Concat(pieces));
            return read.MaxAge is null or >= 0 && read.MinFresh is null or >= 0 && read.MaxStale is null or >= 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Any_bytes_are_read_without_an_exception() => Prop.ForAll<byte[]>(static bytes =>
    {
        var headers = new HeaderList();
        headers.Add("cache-control"u8, bytes);
        return RequestCacheControl.Parse(headers).MaxAge is null or >= 0;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("max-stale", int.MaxValue)]
    [InlineData("max-stale=", null)]
    [InlineData("max-stale=x", null)]
    [InlineData("max-stale=99999999999", int.MaxValue)]
    [InlineData("max-stale=x, max-stale=3", 3)]
    [InlineData("max-stale=3, max-stale=4", 3)]
    public void The_first_readable_staleness_counts_and_none_said_is_any(string value, int? expected) => Assert.Equal(expected, Parse(value).MaxStale);

    [Fact]
    public void Pragma_counts_only_without_a_Cache_Control_RFC_9111_section_5_4()
    {
        var headers = new HeaderList();
        headers.Add("Pragma", "x=\"a,b\", No-Cache");
        Assert.True(RequestCacheControl.Parse(headers).NoCache);
        headers.Add("Cache-Control", "max-age=1");
        Assert.False(RequestCacheControl.Parse(headers).NoCache);
    }

    /// <summary>Some of the directives, each once, among others that mean nothing; durations only where they have one.</summary>
    private static Gen<Asked> Written =>
        from count in Gen.Choose(0, Names.Length)
        from names in Gen.Shuffle(Names)
        from seconds in Gen.ArrayOf(Gen.Choose(0, 100_000), Names.Length)
        from style in Gen.ArrayOf(Gen.Choose(0, 63), Names.Length)
        select new Asked(
            names.Take(count).Select((name, i) => (name, seconds[i])).ToDictionary(static pair => pair.name, static pair => pair.Item2),
            Fields([.. names.Take(count).Select((name, i) => Spell(name, seconds[i], style[i]))], style));

    private static string Spell(string name, int seconds, int style)
    {
        var spelled = (style & 1) == 0 ? name : name.ToUpperInvariant();
        var directive = !name.StartsWith('m') ? spelled : (style & 2) == 0 ? $"{spelled}={seconds}" : $"{spelled}=\"{seconds}\"";
        return ((style & 4) == 0 ? "" : "x=\"max-age=7, no-store\" ,") + ((style & 8) == 0 ? "" : " \t") + directive + ((style & 16) == 0 ? "" : " ,, other");
    }

    private static List<string> Fields(string[] directives, int[] style)
    {
        List<string> fields = [];
        for (var i = 0; i < directives.Length; i++)
        {
            if (i == 0 || (style[i] & 32) != 0)
            {
                fields.Add(directives[i]);
            }
            else
            {
                fields[^1] += "," + directives[i];
            }
        }

        return fields;
    }

    private static RequestCacheControl Parse(params string[] fields)
    {
        var headers = new HeaderList();
        foreach (var field in fields)
        {
            headers.Add("Cache-Control", field);
        }

        return RequestCacheControl.Parse(headers);
    }

    private sealed record Asked(Dictionary<string, int> Directives, List<string> Fields);
}
