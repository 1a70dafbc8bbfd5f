// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Frontier.Control.Domain;
using static Frontier.Control.Api.Documents.XmlNames;

namespace Frontier.Control.Api;

/// <summary>One page of a list (<c>api.md</c> §5.1).</summary>
internal sealed record Paging(string Marker, int MaxItems)
{
    private const int MostItems = 100;

    public static Outcome<Paging> Read(ApiRequest request) => Read(request.QueryValue("Marker"), request.QueryValue("MaxItems"));

    public static Outcome<Paging> Read(string? marker, string? mostItems)
    {
        var maxItems = MostItems;
        if (mostItems is { Length: > 0 } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out maxItems) || maxItems < 1))
        {
            return ApiErrors.InvalidArgument.Saying("The parameter MaxItems must be a positive number.");
        }

        return new Paging(marker ?? "", Math.Min(maxItems, MostItems));
    }

    /// <summary>A page of family A: Marker, NextMarker, MaxItems, IsTruncated, Quantity, Items.</summary>
    public Outcome<XElement> WriteFamilyA<T>(string root, IReadOnlyList<T> all, Func<T, string> markerOf, Func<T, XElement> write)
        where T : notnull
    {
        if (!TryTake(all, markerOf, out var page, out var next))
        {
            return ApiErrors.InvalidArgument.Saying("The parameter Marker is not valid.");
        }

        return WriteFamilyA(root, page, next, write);
    }

    public XElement WriteFamilyA<T>(string root, IReadOnlyCollection<T> page, string? next, Func<T, XElement> write) => Element(
        root, Element("Marker", Marker), Optional("NextMarker", next), Element("MaxItems", MaxItems), Flag("IsTruncated", next is not null), Items(page, write));

    /// <summary>A page of family B: NextMarker, MaxItems, Quantity, Items.</summary>
    public Outcome<XElement> WriteFamilyB<T>(string root, IReadOnlyList<T> all, Func<T, string> markerOf, Func<T, XElement> write)
        where T : notnull
    {
        if (!TryTake(all, markerOf, out var page, out var next))
        {
            return ApiErrors.InvalidArgument.Saying("The parameter Marker is not valid.");
        }

        return Element(root, Optional("NextMarker", next), Element("MaxItems", MaxItems), Items(page, write));
    }

    /// <summary>A page of family C: NextMarker, and the list right below the root.</summary>
    public Outcome<XElement> WriteFamilyC<T>(string root, string list, IReadOnlyList<T> all, Func<T, string> markerOf, Func<T, XElement> write)
        where T : notnull
    {
        if (!TryTake(all, markerOf, out var page, out var next))
        {
            return ApiErrors.InvalidArgument.Saying("The parameter Marker is not valid.");
        }

        return Element(root, Optional("NextMarker", next), Element(list, page.Select(write)));
    }

    /// <summary>What follows the marker (API-5.2), and the marker of what follows that.</summary>
    private bool TryTake<T>(IReadOnlyList<T> all, Func<T, string> markerOf, out ImmutableArray<T> page, out string? next)
        where T : notnull
    {
        var start = 0;
        if (Marker.Length > 0)
        {
            start = all.Select(markerOf).ToList().IndexOf(Marker) + 1;
        }

        page = [.. all.Skip(start).Take(MaxItems)];
        next = start + page.Length < all.Count ? markerOf(page[^1]) : null;
        return Marker.Length == 0 || start > 0;
    }
}
