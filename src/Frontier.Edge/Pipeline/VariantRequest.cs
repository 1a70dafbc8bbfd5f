// SPDX-License-Identifier: Apache-2.0

using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>What of a request tells variants apart (RFC 9111, section 4.1), taken out of it for a fill that outlives it.</summary>
/// <param name="Request">A copy.</param>
/// <param name="PrimaryKey">The key before any variant narrowed it.</param>
/// <param name="Known">The signpost by which the key was narrowed; null when none was there.</param>
internal sealed record VariantRequest(RequestHead Request, ViewerFacts Viewer, byte[] PrimaryKey, Signpost? Known);
