// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2.Hpack;

/// <summary>Takes the fields of a block in their order.</summary>
internal interface IFieldSink
{
    /// <param name="name">Valid during the call only, as the value is.</param>
    void Add(FieldKind kind, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value);
}
