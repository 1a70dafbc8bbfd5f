// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Contracts.Fleet;

namespace Frontier.Fleet;

/// <summary>
/// The way to the control planes of a fleet: by our certificate, to one of them at a time, known by its own. Where
/// that one does not answer, or cannot, the next request goes to the next. Thread-safe.
/// </summary>
internal sealed class ControlTransport(ImmutableArray<Uri> controls, FleetIdentity identity, TimeProvider time) : DelegatingHandler(FleetTls.Connect(
    (_, certificate, _, _) => identity.Current.Trust.Read(certificate, time.GetUtcNow()) is { Role: null },
    (_, _, _, _, _) => identity.Current.Certificate,
    ConnectTimeout))
{
    /// <summary>A busy control plane takes a while; one without power is not waited for longer.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private int _current;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = Volatile.Read(ref _current); // several requests may fail at once: they move on by one, not by as many
        request.RequestUri = new Uri(controls[asked], request.RequestUri!.PathAndQuery);
        var answered = false;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            answered = (int)response.StatusCode < 500;
            return response;
        }
        finally
        {
            if (!answered)
            {
                Interlocked.CompareExchange(ref _current, (asked + 1) % controls.Length, asked);
            }
        }
    }
}
