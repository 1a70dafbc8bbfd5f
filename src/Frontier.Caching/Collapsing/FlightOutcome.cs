// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Caching;

public readonly record struct FlightOutcome(FlightResult Result, Fill? Fill, CachedObject? Object, object? Error);
