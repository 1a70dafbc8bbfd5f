// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Edge.Origins;

/// <summary>Carries through the platform's client why there is no connection; it goes no further than the call that wanted one.</summary>
internal sealed class GrpcConnectException(OriginFailure failure) : IOException("There is no connection to the origin.")
{
    public OriginFailure Failure => failure;
}
