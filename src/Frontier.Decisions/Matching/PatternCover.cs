// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Protocols.Names;

namespace Frontier.Decisions.Matching;

/// <summary>
/// Whether a path pattern is covered by those before it, decided exactly: all paths that it matches are walked at once, in sets of
/// positions in the patterns, until one is found that none of the others matches or nothing is left to walk (inclusion of
/// regular languages by subset construction). Pure.
/// </summary>
/// <param name="Path">A path that the pattern alone matches; null unless it <see cref="CoverVerdict.Escapes"/>.</param>
public readonly record struct PatternCover(CoverVerdict Verdict, string? Path)
{
    /// <summary>Bounds time and memory: some tens of milliseconds. Patterns of real sites take hundreds at most.</summary>
    private const int MostStates = 4_096;

    /// <summary>Positions are kept as characters: 250 patterns of 255 bytes fit.</summary>
    private const int MostPositions = char.MaxValue;

    /// <summary>Stands for every byte that no pattern names, where any of these is one.</summary>
    private const string OtherBytes = "zyxwvutsrqponmlkjihgfedcbaZYXWVUTSRQPONMLKJIHGFEDCBA9876543210-_.~!$&'()+,;=:@";

    /// <param name="earlier">Those tried before it.</param>
    public static PatternCover Decide(PathPattern pattern, IEnumerable<PathPattern> earlier)
    {
        var wanted = Anchor(pattern);
        byte[][] others = [.. earlier.Select(Anchor)];
        if (others.Sum(static other => other.Length + 1) > MostPositions)
        {
            return new PatternCover(CoverVerdict.Undecided, null);
        }

        // Nearly every pattern has a path of its own among the plainest: what wildcards stand for is then one byte, or none.
        var search = new Search(wanted, others);
        return search.PlainPath() is { } plain ? new PatternCover(CoverVerdict.Escapes, plain) : search.Run();
    }

    /// <summary>Whether two patterns match the same paths.</summary>
    public static bool AreSame(PathPattern one, PathPattern other) =>
        Decide(one, [other]).Verdict is CoverVerdict.Covered && Decide(other, [one]).Verdict is CoverVerdict.Covered;

    /// <summary>Every path begins with a slash, so <c>*</c> says the same as <c>/*</c>.</summary>
    private static byte[] Anchor(PathPattern pattern) => pattern.Bytes is [(byte)'*'] ? "/*"u8.ToArray() : pattern.Bytes.ToArray();

    private sealed class Search(byte[] wanted, byte[][] others)
    {
        private readonly byte[] _alphabet = Alphabet(wanted, others);
        private readonly int[] _starts = Starts(others);
        private readonly HashSet<(int At, string Alive)> _seen = [];
        private readonly List<Step> _steps = [];

        /// <summary>A path made of the pattern by putting the same in the place of every wildcard, that no other matches; null when there is none.</summary>
        public string? PlainPath()
        {
            var filler = _alphabet[^1];
            byte[][] paths = [[.. wanted.Select(one => one is (byte)'*' or (byte)'?' ? filler : one)], [.. wanted.Where(static one => one is not (byte)'*').Select(one => one is (byte)'?' ? filler : one)]];
            return paths.FirstOrDefault(path => !others.Any(other => Glob.Matches(other, path))) is { } found ? Encoding.Latin1.GetString(found) : null;
        }

        public PatternCover Run()
        {
            var alive = new SortedSet<int>();
            for (var other = 0; other < others.Length; other++)
            {
                Reach(other, 0, alive);
            }

            Add(0, Prune(alive), -1, 0);
            for (var next = 0; next < _steps.Count; next++)
            {
                var step = _steps[next];
                if (step.At == wanted.Length && !step.Alive.Any(IsEnd))
                {
                    return new PatternCover(CoverVerdict.Escapes, PathTo(next));
                }

                if (_steps.Count > MostStates)
                {
                    return new PatternCover(CoverVerdict.Undecided, null);
                }

                Walk(step, next);
            }

            return new PatternCover(CoverVerdict.Covered, null);
        }

        private void Walk(Step step, int index)
        {
            if (step.At == wanted.Length || step.Alive.Any(TakesAll))
            {
                return; // nothing follows, or whatever follows is matched by another
            }

            var element = wanted[step.At];
            foreach (var one in element is (byte)'*' or (byte)'?' ? _alphabet : [element])
            {
                Add(element is (byte)'*' ? step.At : step.At + 1, Prune(Move(step.Alive, one)), index, one);
            }
        }

        /// <summary>Adds a state with those that it is at the same time, a star being also what follows it.</summary>
        private void Add(int at, string alive, int from, byte by)
        {
            while (_seen.Add((at, alive)))
            {
                _steps.Add(new Step(at, alive, from, by));
                if (at == wanted.Length || wanted[at] != '*')
                {
                    return;
                }

                at++;
            }
        }

        private SortedSet<int> Move(string alive, byte one)
        {
            var moved = new SortedSet<int>();
            foreach (var position in alive)
            {
                var (other, at) = Locate(position);
                if (at < others[other].Length && (others[other][at] == one || others[other][at] is (byte)'*' or (byte)'?'))
                {
                    Reach(other, others[other][at] is (byte)'*' ? at : at + 1, moved);
                }
            }

            return moved;
        }

        private void Reach(int other, int at, SortedSet<int> into)
        {
            into.Add(_starts[other] + at);
            while (at < others[other].Length && others[other][at] is (byte)'*')
            {
                into.Add(_starts[other] + ++at);
            }
        }

        /// <summary>Once a star is reached, what stands before it in the same pattern can match nothing that the star cannot: it is dropped, which keeps the sets small.</summary>
        private string Prune(SortedSet<int> alive)
        {
            var kept = new StringBuilder(alive.Count);
            var reached = -1;
            foreach (var position in alive.Reverse())
            {
                var (other, at) = Locate(position);
                if (other == reached)
                {
                    continue;
                }

                kept.Append((char)position);
                reached = at < others[other].Length && others[other][at] is (byte)'*' ? other : reached;
            }

            return kept.ToString();
        }

        private (int Other, int At) Locate(int position)
        {
            var found = Array.BinarySearch(_starts, position);
            var other = found >= 0 ? found : ~found - 1;
            return (other, position - _starts[other]);
        }

        private bool IsEnd(char position) => Locate(position) is var (other, at) && at == others[other].Length;

        private bool TakesAll(char position) => Locate(position) is var (other, at) && at == others[other].Length - 1 && others[other][at] is (byte)'*';

        private string PathTo(int index)
        {
            var bytes = new Stack<byte>();
            for (var at = index; _steps[at].From >= 0; at = _steps[at].From)
            {
                bytes.Push(_steps[at].By);
            }

            return Encoding.Latin1.GetString([.. bytes]);
        }

        private static byte[] Alphabet(byte[] wanted, byte[][] others)
        {
            var literal = wanted.Concat(others.SelectMany(static other => other)).Where(static one => one is not ((byte)'*' or (byte)'?')).ToHashSet();
            return [.. literal.Order(), .. OtherBytes.Where(one => !literal.Contains((byte)one)).Take(1).Select(static one => (byte)one)];
        }

        /// <summary>Where each pattern's positions begin, its end being one more than it is long.</summary>
        private static int[] Starts(byte[][] others)
        {
            var starts = new int[others.Length];
            for (var i = 1; i < others.Length; i++)
            {
                starts[i] = starts[i - 1] + others[i - 1].Length + 1;
            }

            return starts;
        }

        /// <param name="At">In the pattern in question.</param>
        /// <param name="Alive">Positions in the others, as characters: a string compares and hashes by itself.</param>
        /// <param name="From">The step before; -1 for none.</param>
        private readonly record struct Step(int At, string Alive, int From, byte By);
    }
}
