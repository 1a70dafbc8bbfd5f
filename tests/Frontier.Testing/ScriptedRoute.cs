// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Testing;

/// <summary>
/// What a scripted origin does for one path. Every call changes the replies from the next request on; a reply already under
/// way goes on as it was. Thread-safe.
/// </summary>
public sealed class ScriptedRoute
{
    private readonly Lock _gate = new();
    private readonly Queue<ScriptedReply> _once = [];
    private Func<ScriptedRequest, ScriptedReply>? _handler;
    private ScriptedReply _reply = ScriptedReply.Of(200);

    /// <summary>The lasting reply, for all requests that no <see cref="Once"/> answers.</summary>
    public ScriptedRoute Reply(int status, string body = "", params IReadOnlyList<(string Name, string Value)> headers) =>
        Change(reply => reply with { Status = status, Body = Encoding.UTF8.GetBytes(body), Headers = headers, Raw = null });

    public ScriptedRoute Reply(int status, ReadOnlyMemory<byte> body, params IReadOnlyList<(string Name, string Value)> headers) =>
        Change(reply => reply with { Status = status, Body = body, Headers = headers, Raw = null });

    /// <summary>Replaces the whole lasting reply.</summary>
    public ScriptedRoute Reply(ScriptedReply reply) => Change(_ => reply);

    /// <summary>Queues a reply that answers one request, before the lasting one.</summary>
    public ScriptedRoute Once(ScriptedReply reply)
    {
        lock (_gate)
        {
            _once.Enqueue(reply);
        }

        return this;
    }

    /// <summary>Asks for every reply, until another lasting one is set; the request's body has been read.</summary>
    public ScriptedRoute Handle(Func<ScriptedRequest, ScriptedReply> handler)
    {
        lock (_gate)
        {
            _handler = handler;
        }

        return this;
    }

    public ScriptedRoute Chunked(int pieceBytes = 16_384) =>
        Change(reply => reply with { Framing = ScriptedFraming.Chunked, PieceBytes = pieceBytes });

    public ScriptedRoute CloseDelimited() => Change(reply => reply with { Framing = ScriptedFraming.UntilClose, Ending = ScriptedEnding.CloseSilently });

    public ScriptedRoute Http10() => Change(reply => reply with { Version = "HTTP/1.0", Ending = ScriptedEnding.CloseSilently });

    /// <summary>Announces another length than the body has.</summary>
    public ScriptedRoute DeclareLength(long bytes) => Change(reply => reply with { DeclaredLength = bytes });

    /// <summary>Sends these bytes instead of a reply.</summary>
    public ScriptedRoute Raw(string latin1, ScriptedEnding ending = ScriptedEnding.KeepAlive) =>
        Change(reply => reply with { Raw = Encoding.Latin1.GetBytes(latin1), Ending = ending });

    /// <summary>Waits before the first byte of each reply until <see cref="Release"/>, or until the gate given is released.</summary>
    public ScriptedRoute Hold(ScriptedGate? gate = null) => Change(reply => reply with { BeforeHead = gate ?? new ScriptedGate() });

    /// <summary>Waits after so many body bytes until <see cref="Release"/>, or until the gate given is released.</summary>
    public ScriptedRoute StallAfter(int bodyBytes, ScriptedGate? gate = null) =>
        Change(reply => reply with { StallAfter = bodyBytes, StallAt = gate ?? new ScriptedGate() });

    /// <summary>Ends the connection in this way after so many body bytes; at the end when none are said.</summary>
    public ScriptedRoute EndConnection(ScriptedEnding ending, int? afterBodyBytes = null) =>
        Change(reply => reply with { Ending = ending, EndAfter = afterBodyBytes });

    /// <summary>Lets replies that hold or stall go on, and makes those to come do neither.</summary>
    public void Release()
    {
        ScriptedReply held;
        lock (_gate)
        {
            held = _reply;
            _reply = _reply with { BeforeHead = null, StallAt = null, StallAfter = null };
        }

        held.BeforeHead?.Release();
        held.StallAt?.Release();
    }

    /// <summary>Whether the next reply waits for the request's body.</summary>
    internal bool ReadsBody
    {
        get
        {
            lock (_gate)
            {
                return !(_once.TryPeek(out var next) ? next : _reply).IgnoreRequestBody;
            }
        }
    }

    internal ScriptedReply Next(ScriptedRequest request)
    {
        Func<ScriptedRequest, ScriptedReply> handler;
        lock (_gate)
        {
            if (_once.TryDequeue(out var once))
            {
                return once;
            }

            if (_handler is null)
            {
                return _reply;
            }

            handler = _handler;
        }

        return handler(request);
    }

    private ScriptedRoute Change(Func<ScriptedReply, ScriptedReply> change)
    {
        lock (_gate)
        {
            _reply = change(_reply);
            _handler = null;
        }

        return this;
    }
}
