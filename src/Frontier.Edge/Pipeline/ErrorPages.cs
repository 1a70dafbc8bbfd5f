// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts;
using Frontier.Decisions.Delivery;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>The stage between fetch and delivery (step 15 of §1): an error for which the distribution has a page is answered with that page. Each has its own place and time in the cache (DP-19.8).</summary>
internal sealed class ErrorPages(Lookup lookup, Fetch fetch)
{
    /// <summary>The answer to send, and the duty to dispose of it: the one given, or one in its place.</summary>
    public ValueTask<Answer> ReplaceAsync(RequestContext context, Answer answer) =>
        PageOf(context, answer) is { } page ? FetchAsync(context, answer, page) : ValueTask.FromResult(answer);

    /// <summary>What was refused before its behavior was known is no request of the distribution's (DP-2.4, DP-2.5).</summary>
    private static ErrorResponseConfig? PageOf(RequestContext context, Answer answer) => context.Behavior is null || context.Record.Carries is CarriedProtocol.Grpc // DP-30.2
        ? null
        : ErrorPageChoice.Decide(context.Request, context.Distribution, answer.Head.Status, answer.Detail is ErrorDetail.CapacityExceeded);

    private async ValueTask<Answer> FetchAsync(RequestContext context, Answer error, ErrorResponseConfig configured)
    {
        var (status, detail) = (error.Head.Status, error.Detail);
        await error.DisposeAsync(); // its connection must not wait until the page has come
        using var request = PageRequest.For(context, configured.PagePath!);
        var page = await lookup.FindAsync(request) ?? await fetch.FetchAsync(request);
        if (page.Head.Status < 300)
        {
            return ErrorPageAnswer.From(page, configured.PageStatus ?? status, detail);
        }

        if (page is EdgeAnswer)
        {
            return page; // the default page for what has just failed
        }

        await page.DisposeAsync();
        return EdgeAnswer.Error(context, page.Head.Status, ErrorPage.PageNotFound, page.Detail is ErrorDetail.None ? ErrorDetail.OriginError : page.Detail); // DP-19.7
    }
}
