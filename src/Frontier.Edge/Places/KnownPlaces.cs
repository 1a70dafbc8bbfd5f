// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Net;
using Frontier.Decisions.Models;
using Frontier.Geo;

namespace Frontier.Edge.Places;

/// <summary>The places that one state of the files knows, and which viewers were asked for last. Thread-safe without a lock.</summary>
/// <param name="complain">Told once that a file is damaged, and how.</param>
internal sealed class KnownPlaces(ImmutableArray<MaxMindDatabase> databases, Action<string>? complain)
{
    /// <summary>A power of two; an entry is about 300 bytes with its place.</summary>
    private const int Recent = 4096;

    private static readonly ViewerPlace Nowhere = new();

    private readonly Entry?[] _recent = new Entry?[Recent];
    private int _complaints;

    /// <summary>Null for an address that no database has. Allocates only for an address that has not been asked for lately.</summary>
    public ViewerPlace? Find(IPAddress address)
    {
        ref var slot = ref _recent[address.GetHashCode() & (Recent - 1)];
        if (slot is { } entry && entry.Address.Equals(address))
        {
            return entry.Place;
        }

        var place = Nowhere;
        foreach (var database in databases)
        {
            place = Add(place, database, address);
        }

        var found = place == Nowhere ? null : place;
        slot = new Entry(address, found); // one reference: readers see the old entry or this one
        return found;
    }

    private ViewerPlace Add(ViewerPlace place, MaxMindDatabase database, IPAddress address)
    {
        try
        {
            return database.TryFind(address, out var record) ? PlaceRecord.Add(place, record) : place;
        }
        catch (InvalidDataException damage)
        {
            if (Interlocked.Exchange(ref _complaints, 1) == 0)
            {
                complain?.Invoke(damage.Message);
            }

            return place;
        }
    }

    private sealed record Entry(IPAddress Address, ViewerPlace? Place);
}
