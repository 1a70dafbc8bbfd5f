// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Decisions.Models;

namespace Frontier.Edge.Places;

/// <summary>Knows where viewers are (§10.3, §23). Asked once for each request, by many at a time; must answer at once, from memory.</summary>
public interface IViewerPlaces
{
    /// <summary>Null for an address that cannot be placed.</summary>
    ViewerPlace? Find(IPAddress address);
}
