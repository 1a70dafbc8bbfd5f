// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain.Fleet;
using Frontier.Control.Publishing;
using Frontier.Control.Store;
using Frontier.Protocols.SigV4;
using Microsoft.AspNetCore.Http;

namespace Frontier.Control.Fleet;

/// <summary>
/// Says which machine calls (decision 23): by its certificate on the listener of the fleet, where the handshake has made sure that the
/// fleet's authority made it; in one process by the token that edge and control plane share. Whom it does not know it answers itself. Thread-safe.
/// </summary>
internal sealed class FleetGate(IControlStore store, FleetBoard board, ControlOptions options, TimeProvider time)
{
    public const string Removed = "This machine is not of the fleet any more: it was removed. To let it in again, delete the directory \"fleet\" in its data directory, and start it with a new token from: frontier fleet token";

    /// <param name="isSecret">Whether the answer is worth asking the store: another control process may have removed the machine a moment ago.</param>
    /// <returns>Null where the call has been answered.</returns>
    public async Task<FleetCaller?> AdmitAsync(HttpContext context, bool isSecret)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return null;
        }

        if (!context.Request.IsHttps)
        {
            return options.EdgeToken is { } token && SignatureVerifier.FixedTimeEquals("Bearer " + token, context.Request.Headers.Authorization.ToString())
                ? FleetCaller.Loopback
                : await RefuseAsync(context, StatusCodes.Status401Unauthorized, "Machines call the listener of the fleet (--fleet), with their certificates.");
        }

        if (context.Connection.ClientCertificate is not { } certificate || FleetName.Of(certificate) is not { Role: not null } name)
        {
            return await RefuseAsync(context, StatusCodes.Status401Unauthorized, "Only machines that joined the fleet may ask this. A machine joins with a token from: frontier fleet token");
        }

        if (certificate.NotAfter.ToUniversalTime() <= time.GetUtcNow().UtcDateTime)
        {
            return await RefuseAsync(context, StatusCodes.Status401Unauthorized, "The certificate of this machine has expired. Start it anew, with a new token if that does not help.");
        }

        return await FindAsync(name, isSecret, context.RequestAborted) is { } settings && settings.Facts.Role == name.Role
            ? new FleetCaller(name, settings)
            : await RefuseAsync(context, StatusCodes.Status403Forbidden, Removed);
    }

    public static async Task<FleetCaller?> RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(reason, context.RequestAborted);
        return null;
    }

    /// <summary>Whether a machine that was let in is of the fleet still, for calls that wait.</summary>
    public async ValueTask<bool> IsOfFleetAsync(FleetCaller caller, CancellationToken cancellationToken) =>
        caller.Name is not { } name || await FindAsync(name, isSecret: false, cancellationToken) is not null;

    /// <summary>A machine that this process does not know may have joined through another one just now.</summary>
    private async Task<NodeSettings?> FindAsync(FleetName name, bool isSecret, CancellationToken cancellationToken)
    {
        if (!isSecret && board.Read().Nodes.GetValueOrDefault(name.Id) is { } known)
        {
            return known.Settings;
        }

        return await store.FindResourceAsync(ResourceKind.Node, name.Id, cancellationToken) is { } row
            ? CatalogueLoader.ToResource(row, FleetDocuments.ReadNode).Settings
            : null;
    }
}
