// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Contracts.Fleet;

namespace Frontier.Control.Fleet;

/// <summary>Bounds what a machine may say of itself: others read it.</summary>
internal static class FactsCheck
{
    private const int MostAddresses = 16;
    private const int LongestText = 300;
    private const int MostWeight = 1_000;

    /// <summary>What is wrong with it; null for nothing.</summary>
    public static string? FaultOf(NodeFacts facts) =>
        facts.Addresses.Length > MostAddresses || facts.Addresses.Any(static address => !IPAddress.TryParse(address, out _)) ? $"Facts.Addresses must be at most {MostAddresses} IP addresses."
        : facts.HttpPort is < 0 or > ushort.MaxValue || facts.HttpsPort is < 0 or > ushort.MaxValue ? "Facts.HttpPort and Facts.HttpsPort must be ports, or 0 for none."
        : facts.Weight is < 1 or > MostWeight ? $"Facts.Weight must be from 1 to {MostWeight}."
        : !IsPlain(facts.ProgramVersion) || !IsPlain(facts.Tier ?? "") ? $"Facts.ProgramVersion and Facts.Tier may have {LongestText} characters, and no control characters."
        : !Enum.IsDefined(facts.Role) ? "Facts.Role is no role that is known here."
        : null;

    private static bool IsPlain(string text) => text.Length <= LongestText && !text.Any(char.IsControl);
}
