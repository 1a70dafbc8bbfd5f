// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Store;

/// <summary>What tells one version of one resource from all others: a reader that has it need not read the row again.</summary>
/// <param name="Position">The resource's place in order of creation; no other one of the same store ever has it.</param>
public readonly record struct ResourceMark(long Position, string ETag, bool Deployed)
{
    /// <summary>Positions of the resources that are not known, or known in another version. Both lists are in order of positions.</summary>
    public static List<long> FindUnknown(IReadOnlyList<ResourceMark> marks, IReadOnlyList<ResourceMark> known)
    {
        var unknown = new List<long>();
        var next = 0;
        foreach (var mark in marks)
        {
            while (next < known.Count && known[next].Position < mark.Position)
            {
                next++;
            }

            if (next == known.Count || known[next].Position != mark.Position || known[next].ETag != mark.ETag)
            {
                unknown.Add(mark.Position);
            }
        }

        return unknown;
    }
}
