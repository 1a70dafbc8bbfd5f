// SPDX-License-Identifier: Apache-2.0

using System.Diagnostics.CodeAnalysis;

namespace Frontier.Http.Http2;

/// <summary>
/// The streams of a connection from their request to their end (RFC 9113, section 5.1). The reader, handlers on any thread and
/// the sweep meet here, under one lock: what is done under it is short, never waits and never calls a handler, so that nobody
/// keeps another from going on. A queue with a single owner would cost a hop to another thread for each answer instead.
/// </summary>
internal sealed class StreamTable : IOutputEvents
{
    private readonly Dictionary<int, Http2Exchange> _open = [];
    private readonly Stack<Http2Exchange> _idle = new();
    private readonly ClosedStreams _closed = new();
    private TaskCompletionSource? _allDone;
    private int _owedBytes;
    private bool _owesWindows;

    public StreamTable(ServerClock clock, HttpServerLimits limits)
    {
        Guard = new FloodGuard(clock);
        Output = new OutputQueue(clock, Guard, this, limits.SendBytes);
        Signals = new SignalQueue(Gate, Recycle);
    }

    public Lock Gate { get; } = new();

    public OutputQueue Output { get; }

    public FloodGuard Guard { get; }

    public SignalQueue Signals { get; }

    /// <summary>What the bodies of all streams keep.</summary>
    public ConnectionBodies Bodies { get; set; } = new(null);

    /// <summary>The newest that the viewer has opened.</summary>
    public int LastStreamId { get; private set; }

    /// <summary>Streams that neither side has left.</summary>
    public int OpenCount => _open.Count;

    /// <summary>Handlers at work, those of streams that are gone included.</summary>
    public int Running { get; private set; }

    /// <summary>What we let the viewer send on all streams together.</summary>
    public FlowWindow Window = new(FlowWindow.InitialBytes);

    /// <summary>The settings' for streams to be opened.</summary>
    public int InitialWindow { get; private set; } = FlowWindow.InitialBytes;

    public Dictionary<int, Http2Exchange>.ValueCollection Open => _open.Values;

    public bool TryFind(int streamId, [NotNullWhen(true)] out Http2Exchange? exchange) => _open.TryGetValue(streamId, out exchange);

    public StreamEnding EndingOf(int streamId) => _closed.Of(streamId);

    /// <summary>An exchange for a request whose head is to be read; <see cref="Start"/> or <see cref="Recycle"/> follows.</summary>
    public Http2Exchange Rent(Http2Connection connection)
    {
        var exchange = _idle.TryPop(out var idle) ? idle : new Http2Exchange(connection, this);
        exchange.IsIdle = false;
        return exchange;
    }

    /// <summary>Notes that the viewer has opened a stream, and with it left all below that it has not (RFC 9113, section 5.1.1).</summary>
    public void Use(int streamId) => LastStreamId = streamId;

    /// <summary>Whether no side has opened it yet: "idle".</summary>
    public bool IsUnused(int streamId) => streamId > LastStreamId || streamId % 2 == 0;

    /// <summary>Ends a stream as it is opened. Returns why the connection must end with it, if it must.</summary>
    public ErrorCode Refuse(int streamId, ErrorCode code)
    {
        _closed.Add(streamId, StreamEnding.ResetByUs);
        Output.Reset(streamId, code);
        return Guard.MayReset() ? ErrorCode.NoError : ErrorCode.EnhanceYourCalm;
    }

    /// <summary>Resets a stream for what the viewer has sent on it. Returns why the connection must end with it, if it must.</summary>
    public ErrorCode ResetProvoked(Http2Exchange exchange, ErrorCode code)
    {
        Reset(exchange, code);
        return Guard.MayReset() ? ErrorCode.NoError : ErrorCode.EnhanceYourCalm;
    }

    public void Start(Http2Exchange exchange, int streamId)
    {
        _open.Add(streamId, exchange);
        exchange.IsOpen = true;
        exchange.IsHandled = true;
        Running++;
        Guard.CountRequest();
    }

    /// <summary>Ends a stream that is still open to one side at least: its handler finds the viewer gone.</summary>
    public void Reset(Http2Exchange exchange, ErrorCode code)
    {
        if (exchange.IsOpen)
        {
            Close(exchange, StreamEnding.ResetByUs);
            Output.Reset(exchange.Output.StreamId, code);
        }

        Leave(exchange);
    }

    public void ResetByViewer(Http2Exchange exchange)
    {
        Close(exchange, StreamEnding.ResetByViewer);
        Leave(exchange);
    }

    /// <summary>The connection is over.</summary>
    public void LeaveAll()
    {
        foreach (var exchange in _open.Values)
        {
            exchange.IsOpen = false;
            Leave(exchange);
        }

        _open.Clear();
    }

    /// <summary>The viewer's side has ended.</summary>
    public void EndInput(Http2Exchange exchange)
    {
        exchange.Input.IsEnded = true;
        Wake(exchange);
    }

    /// <summary>There is something to read, or nothing will come any more.</summary>
    public void Wake(Http2Exchange exchange)
    {
        if (exchange.Reading.TryRelease(null))
        {
            Signals.Add(exchange, Http2.Signals.Readable);
        }
    }

    public void OnDrained(StreamOutput stream)
    {
        var exchange = stream.Exchange;
        stream.StalledSince = -1;
        if (exchange.Writing.TryRelease(null))
        {
            Signals.Add(exchange, Http2.Signals.Written);
        }

        if (!stream.IsEnded || !exchange.IsOpen)
        {
            return;
        }

        if (exchange.Input.IsEnded)
        {
            Close(exchange, StreamEnding.Whole);
        }
        else
        {
            // Answered in full before the request was: the rest of it is of no use to anybody (RFC 9113, section 8.1).
            Close(exchange, StreamEnding.ResetByUs);
            Output.Reset(stream.StreamId, ErrorCode.NoError);
        }

        Recycle(exchange);
    }

    /// <summary>The handler is through with the exchange, which may serve another request when its output has gone, too.</summary>
    public void Finish(Http2Exchange exchange)
    {
        exchange.IsHandled = false;
        Running--;
        if (Running == 0)
        {
            _allDone?.TrySetResult();
        }

        Recycle(exchange);
    }

    /// <summary>Completes when no handler is at work any more.</summary>
    public Task AllDoneAsync()
    {
        _allDone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Running == 0)
        {
            _allDone.SetResult();
        }

        return _allDone.Task;
    }

    /// <summary>Gives the viewer room for what was taken out of its windows, once it is worth a frame.</summary>
    /// <param name="exchange">Null for what no stream has kept.</param>
    public void Release(Http2Exchange? exchange, int bytes)
    {
        _owedBytes += bytes;
        if (exchange is not null)
        {
            exchange.Input.OwedBytes += bytes;
            PayWindow(exchange);
        }

        PayWindow();
    }

    /// <summary>Says what there was no room to say before.</summary>
    public void PayWindows()
    {
        if (!_owesWindows)
        {
            return;
        }

        _owesWindows = false;
        PayWindow();
        foreach (var exchange in _open.Values)
        {
            PayWindow(exchange);
        }
    }

    /// <summary>A setting that moves the windows of all open streams (RFC 9113, section 6.9.2). False when one grows too large.</summary>
    public bool TrySetInitialWindow(int bytes)
    {
        var change = bytes - InitialWindow;
        InitialWindow = bytes;
        foreach (var exchange in _open.Values)
        {
            if (!exchange.Output.Window.TryGrow(change))
            {
                return false;
            }

            Output.Unstall(exchange.Output);
        }

        return true;
    }

    /// <summary>Forgets exchanges that nobody needs, for a connection that rests.</summary>
    public void Shrink() => _idle.Clear();

    private void PayWindow()
    {
        if (_owedBytes < Http2Limits.ConnectionWindowBytes / 2)
        {
            return;
        }

        if (Output.TryOpenWindow(0, _owedBytes))
        {
            Window.TryGrow(_owedBytes);
            _owedBytes = 0;
        }
        else
        {
            _owesWindows = true;
        }
    }

    private void PayWindow(Http2Exchange exchange)
    {
        var input = exchange.Input;
        if (input.OwedBytes < Http2Limits.StreamWindowBytes / 2 || input.IsEnded || !exchange.IsOpen)
        {
            return;
        }

        if (Output.TryOpenWindow(exchange.Output.StreamId, input.OwedBytes))
        {
            input.Window.TryGrow(input.OwedBytes);
            input.OwedBytes = 0;
        }
        else
        {
            _owesWindows = true;
        }
    }

    private void Close(Http2Exchange exchange, StreamEnding ending)
    {
        _open.Remove(exchange.Output.StreamId);
        _closed.Add(exchange.Output.StreamId, ending);
        exchange.IsOpen = false;
    }

    private void Leave(Http2Exchange exchange)
    {
        if (exchange.IsGone)
        {
            return;
        }

        exchange.IsGone = true;
        exchange.Output.Drop();
        var signals = Http2.Signals.Gone;
        signals |= exchange.Writing.TryRelease(new ViewerGoneException()) ? Http2.Signals.Written : 0;
        signals |= exchange.Reading.TryRelease(new ViewerGoneException()) ? Http2.Signals.Readable : 0;
        if (exchange.IsHandled)
        {
            Signals.Add(exchange, signals);
        }

        Recycle(exchange);
    }

    /// <summary>Takes an exchange back that neither viewer nor handler nor writer has any more.</summary>
    public void Recycle(Http2Exchange exchange)
    {
        if (exchange.IsIdle || exchange.IsHandled || exchange.IsOpen || exchange.IsSignalled || exchange.IsHearing)
        {
            return;
        }

        Release(null, exchange.Input.Clear());
        exchange.IsIdle = true;
        if (_idle.Count < Http2Limits.IdleExchanges)
        {
            exchange.Reset();
            _idle.Push(exchange);
        }
    }
}
