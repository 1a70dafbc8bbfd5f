// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Http.Http2;

/// <summary>What a viewer says of a stream's priority (RFC 9218, section 4): in a request's <c>priority</c> field, or in a frame.</summary>
/// <param name="Urgency">0 to 7, the least being the most urgent.</param>
/// <param name="IsIncremental">Whether a part of the answer is of use before the rest is there.</param>
internal readonly record struct PriorityField(byte Urgency, bool IsIncremental)
{
    public const int Levels = 8;

    /// <summary>What a field means that says nothing (RFC 9218, sections 4.1 and 4.2).</summary>
    public static readonly PriorityField Default = new(3, false);

    /// <summary>
    /// For streams of which nothing was said. The default of RFC 9218 would answer them one after the other; viewers that do
    /// not know of priorities expect a large answer not to keep a small one waiting.
    /// </summary>
    public static readonly PriorityField Unsaid = new(3, true);

    /// <summary>
    /// Members that are not known, and values that no urgency has, count as not there (RFC 9218, section 4). Of the dictionary's
    /// grammar (RFC 8941, section 3.2) only as much is read as these two members need, and nothing is allocated.
    /// </summary>
    public static PriorityField Parse(ReadOnlySpan<byte> field)
    {
        var said = Default;
        while (!field.IsEmpty)
        {
            var end = EndOfMember(field);
            said = said.With(field[..end].Trim(" \t"u8));
            field = field[Math.Min(end + 1, field.Length)..];
        }

        return said;
    }

    private PriorityField With(ReadOnlySpan<byte> member)
    {
        var parameters = member.IndexOf((byte)';');
        return (parameters < 0 ? member : member[..parameters]) switch
        {
            [(byte)'u', (byte)'=', >= (byte)'0' and <= (byte)'7' and var digit] => this with { Urgency = (byte)(digit - '0') },
            [(byte)'i'] or [(byte)'i', (byte)'=', (byte)'?', (byte)'1'] => this with { IsIncremental = true },
            [(byte)'i', (byte)'=', (byte)'?', (byte)'0'] => this with { IsIncremental = false },
            _ => this,
        };
    }

    /// <summary>The comma behind the first member, one in a string not counting; or the end.</summary>
    private static int EndOfMember(ReadOnlySpan<byte> field)
    {
        var isQuoted = false;
        for (var i = 0; i < field.Length; i++)
        {
            switch (field[i])
            {
                case (byte)'"':
                    isQuoted = !isQuoted;
                    break;
                case (byte)'\\' when isQuoted:
                    i++;
                    break;
                case (byte)',' when !isQuoted:
                    return i;
            }
        }

        return field.Length;
    }
}
