// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Protocols.Dns.MasterFiles;

/// <summary>Where something stands in a master file.</summary>
/// <param name="File">As $INCLUDE names it; null for the file that was read first.</param>
/// <param name="Line">The first is 1.</param>
/// <param name="Column">The first is 1.</param>
public sealed record MasterFilePlace(string? File, int Line, int Column)
{
    public override string ToString() => File is null ? $"{Line}:{Column}" : $"{File}:{Line}:{Column}";
}
