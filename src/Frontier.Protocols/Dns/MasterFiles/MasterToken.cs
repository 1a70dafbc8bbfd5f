// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Dns.MasterFiles;

/// <summary>A word of a master file and where it stands.</summary>
internal readonly record struct MasterToken(DataToken Word, int Line, int Column)
{
    /// <summary>Whether it is that keyword: not in quotes, in any case.</summary>
    public bool Is(string keyword) => !Word.IsQuoted && Word.Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);
}
