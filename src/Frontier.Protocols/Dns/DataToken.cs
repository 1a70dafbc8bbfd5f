// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;

namespace Frontier.Protocols.Dns;

/// <summary>One word of a record's data in presentation form, its escapes still in it.</summary>
/// <param name="Text">Without the quotes around it; quotes that begin inside a word, as in <c>alpn="h2,h3"</c>, stay.</param>
/// <param name="IsQuoted">Whether it stood in quotes.</param>
public readonly record struct DataToken(string Text, bool IsQuoted)
{
    /// <summary>Splits a record's data at white space. The only faults are quotes or escapes without an end.</summary>
    public static bool TrySplit(ReadOnlySpan<char> text, out ImmutableArray<DataToken> tokens)
    {
        var found = ImmutableArray.CreateBuilder<DataToken>();
        tokens = [];
        var at = 0;
        while (true)
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens = found.ToImmutable();
                return true;
            }

            var isQuoted = text[at] == '"';
            var word = new StringBuilder();
            var inQuotes = false;
            for (at += isQuoted ? 1 : 0; at < text.Length; at++)
            {
                var character = text[at];
                if (character == '"')
                {
                    if (isQuoted)
                    {
                        break;
                    }

                    inQuotes = !inQuotes;
                }
                else if (character is ' ' or '\t' or '\r' or '\n' && !isQuoted && !inQuotes)
                {
                    break;
                }

                word.Append(character);
                if (character == '\\')
                {
                    if (++at == text.Length)
                    {
                        return false;
                    }

                    word.Append(text[at]);
                }
            }

            if (inQuotes || (isQuoted && at == text.Length))
            {
                return false;
            }

            at += isQuoted ? 1 : 0;
            found.Add(new DataToken(word.ToString(), isQuoted));
        }
    }
}
