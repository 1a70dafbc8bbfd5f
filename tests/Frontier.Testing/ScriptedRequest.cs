// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Http;

namespace Frontier.Testing;

/// <summary>A request as a scripted origin received it.</summary>
public sealed class ScriptedRequest
{
    public required RequestHead Head { get; init; }

    /// <summary>Request line and fields, byte for byte, with the empty line.</summary>
    public required byte[] RawHead { get; init; }

    /// <summary>The body without its framing; empty until it was read whole.</summary>
    public byte[] Body { get; internal set; } = [];

    /// <summary>Which connection it came by: the first accepted is 1.</summary>
    public required int Connection { get; init; }

    public string Method => Head.MethodToken;

    public string Path => Head.PathText;

    public string Target => Head.TargetText;

    public string RawText => Encoding.Latin1.GetString(RawHead);

    public string BodyText => Encoding.UTF8.GetString(Body);

    /// <summary>All fields of that name joined by commas, or null.</summary>
    public string? Header(string name) => Head.Headers.Joined(Encoding.ASCII.GetBytes(name));
}
