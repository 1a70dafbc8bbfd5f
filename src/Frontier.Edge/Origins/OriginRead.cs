// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>The outcome of one read of a body.</summary>
/// <param name="Count">Bytes read; 0 only together with an end or a failure, or into an empty buffer.</param>
/// <param name="Failure">What cut the body short; the bytes read before it were delivered by earlier reads.</param>
/// <param name="End">The body is complete; the last bytes may come along with it.</param>
public readonly record struct OriginRead(int Count, OriginFailure Failure, bool End)
{
    internal static OriginRead Failed(OriginFailure failure) => new(0, failure, false);
}
