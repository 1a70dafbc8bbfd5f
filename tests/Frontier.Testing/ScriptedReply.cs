// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Testing;

/// <summary>One reply of a scripted origin: what is sent, in which order, and where it stops. Immutable.</summary>
public sealed record ScriptedReply
{
    public int Status { get; init; } = 200;

    public string Version { get; init; } = "HTTP/1.1";

    public string Reason { get; init; } = "Scripted";

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    public ScriptedFraming Framing { get; init; }

    /// <summary>The Content-Length to announce instead of the true one.</summary>
    public long? DeclaredLength { get; init; }

    /// <summary>Body bytes of one write, and of one chunk.</summary>
    public int PieceBytes { get; init; } = 16_384;

    /// <summary>Trailer fields of a chunked body.</summary>
    public IReadOnlyList<(string Name, string Value)> Trailers { get; init; } = [];

    /// <summary>Bytes sent before the head, such as interim responses.</summary>
    public ReadOnlyMemory<byte> Preamble { get; init; }

    /// <summary>Waits here after <see cref="Preamble"/>.</summary>
    public ScriptedGate? AfterPreamble { get; init; }

    /// <summary>Sent instead of head and body, whatever it is.</summary>
    public ReadOnlyMemory<byte>? Raw { get; init; }

    /// <summary>Waits here before the first byte.</summary>
    public ScriptedGate? BeforeHead { get; init; }

    /// <summary>Waits at <see cref="StallAt"/> after so many body bytes.</summary>
    public int? StallAfter { get; init; }

    public ScriptedGate? StallAt { get; init; }

    /// <summary>Ends, as <see cref="Ending"/> says, after so many body bytes instead of after all.</summary>
    public int? EndAfter { get; init; }

    public ScriptedEnding Ending { get; init; }

    /// <summary>Replies as soon as the request's head is read; its body is left in the socket and the connection closed.</summary>
    public bool IgnoreRequestBody { get; init; }

    public static ScriptedReply Of(int status, string body = "", params IReadOnlyList<(string Name, string Value)> headers) =>
        new() { Status = status, Body = Encoding.UTF8.GetBytes(body), Headers = headers };
}
