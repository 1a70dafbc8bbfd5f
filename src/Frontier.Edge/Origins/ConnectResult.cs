// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>A connection ready for a request, or why there is none.</summary>
internal readonly record struct ConnectResult(OriginFailure Failure, OriginConnection? Connection)
{
    public static ConnectResult Failed(OriginFailure failure) => new(failure, null);
}
