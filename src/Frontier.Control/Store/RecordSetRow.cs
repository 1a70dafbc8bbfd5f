// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Store;

/// <summary>Where a record set stands in its zone: unique there, and its order.</summary>
/// <param name="SortName">The name with its labels reversed, e.g. <c>com.example.www.</c>; ASCII.</param>
/// <param name="SetIdentifier">Empty for none.</param>
public sealed record RecordSetPlace(string SortName, string Type, string SetIdentifier)
{
    public static readonly RecordSetPlace First = new("", "", "");
}

/// <summary>A record set; its document is a text to the store.</summary>
public sealed record RecordSetRow(RecordSetPlace Place, string Document)
{
    public string SortName => Place.SortName;
}

/// <summary>Record sets of a zone, and the zone as a whole.</summary>
/// <param name="Version">The sequence of its last change.</param>
/// <param name="Count">Of all its record sets.</param>
public sealed record ZoneRecords(long Version, long Count, ImmutableArray<RecordSetRow> Rows);

/// <summary>A zone with all its record sets.</summary>
/// <param name="Position">Its place in order of creation.</param>
public sealed record ZoneRow(long Position, string Id, string Name, ZoneRecords Records);

/// <param name="LogEnd">The newest sequence of the log.</param>
public sealed record ZonePage(long LogEnd, ImmutableArray<ZoneRow> Zones, bool HasMore);
