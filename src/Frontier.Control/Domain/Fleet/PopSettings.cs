// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;

namespace Frontier.Control.Domain.Fleet;

/// <summary>A point of presence as its operator describes it; its name is the id of the resource.</summary>
internal sealed record PopSettings(double Latitude, double Longitude, PriceClassZone Zone, string Region, bool IsDrained)
{
    /// <summary>Three letters and a number up to 999: the code of CloudFront's edge locations, in lower case.</summary>
    public static bool IsName(string name) => name.Length is >= 4 and <= 6 && name.AsSpan(0, 3).IndexOfAnyExceptInRange('a', 'z') < 0 && name[3] is >= '1' and <= '9' && name.Skip(4).All(char.IsAsciiDigit);

    public PopConfig ToConfig(string name) => new() { Name = name, Latitude = Latitude, Longitude = Longitude, Zone = Zone, Region = Region, IsDrained = IsDrained };
}
