// SPDX-License-Identifier: Apache-2.0

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Control.Api;
using Frontier.Control.Auditing;
using Frontier.Control.Domain.Fleet;
using Frontier.Control.Publishing;
using Frontier.Control.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Frontier.Control.Fleet;

/// <summary>How machines come into the fleet and stay in it: whose server this is, joining by a token, the next certificate (decision 23).</summary>
internal sealed partial class JoinEndpoint(Publisher publisher, FleetAuthority authority, FleetGate gate, FleetBoard board, ControlOptions options, TimeProvider time, ILogger<JoinEndpoint> logger) : IDisposable
{
    private const int LongestRequest = 64 * 1024;

    /// <summary>Machines that wait for their turn: those of a large place that is switched on at once.</summary>
    private const int MostWaiting = 256;

    /// <summary>A machine gives up after thirty seconds.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    /// <summary>Who has no token yet may ask as often as anybody; the store is not theirs to wear out.</summary>
    private readonly SemaphoreSlim _turns = new(4);

    private int _waiting;

    /// <summary>Anybody may know it: the answer is believed by its fingerprint.</summary>
    public Task TellAuthorityAsync(HttpContext context) => AnswerAsync(context, new AuthorityAnswer([authority.Pem]), ContractsJson.Default.AuthorityAnswer);

    public async Task JoinAsync(HttpContext context)
    {
        if (await ReadAsync(context, ContractsJson.Default.JoinRequest) is not { } request || FaultOf(request) is not null)
        {
            await FleetGate.RefuseAsync(context, StatusCodes.Status400BadRequest, "This is no request to join. Do both sides run the same version of Frontier?");
            return;
        }

        if (!await TakeTurnAsync(context.RequestAborted))
        {
            await FleetGate.RefuseAsync(context, FleetErrors.Busy.Status, FleetErrors.Busy.Message);
            return;
        }

        try
        {
            await JoinAsync(context, request);
        }
        catch (StoreUnavailableException error) when (!context.Response.HasStarted)
        {
            await FleetGate.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, error.Message);
        }
        finally
        {
            _turns.Release();
        }
    }

    public async Task RenewAsync(HttpContext context)
    {
        if (await gate.AdmitAsync(context, isSecret: true) is not { Name: { } name })
        {
            return;
        }

        if (await ReadAsync(context, ContractsJson.Default.RenewRequest) is not { CertificateRequest: { } asked } || authority.Sign(name, asked) is not { } certificate)
        {
            await FleetGate.RefuseAsync(context, StatusCodes.Status400BadRequest, "A certificate can be had for a key of curve P-256 that the machine has. This request has none.");
            return;
        }

        Log.Renewed(logger, name.Id);
        await AnswerAsync(context, new MachineCertificate(certificate, [authority.Pem]), ContractsJson.Default.MachineCertificate);
    }

    public void Dispose() => _turns.Dispose();

    /// <summary>False where too many wait already, or for too long.</summary>
    private async ValueTask<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            if (Interlocked.Increment(ref _waiting) > MostWaiting)
            {
                return false;
            }

            await _turns.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task JoinAsync(HttpContext context, JoinRequest request)
    {
        var name = new FleetName(request.Facts.Role, request.NodeId);
        if (authority.Sign(name, request.CertificateRequest) is not { } certificate)
        {
            await FleetGate.RefuseAsync(context, StatusCodes.Status400BadRequest, "A certificate can be had for a key of curve P-256 that the machine has. This request has none.");
            return;
        }

        var source = context.Connection.RemoteIpAddress?.ToString() ?? "";
        AuditScope.Begin(new AuditCall(time.GetUtcNow(), $"token {NodePlans.TokenId(JoinToken.HashOf(request.Secret))}", source, "JoinFleet", Guid.NewGuid().ToString(), options.AuditKept));
        if ((await publisher.ChangeAsync(catalogue => NodePlans.PlanJoin(catalogue, request), context.RequestAborted)).Failed(out var error, out _))
        {
            Log.Refused(logger, source, error.Message);
            await FleetGate.RefuseAsync(context, error.Status, error.Message);
            return;
        }

        await board.RefreshAsync(CancellationToken.None);
        Log.Joined(logger, request.NodeId, name.RoleName, request.Pop, source);
        await AnswerAsync(context, new MachineCertificate(certificate, [authority.Pem]), ContractsJson.Default.MachineCertificate);
    }

    private static string? FaultOf(JoinRequest request) =>
        !FleetName.IsId(request.NodeId) || !PopSettings.IsName(request.Pop) ? "names" : FactsCheck.FaultOf(request.Facts);

    private static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return HttpMethods.IsPost(context.Request.Method) && await RequestBody.ReadAsync(context, LongestRequest) is { } body ? JsonSerializer.Deserialize(body, type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Task AnswerAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(context.Response.Body, answer, type, context.RequestAborted);
    }

    private static partial class Log
    {
        [LoggerMessage(3201, LogLevel.Information, "Machine {NodeId} joined as {Role} at {Pop}, from {Source}.", EventName = "MachineJoined")]
        public static partial void Joined(ILogger logger, string nodeId, string role, string pop, string source);

        [LoggerMessage(3202, LogLevel.Warning, "A machine at {Source} may not join: {Reason}", EventName = "JoinRefused")]
        public static partial void Refused(ILogger logger, string source, string reason);

        [LoggerMessage(3203, LogLevel.Debug, "Machine {NodeId} has its next certificate.", EventName = "CertificateRenewed")]
        public static partial void Renewed(ILogger logger, string nodeId);
    }
}
