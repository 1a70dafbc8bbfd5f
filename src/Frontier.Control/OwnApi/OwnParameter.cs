// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.OwnApi;

/// <summary>A query parameter of a route; none is compulsory.</summary>
/// <param name="Type">As JSON Schema names it: <c>integer</c> or <c>string</c>.</param>
internal sealed record OwnParameter(string Name, string Type, string Description);
