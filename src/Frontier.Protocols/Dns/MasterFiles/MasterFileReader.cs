// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;

namespace Frontier.Protocols.Dns.MasterFiles;

/// <summary>Reads master files (RFC 1035, section 5, with $TTL of RFC 2308, section 4). All faults are found, not the first alone.</summary>
public sealed class MasterFileReader
{
    /// <summary>After so many, reading ends: it is no master file.</summary>
    public const int MostFaults = 1_000;

    /// <summary>Files that include files that include files.</summary>
    private const int MostIncludes = 8;

    private readonly Func<string, string?>? _include;
    private readonly ImmutableArray<MasterRecord>.Builder _records = ImmutableArray.CreateBuilder<MasterRecord>();
    private readonly ImmutableArray<MasterFileFault>.Builder _faults = ImmutableArray.CreateBuilder<MasterFileFault>();

    private uint? _defaultTtl;
    private uint? _lastTtl;

    private MasterFileReader(Func<string, string?>? include) => _include = include;

    /// <param name="origin">What relative names are relative to until $ORIGIN says otherwise.</param>
    /// <param name="include">The text of an included file by its name, null where there is none; null to refuse $INCLUDE.</param>
    public static MasterFileResult Read(string text, DnsName origin, Func<string, string?>? include = null)
    {
        var reader = new MasterFileReader(include);
        reader.Read(text, null, origin, null, 0);
        return new MasterFileResult(reader._records.ToImmutable(), reader._faults.ToImmutable());
    }

    private void Read(string text, string? file, DnsName origin, DnsName? owner, int depth)
    {
        var lexer = new MasterLexer(text);
        var words = new List<MasterToken>();
        while (_faults.Count < MostFaults && lexer.TryRead(words))
        {
            if (lexer.Fault is { } fault)
            {
                _faults.Add(new MasterFileFault(new MasterFilePlace(file, fault.Line, fault.Column), fault.Message));
                continue;
            }

            if (words[0].Word is { IsQuoted: false, Text: ['$', ..] })
            {
                origin = Direct(words, file, origin, owner, depth);
            }
            else
            {
                owner = ReadRecord(words, file, origin, owner, lexer.BeginsBlank);
            }
        }
    }

    /// <summary>Returns the origin that holds from here on.</summary>
    private DnsName Direct(List<MasterToken> words, string? file, DnsName origin, DnsName? owner, int depth)
    {
        switch (words[0].Word.Text.ToUpperInvariant())
        {
            case "$ORIGIN" when words.Count == 2:
                return ReadName(words[1], file, origin) ?? origin;
            case "$TTL" when words.Count == 2:
                _defaultTtl = ReadTtl(words[1], file) ?? _defaultTtl;
                return origin;
            case "$INCLUDE" when words.Count is 2 or 3:
                Include(words, file, origin, owner, depth);
                return origin;
            case "$ORIGIN" or "$TTL" or "$INCLUDE":
                Say(words[0], file, $"{words[0].Word.Text} takes one argument.");
                return origin;
            default:
                Say(words[0], file, $"{words[0].Word.Text} is not known; there are $ORIGIN, $TTL and $INCLUDE.");
                return origin;
        }
    }

    private void Include(List<MasterToken> words, string? file, DnsName origin, DnsName? owner, int depth)
    {
        var name = words[1].Word.Text;
        if (_include is null)
        {
            Say(words[0], file, "$INCLUDE is not allowed here; put the records into this file.");
        }
        else if (depth == MostIncludes)
        {
            Say(words[0], file, $"Files include each other more than {MostIncludes} times.");
        }
        else if (_include(name) is not { } text)
        {
            Say(words[1], file, $"There is no file \"{name}\" that may be included.");
        }
        else if ((words.Count == 2 ? origin : ReadName(words[2], file, origin)) is { } within)
        {
            Read(text, name, within, owner, depth + 1);
        }
    }

    /// <summary>Returns the owner, for entries that have none of their own.</summary>
    private DnsName? ReadRecord(List<MasterToken> words, string? file, DnsName origin, DnsName? owner, bool beginsBlank)
    {
        var at = 0;
        if (!beginsBlank)
        {
            owner = ReadName(words[at++], file, origin);
        }
        else if (owner is null)
        {
            Say(words[0], file, "The line begins with white space, but there is no name before it.");
        }

        uint? ttl = null;
        var (hasTtl, hasClass) = (false, false);
        for (; at < words.Count; at++)
        {
            if (!hasTtl && words[at].Word is { IsQuoted: false, Text: [>= '0' and <= '9', ..] })
            {
                (hasTtl, ttl) = (true, ReadTtl(words[at], file));
                if (ttl is null)
                {
                    return owner;
                }
            }
            else if (!hasClass && (words[at].Is("IN") || words[at].Is("CLASS1")))
            {
                hasClass = true;
            }
            else
            {
                break;
            }
        }

        if (at == words.Count)
        {
            Say(words[^1], file, "The type and the data are missing.");
            return owner;
        }

        _lastTtl = ttl ?? _lastTtl;
        ReadData(words, at, file, origin, owner, ttl ?? _defaultTtl ?? _lastTtl);
        return owner;
    }

    private void ReadData(List<MasterToken> words, int at, string? file, DnsName origin, DnsName? owner, uint? ttl)
    {
        var name = words[at].Word.Text;
        if (words[at].Is("CH") || words[at].Is("HS") || words[at].Is("CS"))
        {
            Say(words[at], file, $"Records of class {name.ToUpperInvariant()} are not served; there is IN alone.");
            return;
        }

        if (words[at].Word.IsQuoted || !RecordTypes.TryFind(name, out var type))
        {
            Say(words[at], file, $"{name} is no type that is known; others are written as TYPE and their number.");
            return;
        }

        if (ttl is null)
        {
            Say(words[at], file, "There is no time to live: write it before the type, or begin the file with $TTL.");
        }

        var data = words.Skip(at + 1).Select(static word => word.Word).ToArray();
        if (!RecordData.TryParse(type, data, origin, EscapeForm.Decimal, out var wire, out var fault))
        {
            var wrong = words.Skip(at + 1).FirstOrDefault(word => word.Word.Text == fault.Text, words[at]);
            Say(wrong, file, $"{fault.Message}: {fault.Text}.");
        }
        else if (ttl is not null && owner is not null)
        {
            _records.Add(new MasterRecord(owner, type, ttl.Value, wire, new MasterFilePlace(file, words[0].Line, words[0].Column)));
        }
    }

    private DnsName? ReadName(MasterToken word, string? file, DnsName origin)
    {
        if (word.Word.IsQuoted || !DnsName.TryParse(word.Word.Text, origin, EscapeForm.Decimal, out var name, out _))
        {
            Say(word, file, $"\"{word.Word.Text}\" is no name.");
            return null;
        }

        return name;
    }

    private uint? ReadTtl(MasterToken word, string? file)
    {
        if (DnsDuration.TryParse(word.Word.Text, out var seconds) && seconds <= DnsDuration.LongestTtl)
        {
            return seconds;
        }

        Say(word, file, string.Create(CultureInfo.InvariantCulture, $"{word.Word.Text} is no time to live; give seconds from 0 to {DnsDuration.LongestTtl}, or units such as 1h30m."));
        return null;
    }

    private void Say(MasterToken at, string? file, string message) => _faults.Add(new MasterFileFault(new MasterFilePlace(file, at.Line, at.Column), message));
}
