// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Edge.Explaining;
using Frontier.Protocols.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Frontier.Edge.Tests.Explaining;

/// <summary>How a question is read from fields that anybody may send, and that nobody behind may see.</summary>
public sealed class ExplainQuestionTests
{
    [Fact]
    public void A_question_that_was_written_is_read_back() =>
        Prop.ForAll(Questions.ToArbitrary(), static question =>
        {
            var headers = Headers(("Host", "a"), (ExplainQuestion.Field, question.FieldValue), ("X", "y"));
            if (question.Client is not null)
            {
                headers.Add(ExplainQuestion.ClientField, question.Client.ToString());
            }

            return ExplainQuestion.TakeFrom(headers) == question && Names(headers).SequenceEqual(["Host", "X"]);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_asked_no_such_field_stays_and_all_others_do() =>
        Prop.ForAll(Gen.ListOf(Fields).ToArbitrary(), static fields =>
        {
            var headers = Headers([.. fields]);
            var question = ExplainQuestion.TakeFrom(headers);
            return Names(headers).SequenceEqual(fields.Select(static field => field.Name).Where(static name => !name.StartsWith(ExplainQuestion.Field, StringComparison.OrdinalIgnoreCase)))
                && (question?.Method is null || (question.Method.Length > 0 && question.Method.All(char.IsAsciiLetter)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void A_token_is_the_edge_s_only_when_it_is_all_of_it() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>(static (one, other) =>
            new ExplainQuestion(one.Get, false, null, null).IsFrom("t" + one.Get) is false
            && new ExplainQuestion("t" + other.Get, false, null, null).IsFrom("t" + other.Get)).QuickCheckThrowOnFailure();

    private static Gen<ExplainQuestion> Questions =>
        from token in Gen.Elements("0123456789abcdef", "t", "a=b")
        from isLive in Gen.Elements(false, true)
        from method in Gen.Elements<string?>(null, "HEAD", "get", "POST")
        from client in Gen.Elements<IPAddress?>(null, IPAddress.Loopback, IPAddress.Parse("2001:db8::1"))
        select new ExplainQuestion(token, isLive, method, client);

    private static Gen<(string Name, string Value)> Fields =>
        from name in Gen.Elements("Frontier-Explain", "FRONTIER-EXPLAIN", "frontier-explain-client", "Frontier-Explain-Other", "Frontier-Explai", "Host", "Cookie")
        from pieces in Gen.ListOf(Gen.Elements("t", ";", "live", "method=", "GET", "G T", "\u00e9", "127.0.0.1", "::1", " ", ","))
        select (name, string.Concat(pieces));

    private static HeaderList Headers(params (string Name, string Value)[] fields)
    {
        var headers = new HeaderList();
        foreach (var (name, value) in fields)
        {
            headers.Add(name, value);
        }

        return headers;
    }

    private static IEnumerable<string> Names(HeaderList headers) => Enumerable.Range(0, headers.Count).Select(headers.NameText);
}
