// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;

namespace Frontier.Control.Domain.RealtimeLogs;

/// <summary>Which records of requests go to which stream (<c>api.md</c> §6.16). The name, which never changes, is its id.</summary>
/// <param name="SamplingRate">Percent of the requests, 1 to 100.</param>
/// <param name="Fields">In the caller's order.</param>
internal sealed record RealtimeLogSettings(string Name, long SamplingRate, ImmutableArray<LogEndPoint> EndPoints, ImmutableArray<string> Fields);

internal sealed record LogEndPoint(string StreamType, string RoleArn, string StreamArn);
