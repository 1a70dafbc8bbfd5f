// SPDX-License-Identifier: Apache-2.0

using Frontier.Contracts.Fleet;
using Frontier.Hosting;
using Microsoft.Extensions.Logging;

namespace Frontier.Fleet;

/// <summary>
/// This machine as a member of its fleet: its identity, made by joining at the first start, and the way to the control planes. Renews its
/// certificate, with a new key, when two thirds of its life are over, and tries every minute until it has.
/// </summary>
internal sealed partial class Machine : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly string _path;
    private readonly string _pop;
    private readonly HttpClient _client;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Task _running;

    private Machine(string path, string pop, FleetCredentials credentials, MachineSettings settings, TimeProvider time, ILogger logger)
    {
        (_path, _pop, _time, _logger) = (path, pop, time, logger);
        Identity = new FleetIdentity(credentials);
        Transport = new ControlTransport(settings.Controls, Identity, time);
        _client = new HttpClient(Transport, disposeHandler: false) { BaseAddress = settings.Controls[0] };
        _running = RenewAsync(_stopping.Token);
    }

    public FleetIdentity Identity { get; }

    public HttpMessageHandler Transport { get; }

    /// <summary>As before, or joins.</summary>
    /// <exception cref="StartException">It has not joined and cannot; the message says what to do.</exception>
    public static async Task<Machine> OpenAsync(MachineSettings settings, NodeFacts facts, DataDirectory data, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var path = data["fleet/machine.pem"];
        var logger = loggers.CreateLogger<Machine>();
        var known = MachineFile.Load(path);
        if (known is null || (settings.TokenFile is not null && HasExpired(known.Value.Credentials, time)))
        {
            var (key, certificate) = await Joining.JoinAsync(settings, ReadToken(settings), facts, time, cancellationToken);
            MachineFile.Save(path, settings.Pop, key, certificate);
            known = MachineFile.Load(path);
            Log.Joined(logger, known!.Value.Credentials.Name.Id, settings.Pop);
        }

        var (pop, credentials) = known.Value;
        if (credentials.Name.Role != settings.Role || pop != settings.Pop)
        {
            throw new StartException(
                $"The data directory {data.Path} is that of {credentials.Name.Id}, which joined as {credentials.Name.RoleName} at {pop}. Start it as that, or choose another directory with --data and a token for {NodeRoleNames.Of(settings.Role)} at {settings.Pop}.");
        }

        if (HasExpired(credentials, time))
        {
            Log.Expired(logger, credentials.Certificate.NotAfter);
        }

        return new Machine(path, pop, credentials, settings, time, logger);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _client.Dispose();
        Transport.Dispose();
        _stopping.Dispose();
    }

    private static bool HasExpired(FleetCredentials credentials, TimeProvider time) => credentials.Certificate.NotAfter.ToUniversalTime() <= time.GetUtcNow().UtcDateTime;

    private static JoinToken ReadToken(MachineSettings settings)
    {
        var how = $"On the control plane: frontier fleet token --role {NodeRoleNames.Of(settings.Role)} --pop {settings.Pop} > join-token; bring that file here, and name it with --token.";
        if (settings.TokenFile is not { } file)
        {
            throw new StartException($"This machine is not of a fleet yet, so its first start takes a token. {how}");
        }

        try
        {
            return JoinToken.TryParse(File.ReadAllText(file), out var token) ? token : throw new StartException($"The file {file} holds no token. {how}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The token cannot be read: {error.Message} {how}", error);
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        while (true)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(cancellationToken))
                {
                    return;
                }

                if (IsDue())
                {
                    var (key, certificate) = await Joining.RenewAsync(_client, cancellationToken);
                    MachineFile.Save(_path, _pop, key, certificate);
                    Identity.Replace(MachineFile.Load(_path)!.Value.Credentials);
                    Log.Renewed(_logger, Identity.Current.Certificate.NotAfter);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                // Whatever it was, the certificate that it has may hold for days, and there is a next minute.
                Log.NotRenewed(_logger, error.Message, Identity.Current.Certificate.NotAfter);
            }
        }
    }

    private bool IsDue()
    {
        var certificate = Identity.Current.Certificate;
        var (from, to) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        return _time.GetUtcNow().UtcDateTime >= from + ((to - from) * 2 / 3);
    }

    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Information, "This machine joined the fleet as {NodeId} at {Pop}.", EventName = "Joined")]
        public static partial void Joined(ILogger logger, string nodeId, string pop);

        [LoggerMessage(5002, LogLevel.Information, "This machine has its next certificate, which holds until {NotAfter}.", EventName = "Renewed")]
        public static partial void Renewed(ILogger logger, DateTime notAfter);

        [LoggerMessage(5003, LogLevel.Warning, "The next certificate of this machine cannot be had ({Reason}); the present one holds until {NotAfter}.", EventName = "NotRenewed")]
        public static partial void NotRenewed(ILogger logger, string reason, DateTime notAfter);

        [LoggerMessage(5004, LogLevel.Error, "The certificate of this machine expired at {NotAfter}: it serves with what it has, and hears nothing new. Start it with a new token from: frontier fleet token", EventName = "Expired")]
        public static partial void Expired(ILogger logger, DateTime notAfter);
    }
}
