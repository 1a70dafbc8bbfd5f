// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Http.Http2.Hpack;

namespace Frontier.Http.Tests.Http2;

/// <summary>Keeps fields as text.</summary>
internal sealed class ListSink : IFieldSink
{
    public List<(string Name, string Value)> Fields { get; } = [];

    public List<FieldKind> Kinds { get; } = [];

    public void Add(FieldKind kind, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Fields.Add((Encoding.Latin1.GetString(name), Encoding.Latin1.GetString(value)));
        Kinds.Add(kind);
    }
}
