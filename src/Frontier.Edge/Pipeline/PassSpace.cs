// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>
/// Room for what one request says to its origin and hears from it, used again by another when this one is over. Nothing in it
/// may be held by whoever outlives the request: fills have lists of their own.
/// </summary>
internal sealed class PassSpace
{
    /// <summary>As many as one thread keeps for later, some 6 KiB each; more are left to the garbage collector.</summary>
    private const int MaxSpare = 128;

    /// <summary>A list that has grown further is not kept.</summary>
    private const int MaxKeptBytes = 8 * 1024;

    [ThreadStatic]
    private static Stack<PassSpace>? _spare;

    /// <summary>The fields of the request to the origin.</summary>
    public HeaderList Fields { get; } = new();

    public ArrayBufferWriter<byte> Target { get; } = new(256);

    /// <summary>What the origin answered.</summary>
    public ResponseHead OriginHead { get; } = new();

    /// <summary>What of it the viewer gets.</summary>
    public ResponseHead ViewerHead { get; } = new();

    public static PassSpace Take() => _spare is { Count: > 0 } spare ? spare.Pop() : new PassSpace();

    /// <summary>By its last user, once.</summary>
    public void GiveBack()
    {
        var spare = _spare ??= new Stack<PassSpace>();
        if (spare.Count < MaxSpare && Fields.WireBytes + Target.WrittenCount + OriginHead.Headers.WireBytes + ViewerHead.Headers.WireBytes <= MaxKeptBytes)
        {
            Fields.Clear();
            Target.ResetWrittenCount();
            OriginHead.Reset();
            ViewerHead.Reset();
            spare.Push(this);
        }
    }
}
