// SPDX-License-Identifier: Apache-2.0

using Frontier.Http.Http1;
using Frontier.Http.Http2.Hpack;
using Frontier.Protocols.Http;

namespace Frontier.Http.Http2;

/// <summary>Takes the fields behind a request's body (RFC 9113, section 8.1), or those of a block that is read for its table alone.</summary>
internal sealed class TrailerFields : IFieldSink
{
    private HeaderList? _fields;
    private int _bytes;

    /// <summary>False with a pseudo-header, a field that is none, or more than <see cref="Http1Limits.TrailerBytes"/>.</summary>
    public bool IsSound { get; private set; }

    /// <param name="fields">To fill; null when nobody is to have them.</param>
    public void Begin(HeaderList? fields)
    {
        _fields = fields;
        _bytes = 0;
        IsSound = true;
    }

    public void Add(FieldKind kind, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        _bytes = Math.Min(_bytes, Http1Limits.TrailerBytes) + name.Length + value.Length;
        IsSound &= kind is not FieldKind.Malformed && name[0] != (byte)':' && _bytes <= Http1Limits.TrailerBytes;
        if (IsSound)
        {
            _fields?.Add(name, value);
        }
    }
}
