// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Http;

/// <summary>
/// Walks a list of <c>token [ "=" ( token / quoted-string ) ]</c> separated by commas (RFC 9110, sections 5.6.1 to 5.6.6).
/// Commas inside quoted strings do not separate; an element it cannot read is passed over up to the next comma.
/// </summary>
public ref struct DirectiveReader(ReadOnlySpan<byte> list)
{
    private ReadOnlySpan<byte> _rest = list;

    /// <summary>A quote that is never closed quotes nothing, nor does any behind it: it must not swallow the directives that follow. Once known, never searched for again.</summary>
    private bool _quoteLeftOpen;

    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The argument without its quotes; backslash escapes are left in place.</summary>
    public ReadOnlySpan<byte> Argument { get; private set; }

    public bool HasArgument { get; private set; }

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var element = Cut().Trim(" \t"u8);
            if (element.IsEmpty)
            {
                continue;
            }

            var equals = element.IndexOf((byte)'=');
            HasArgument = equals >= 0;
            Name = (HasArgument ? element[..equals] : element).Trim(" \t"u8);
            Argument = HasArgument ? Unquote(element[(equals + 1)..].Trim(" \t"u8)) : default;
            return true;
        }

        return false;
    }

    private ReadOnlySpan<byte> Cut()
    {
        for (var i = 0; i < _rest.Length; i++)
        {
            switch (_rest[i])
            {
                case (byte)'"' when !_quoteLeftOpen:
                    var close = Close(_rest[(i + 1)..]);
                    _quoteLeftOpen = close < 0;
                    i += _quoteLeftOpen ? 0 : 1 + close;
                    break;
                case (byte)',':
                    var element = _rest[..i];
                    _rest = _rest[(i + 1)..];
                    return element;
            }
        }

        var last = _rest;
        _rest = default;
        return last;
    }

    /// <summary>Where the quoted string whose inside this is ends; -1 when it does not.</summary>
    private static int Close(ReadOnlySpan<byte> inside)
    {
        for (var i = 0; i < inside.Length; i++)
        {
            switch (inside[i])
            {
                case (byte)'\\':
                    i++;
                    break;
                case (byte)'"':
                    return i;
            }
        }

        return -1;
    }

    private static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> argument) =>
        argument is [(byte)'"', .., (byte)'"'] ? argument[1..^1] : argument;
}
