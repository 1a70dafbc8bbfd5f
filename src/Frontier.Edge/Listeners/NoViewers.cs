// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Http;

namespace Frontier.Edge.Listeners;

/// <summary>Stands where viewers' listeners are, in a machine that serves other machines alone.</summary>
internal sealed class NoViewers : IHttpServer
{
    private static readonly IPEndPoint Nowhere = new(IPAddress.None, 0);

    public IPEndPoint Http => Nowhere;

    public IPEndPoint Https => Nowhere;

    public int ConnectionCount => 0;

    public ValueTask DisposeAsync() => default;
}
