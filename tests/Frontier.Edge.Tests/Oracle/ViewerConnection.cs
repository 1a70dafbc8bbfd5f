// SPDX-License-Identifier: Apache-2.0

using Frontier.Http;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Frontier.Edge.Tests.Oracle;

/// <summary>What the edge keeps of one viewer's connection: how many requests it has brought, and what its ClientHello told. Found among the features of each request.</summary>
internal sealed class ViewerConnection
{
    private int _requests;

    /// <summary>Set before the first request; null without TLS, or when nobody asked.</summary>
    public TlsFingerprints? Fingerprints { get; set; }

    /// <summary>As <see cref="TlsConnection.Judge"/>.</summary>
    public object? Judge { get; set; }

    public static void Attach(IConnectionBuilder connections) => connections.Use(static next => connection =>
    {
        connection.Features.Set(new ViewerConnection());
        return next(connection);
    });

    public static ViewerConnection Of(IFeatureCollection features) => features.GetRequiredFeature<ViewerConnection>();

    /// <summary>Counts a request. True when it is not the connection's first.</summary>
    public bool CountRequest() => Interlocked.Increment(ref _requests) > 1;
}
