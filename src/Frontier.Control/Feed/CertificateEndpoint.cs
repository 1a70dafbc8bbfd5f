// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Control.Api;
using Frontier.Control.Credentials;
using Frontier.Control.Fleet;
using Frontier.Control.Publishing;
using Frontier.Control.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Feed;

/// <summary>
/// Gives edges the certificates that a snapshot names, with their keys: the one place where a key leaves the store. Nothing of it is
/// written anywhere on the way.
/// </summary>
internal sealed partial class CertificateEndpoint(IControlStore store, SecretSeal seal, FleetGate gate, ILogger<CertificateEndpoint> logger)
{
    private const int LongestRequest = 64 * 1024;

    public async Task HandleAsync(HttpContext context)
    {
        if (await gate.AdmitAsync(context, isSecret: true) is not { } caller)
        {
            return;
        }

        if (!caller.MayHaveKeys)
        {
            await FleetGate.RefuseAsync(context, StatusCodes.Status403Forbidden, "Edges and regional caches alone get the keys of certificates.");
            return;
        }

        if (await ReadAsync(context) is not { } request)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        try
        {
            var found = ImmutableArray.CreateBuilder<CertificateMaterial>();
            foreach (var id in request.Ids)
            {
                if (await FindAsync(id, context.RequestAborted) is { } material)
                {
                    found.Add(material);
                }
            }

            context.Response.ContentType = "application/json";
            context.Response.Headers.CacheControl = "no-store";
            await JsonSerializer.SerializeAsync(context.Response.Body, new CertificateAnswer { Certificates = found.ToImmutable() }, ContractsJson.Default.CertificateAnswer, context.RequestAborted);
        }
        catch (StoreUnavailableException) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable; // the edge asks again
        }
    }

    private static async Task<CertificateRequest?> ReadAsync(HttpContext context)
    {
        if (await RequestBody.ReadAsync(context, LongestRequest) is not { } body)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body, ContractsJson.Default.CertificateRequest) is { Ids: { IsDefault: false, Length: <= CertificateRequest.MostIds } ids } request && !ids.Any(static id => id.Contains('\0', StringComparison.Ordinal))
                ? request
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<CertificateMaterial?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var row = await store.FindResourceAsync(ResourceKind.Certificate, id, cancellationToken) ?? await store.FindResourceAsync(ResourceKind.ServerCertificate, id, cancellationToken);
        if (row is null || CatalogueLoader.ToCertificate(row).Settings is not { IsIssued: true } settings)
        {
            return null;
        }

        if (seal.TryOpen(id, settings.SealedKey) is not { } key)
        {
            Log.Unreadable(logger, id);
            return null;
        }

        return new CertificateMaterial { Id = id, Certificates = settings.Certificates, PrivateKey = key };
    }

    private static partial class Log
    {
        [LoggerMessage(3110, LogLevel.Error, "The key of certificate {Id} was sealed with another key file, so no edge can have it. Start with that file, or import the certificate again.", EventName = "CertificateUnreadable")]
        public static partial void Unreadable(ILogger logger, string id);
    }
}
