// SPDX-License-Identifier: Apache-2.0

using System.Text;

namespace Frontier.Protocols.Dns.MasterFiles;

/// <summary>Splits a master file into entries and these into words: comments, quotes, escapes, and parentheses that join lines (RFC 1035, section 5.1).</summary>
internal sealed class MasterLexer(string text)
{
    private int _at;
    private int _line = 1;
    private int _lineStart;

    /// <summary>What is wrong with the entry that was read last; null for nothing.</summary>
    public (string Message, int Line, int Column)? Fault { get; private set; }

    /// <summary>Whether the entry that was read last begins with white space: its owner is the one before.</summary>
    public bool BeginsBlank { get; private set; }

    /// <summary>The words of the next entry that has any, or a fault; false at the end.</summary>
    public bool TryRead(List<MasterToken> words)
    {
        words.Clear();
        Fault = null;
        while (_at < text.Length)
        {
            BeginsBlank = text[_at] is ' ' or '\t';
            ReadEntry(words);
            if (words.Count > 0 || Fault is not null)
            {
                return true;
            }
        }

        return false;
    }

    private void ReadEntry(List<MasterToken> words)
    {
        var depth = 0;
        var (openLine, openColumn) = (0, 0);
        while (_at < text.Length)
        {
            switch (text[_at])
            {
                case '\n':
                    NextLine();
                    if (depth == 0)
                    {
                        return;
                    }

                    break;
                case ' ' or '\t' or '\r':
                    _at++;
                    break;
                case ';':
                    _at = text.IndexOf('\n', _at) is >= 0 and var end ? end : text.Length;
                    break;
                case '(':
                    (openLine, openColumn) = depth++ == 0 ? (_line, Column) : (openLine, openColumn);
                    _at++;
                    break;
                case ')':
                    Say(depth == 0 ? "A parenthesis is closed that was not opened." : null, _line, Column);
                    depth = Math.Max(0, depth - 1);
                    _at++;
                    break;
                default:
                    words.Add(ReadWord());
                    break;
            }
        }

        Say(depth > 0 ? "A parenthesis is opened here and never closed." : null, openLine, openColumn);
    }

    private int Column => _at - _lineStart + 1;

    private MasterToken ReadWord()
    {
        var (line, column) = (_line, Column);
        var word = new StringBuilder();
        var isQuoted = text[_at] == '"';
        var inQuotes = isQuoted;
        for (_at += isQuoted ? 1 : 0; _at < text.Length; _at++)
        {
            var character = text[_at];
            if (character is '\n' or '\r')
            {
                break;
            }

            if (!inQuotes && character is (' ' or '\t' or ';' or '(' or ')'))
            {
                break;
            }

            if (character == '"')
            {
                inQuotes = !inQuotes;
                if (isQuoted)
                {
                    _at++;
                    return new MasterToken(new DataToken(word.ToString(), IsQuoted: true), line, column);
                }
            }

            word.Append(character);
            if (character == '\\' && _at + 1 < text.Length && text[_at + 1] is not ('\n' or '\r'))
            {
                word.Append(text[++_at]);
            }
        }

        Say(inQuotes ? "Quotation marks are opened here and not closed on the line." : null, line, column);
        return new MasterToken(new DataToken(word.ToString(), isQuoted), line, column);
    }

    private void NextLine()
    {
        _at++;
        _line++;
        _lineStart = _at;
    }

    /// <summary>The first fault of an entry counts.</summary>
    private void Say(string? message, int line, int column)
    {
        if (message is not null && Fault is null)
        {
            Fault = (message, line, column);
        }
    }
}
