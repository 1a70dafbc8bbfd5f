// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Matching;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>Makes the request for a custom error page out of the one that failed (DP-19.5): a GET, whatever that was (DP-19.12).</summary>
internal static class PageRequest
{
    /// <param name="path">Of the page, on the same distribution.</param>
    public static RequestContext For(RequestContext failed, string path)
    {
        var exchange = new PageExchange(failed.Exchange);
        var request = exchange.Request;
        request.SetMethod("GET");
        request.SetTarget(Encoding.Latin1.GetBytes(path));
        request.Version = failed.Request.Version;
        request.IsHttps = failed.Request.IsHttps;
        request.Host = failed.Request.Host;
        ErrorPageRequest.CopyHeaders(failed.Request.Headers, request.Headers);
        // The edge asks this itself: the record ends with the page, and nobody is billed for it.
        var record = new RequestRecord
        {
            Request = request,
            StartedAt = failed.Record.StartedAt,
            Pop = failed.Record.Pop,
            ClientAddress = failed.Record.ClientAddress,
            ClientPort = failed.Record.ClientPort,
        };
        record.TakeRequestId(failed.Record);
        var facts = failed.Viewer with
        {
            FailedPath = Encoding.Latin1.GetString(failed.Request.ReceivedPath),
            FailedQuery = failed.Request.HasQuery ? Encoding.Latin1.GetString(failed.Request.Query) : null,
        };
        return new RequestContext(exchange, record, facts)
        {
            Distribution = failed.Distribution,
            CutOff = failed.CutOff,
            Behavior = BehaviorMatch.Find(failed.Distribution, request.Path),
        };
    }
}
