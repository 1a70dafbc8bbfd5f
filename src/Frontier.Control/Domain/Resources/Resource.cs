// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain.Resources;

/// <summary>A versioned resource: its settings, and what the control plane knows of them.</summary>
/// <param name="Time">When it was last changed or, for kinds that tell that instead, when it was created.</param>
/// <param name="DomainName">Null for kinds that are not reached by name.</param>
internal sealed record Resource<T>(string Id, string ETag, DateTimeOffset Time, string? DomainName, T Settings)
    where T : class;
