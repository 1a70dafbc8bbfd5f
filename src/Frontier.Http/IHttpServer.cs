// SPDX-License-Identifier: Apache-2.0

using System.Net;

namespace Frontier.Http;

/// <summary>A server that is running. Disposing it lets what is under way end.</summary>
public interface IHttpServer : IAsyncDisposable
{
    /// <summary>Where it listens in the clear; the port is the real one, when any was asked for.</summary>
    IPEndPoint Http { get; }

    /// <summary>Where it listens for TLS.</summary>
    IPEndPoint Https { get; }

    /// <summary>Connections that have not ended, handshakes included.</summary>
    int ConnectionCount { get; }
}
