// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Http;

/// <summary>
/// Walks a list of <c>token [ "=" ( token / quoted-string ) ]</c> separated by commas (RFC 9110, sections 5.6.1 to 5.6.6).
/// Commas inside quoted strings do not separate; an element it cannot read is passed over up to the next comma.
/// </summary>
public ref struct DirectiveReader(ReadOnlySpan<byte> list)
{
    private ReadOnlySpan<byte> _rest = list;

    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The argument without its quotes; backslash escapes are left in place.</summary>
    public ReadOnlySpan<byte> Argument { get; private set; }

    public bool HasArgument { get; private set; }

    public bool MoveNext()
    {
        while (!_rest.IsEmpty)
        {
            var element = Cut(ref _rest).Trim(" \t"u8);
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

    private static ReadOnlySpan<byte> Cut(scoped ref ReadOnlySpan<byte> rest)
    {
        var quoted = false;
        for (var i = 0; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case (byte)'\\' when quoted:
                    i++;
                    break;
                case (byte)'"':
                    quoted = !quoted;
                    break;
                case (byte)',' when !quoted:
                    var element = rest[..i];
                    rest = rest[(i + 1)..];
                    return element;
            }
        }

        var last = rest;
        rest = default;
        return last;
    }

    private static ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> argument) =>
        argument is [(byte)'"', .., (byte)'"'] ? argument[1..^1] : argument;
}
