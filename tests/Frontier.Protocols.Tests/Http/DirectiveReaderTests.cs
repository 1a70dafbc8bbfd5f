// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Protocols.Tests.Http;

public sealed class DirectiveReaderTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData(" , ,", "")]
    [InlineData("a", "a")]
    [InlineData("a,b", "a|b")]
    [InlineData(" a ,\tb ", "a|b")]
    [InlineData("a=1", "a=1")]
    [InlineData("a = 1 , b", "a=1|b")]
    [InlineData("a=", "a=")]
    [InlineData("a=\"x\"", "a=x")]
    [InlineData("a=\"\"", "a=")]
    [InlineData("a=\"x,y\",b", "a=x,y|b")]
    [InlineData("a=\"x\\\",y\",b", "a=x\\\",y|b")]
    [InlineData("a=\"x\\\\\",b", "a=x\\\\|b")]
    [InlineData("a=b=c", "a=b=c")]
    [InlineData("=x", "=x")]
    public void A_list_is_read_element_by_element_RFC_9110_section_5_6(string list, string expected) => Assert.Equal(expected, Read(list));

    [Theory]
    [InlineData("a=\"x, no-store", "a=\"x|no-store")]
    [InlineData("a=\"x\\\", no-store", "a=x\\|no-store")]
    [InlineData("a=\"1,2\",b=\", no-store", "a=1,2|b=\"|no-store")]
    [InlineData("\",\",\",a", "\",\"|\"|a")]
    public void A_quote_that_is_never_closed_swallows_nothing(string list, string expected) =>
        Assert.Equal(expected, Read(list));

    [Fact]
    public void What_was_written_is_read_back() =>
        Prop.ForAll(Gen.ArrayOf(Element).ToArbitrary(), elements =>
        {
            var list = string.Join(", ", elements.Select(element => element.Argument is null ? element.Name : $"{element.Name}=\"{element.Argument}\""));
            return Read(list) == string.Join('|', elements.Select(element => element.Argument is null ? element.Name : $"{element.Name}={element.Argument}"));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Rubbish_never_throws_and_ends() =>
        Prop.ForAll(Gen.ListOf(Gen.Elements(',', '"', '\\', '=', ' ', 'a')).ToArbitrary(), characters =>
        {
            var text = string.Concat(characters);
            var reader = new DirectiveReader(Encoding.Latin1.GetBytes(text));
            var elements = 0;
            while (reader.MoveNext())
            {
                elements++;
            }

            return elements <= text.Count(',') + 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_long_list_of_open_quotes_is_read_in_one_pass()
    {
        // Searching to the end again at each quote would take seconds.
        var list = string.Concat(Enumerable.Repeat("\\\",", 300_000));
        var reader = new DirectiveReader(Encoding.Latin1.GetBytes("\"" + list));
        var elements = 0;
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (reader.MoveNext())
        {
            elements++;
        }

        Assert.Equal(300_000, elements);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5));
    }

    private static Gen<(string Name, string? Argument)> Element =>
        from name in Gen.Elements("a", "max-age", "no-cache")
        from argument in Gen.Elements(null, "", "1", "x, y", "a=b", "a\\\"b")
        select (name, argument);

    private static string Read(string list)
    {
        var read = new List<string>();
        var reader = new DirectiveReader(Encoding.Latin1.GetBytes(list));
        while (reader.MoveNext())
        {
            var name = Encoding.Latin1.GetString(reader.Name);
            read.Add(reader.HasArgument ? $"{name}={Encoding.Latin1.GetString(reader.Argument)}" : name);
        }

        return string.Join('|', read);
    }
}
