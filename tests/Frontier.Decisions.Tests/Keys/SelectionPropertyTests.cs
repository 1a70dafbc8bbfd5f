// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Models;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Decisions.Tests.Keys;

/// <summary>What a policy takes of queries and cookies, and what it leaves (DP-6.3, DP-6.4, DP-6.6): together they are everything.</summary>
public sealed class SelectionPropertyTests
{
    private static readonly string[] Listed = ["a", "b=", "B", ""];

    [Fact]
    public void Taken_parameters_stand_as_in_the_request_DP_6_3() =>
        Prop.ForAll(Queries.ToArbitrary(), static query =>
            Take(query, Selection.Whitelist) == Joined(Parameters(query).Where(static parameter => Listed.Contains(parameter.Split('=')[0]))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Taken_and_left_parameters_are_all_of_them_DP_6_3() =>
        Prop.ForAll(Queries.ToArbitrary(), static query =>
        {
            var taken = new Queue<string>(Parameters(Take(query, Selection.Whitelist) is ['?', .. var listed] ? listed : ""));
            var left = new Queue<string>(Parameters(Take(query, Selection.AllExcept) is ['?', .. var others] ? others : ""));
            return Array.TrueForAll(Parameters(query), parameter => Follows(taken, parameter) || Follows(left, parameter)) && taken.Count + left.Count == 0;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void What_was_taken_once_is_taken_again_as_it_is() =>
        Prop.ForAll(Queries.ToArbitrary(), static query =>
            Take(query, Selection.Whitelist) is var taken && (taken.Length == 0 || Take(taken[1..], Selection.Whitelist) == taken))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Taken_cookies_are_sorted_by_name_and_those_of_one_name_keep_their_order_DP_6_6() =>
        Prop.ForAll(CookieFields.ToArbitrary(), static fields =>
            Cookies(fields, Selection.Whitelist).SequenceEqual(
                Pairs(fields).Where(static pair => Listed.Contains(Name(pair))).OrderBy(Name, StringComparer.Ordinal))).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Taken_and_left_cookies_are_all_of_them_DP_6_6() =>
        Prop.ForAll(CookieFields.ToArbitrary(), static fields =>
            Cookies(fields, Selection.Whitelist).Concat(Cookies(fields, Selection.AllExcept)).OrderBy(Name, StringComparer.Ordinal).SequenceEqual(Cookies(fields, Selection.All)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Cookies_are_the_same_in_one_field_and_in_many() =>
        Prop.ForAll(CookieFields.ToArbitrary(), static fields =>
            Cookies([string.Join(';', fields)], Selection.All).SequenceEqual(Cookies(fields, Selection.All))).QuickCheckThrowOnFailure();

    private static Gen<string> Queries =>
        Gen.ListOf(Gen.Elements("a", "b", "B", "c", "A", "=", "&", "&", "&", ";", "%26", "?", "1")).Select(static pieces => string.Concat(pieces));

    private static Gen<List<string>> CookieFields =>
        from fields in Gen.ListOf(Gen.ListOf(Gen.Elements("a", "b", "B", "c", "=", "=", ";", ";", "; ", " ", "1", "\"")).Select(static pieces => string.Concat(pieces)))
        select fields.ToList();

    private static string[] Parameters(string query) => query.Split('&', StringSplitOptions.RemoveEmptyEntries);

    private static string Joined(IEnumerable<string> parameters) => string.Join('&', parameters) is { Length: > 0 } joined ? "?" + joined : "";

    private static IEnumerable<string> Pairs(IEnumerable<string> fields) => fields.SelectMany(static field => field.Split(';')).Select(static pair => pair.Trim(' ')).Where(static pair => pair.Length > 0);

    private static string Name(string pair) => pair.Split('=')[0];

    private static bool Follows(Queue<string> queue, string parameter) => queue.TryPeek(out var next) && next == parameter && queue.TryDequeue(out _);

    private static string Take(string query, Selection selection)
    {
        var into = new ArrayBufferWriter<byte>();
        QueryParameters.Write(Encoding.Latin1.GetBytes(query), Of(selection).Takes, into);
        return Encoding.Latin1.GetString(into.WrittenSpan);
    }

    private static List<string> Cookies(IEnumerable<string> fields, Selection selection) =>
        [.. CookiePairs.Select(Sample.Headers([.. fields.Select(static field => "Cookie:" + field)]), Of(selection).Takes).Select(Encoding.Latin1.GetString)];

    private static NameSelection Of(Selection selection) => new(new SelectionConfig(selection, [.. Listed]), ignoreCase: false);
}
