// SPDX-License-Identifier: Apache-2.0

using Frontier.Caching;
using Frontier.Usage;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// A custom error page in the place of an error (DP-19.6), and an error in the log, whatever status is sent (DP-19.10).
/// No object of its own to the viewer: its conditions and ranges were meant for another one. Takes over the page.
/// </summary>
internal sealed class ErrorPageAnswer(Answer page) : Answer
{
    public static ErrorPageAnswer From(Answer page, int status, ErrorDetail detail)
    {
        page.Head.Status = status;
        return new ErrorPageAnswer(page)
        {
            Head = page.Head,
            Result = ResultType.Error,
            Detail = detail,
            BodyLength = page.BodyLength,
            AgeSeconds = page.AgeSeconds,
            ViaVersion = page.ViaVersion,
        };
    }

    public override BodyReader OpenBody(long offset, long? length) => page.OpenBody(offset, length);

    public override async ValueTask DisposeAsync()
    {
        await page.DisposeAsync();
        await base.DisposeAsync();
    }
}
