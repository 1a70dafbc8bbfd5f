// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>Has a handler answer an exchange, and sees it through to the end without garbage: one for each exchange, used for one request after the other.</summary>
internal sealed class HandlerRun
{
    private readonly Http2Exchange _exchange;
    private readonly Action _ended;
    private ValueTask _handling;

    public HandlerRun(Http2Exchange exchange)
    {
        _exchange = exchange;
        _ended = End;
    }

    /// <summary>Runs the handler on this thread as far as it goes without waiting.</summary>
    /// <param name="refusal">The status of a refusal; 0 for a request that may be served.</param>
    public void Start(IExchangeHandler handler, int refusal)
    {
        try
        {
            if (refusal == 0)
            {
                Keep(handler.HandleAsync(_exchange));
            }
            else
            {
                Keep(handler.RefuseAsync(_exchange, refusal));
            }
        }
        catch (Exception error)
        {
            Keep(ValueTask.FromException(error));
        }

        if (_handling.IsCompleted)
        {
            End();
        }
        else
        {
            _handling.GetAwaiter().UnsafeOnCompleted(_ended);
        }
    }

    /// <summary>To be looked at once, when it has completed.</summary>
    private void Keep(ValueTask handling) => _handling = handling;

    private void End()
    {
        var handling = _handling;
        _handling = default;
        Exception? failure = null;
        try
        {
            handling.GetAwaiter().GetResult();
        }
        catch (Exception error) when (_exchange.IsGone && error is ViewerGoneException or OperationCanceledException)
        {
            // There is nobody left to answer.
        }
        catch (Exception error)
        {
            failure = error;
        }

        _exchange.Finish(failure);
    }
}
