// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Http;

/// <summary>How a handshake ended.</summary>
/// <param name="Failure">Null for one that succeeded.</param>
/// <param name="ServerName">What the viewer called; empty where that is not known.</param>
/// <param name="Detail">What the platform says of a failure; empty without one.</param>
public readonly record struct TlsHandshake(TlsFailure? Failure, IPAddress Viewer, string ServerName, string Detail);
