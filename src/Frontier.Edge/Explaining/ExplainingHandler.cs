// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using Frontier.Decisions.Explaining;
using Frontier.Edge.Delivery;
using Frontier.Edge.Origins;
using Frontier.Edge.Pipeline;
using Frontier.Http;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Explaining;

/// <summary>
/// Stands before the pipeline: answers who asks with the edge's token what would become of a request, or what has become of
/// it, instead of its answer. To everybody else such a question is nothing, and goes nowhere.
/// </summary>
internal sealed class ExplainingHandler(EdgePipeline pipeline, Explainer explainer, Refusals refusals, string token, bool tellsCacheStatus) : IExchangeHandler
{
    public ValueTask HandleAsync(HttpExchange exchange) =>
        ExplainQuestion.TakeFrom(exchange.Request.Headers) is { } question && question.IsFrom(token) ? AnswerAsync(exchange, question) : pipeline.HandleAsync(exchange);

    public ValueTask RefuseAsync(HttpExchange exchange, int status) =>
        status is 429 or 503 ? pipeline.HandleAsync(exchange, trace: null, overLimit: status) : refusals.RefuseAsync(exchange, status);

    private async ValueTask AnswerAsync(HttpExchange exchange, ExplainQuestion question)
    {
        try
        {
            await ExplainAsync(exchange, question);
        }
        catch (Exception error) when (error is ViewerGoneException || (error is OperationCanceledException && exchange.Aborted.IsCancellationRequested))
        {
            exchange.Abort(); // who asked has left
        }
    }

    private async Task ExplainAsync(HttpExchange exchange, ExplainQuestion question)
    {
        var draw = Random.Shared.NextDouble();
        var explanation = await explainer.ExplainAsync(new ExplainedExchange(exchange, question, draw), question.IsLive);
        if (question.IsLive)
        {
            explanation = await ServeAsync(new ExplainedExchange(exchange, question, draw), explanation);
        }

        var head = new ResponseHead();
        head.Headers.Add("Content-Type"u8, "application/json"u8);
        head.Headers.Add("Cache-Control"u8, "no-store"u8);
        head.Headers.Add(ExplainQuestion.Field, "answer");
        var body = JsonSerializer.SerializeToUtf8Bytes(explanation, ExplanationJson.Default.Explanation);
        await exchange.StartAsync(head, body.Length, exchange.Aborted);
        if (exchange.Request.Method is not RequestMethod.Head)
        {
            await exchange.WriteAsync(body, exchange.Aborted);
        }
    }

    private async Task<Explanation> ServeAsync(ExplainedExchange exchange, Explanation explanation)
    {
        var trace = new OriginTrace(explains: true, tellsCacheStatus);
        await pipeline.HandleAsync(exchange, trace);
        return explanation with
        {
            Lifetime = trace.Lifetime ?? (trace.HasAsked ? null : explanation.Lifetime),
            Answer = new ExplainedAnswer
            {
                Status = exchange.Answer?.Status,
                Result = exchange.Answer?.Headers.GetText("x-cache"u8),
                Fields = exchange.Answer is { } answer ? Lines(answer.Headers) : [],
                BodyBytes = exchange.BodyBytes,
                IsCut = exchange.IsCut,
                CacheStatus = trace.CacheStatus,
                Collapsed = trace.IsCollapsed,
                OriginStatus = trace.Status,
                OriginFields = trace.Fields,
                OriginFailure = trace.Failure is OriginFailure.None ? null : trace.Failure.ToString(),
            },
        };
    }

    private static ImmutableArray<string> Lines(HeaderList headers) =>
        [.. Enumerable.Range(0, headers.Count).Select(i => $"{headers.NameText(i)}: {headers.ValueText(i)}")];
}
