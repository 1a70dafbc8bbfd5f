// SPDX-License-Identifier: Apache-2.0

using System.Runtime.InteropServices;
using System.Text;
using Frontier.Http.Http2;

namespace Frontier.Http.Tests.Http2;

/// <summary>What a viewer got on one stream.</summary>
internal sealed class StreamAnswer
{
    /// <summary>Interim heads, the head, and trailers, in their order.</summary>
    public List<List<(string Name, string Value)>> Heads { get; } = [];

    public List<byte> Body { get; } = [];

    /// <summary>END_STREAM has come.</summary>
    public bool IsWhole { get; set; }

    public ErrorCode? Reset { get; set; }

    public ErrorCode? GoAway { get; set; }

    public int Status => int.Parse(this[":status"]!, System.Globalization.CultureInfo.InvariantCulture);

    public string Text => Encoding.Latin1.GetString(CollectionsMarshal.AsSpan(Body));

    /// <summary>A field of the first head.</summary>
    public string? this[string name] => Heads.Count == 0 ? null : Heads[0].Where(field => field.Name == name).Select(static field => field.Value).SingleOrDefault();
}
