// SPDX-License-Identifier: Apache-2.0

using Frontier.Control;

namespace Frontier.Hosting;

/// <summary>One control plane of a fleet; any number may work on one PostgreSQL database.</summary>
internal static class ControlNode
{
    /// <exception cref="StartException">Something is in the way; whatever had started is stopped again.</exception>
    public static Task<RunningRole> StartAsync(UpSettings settings, ControlSettings fleet, TimeProvider time, CancellationToken cancellationToken)
    {
        var roles = new RoleStack(DataDirectory.Open(settings.Data), NodeLogging.Create());
        return roles.GuardAsync(async () =>
        {
            PortCheck.Run([("--api", settings.Api), .. fleet.Listeners]);
            var accessKeys = roles.Data.AccessKeys(settings.AccessKeys);
            var store = await SharedStore.OpenAsync(roles, settings, time, cancellationToken);
            var originAccess = await SharedStore.AgreeOriginAccessAsync(roles, store, cancellationToken);
            var secretsKey = KeyFile.Open(settings.KeyFile);
            var control = await roles.StartAsync("control plane", "--api, --fleet and --key-file", () => ControlServer.StartAsync(
                RoleOptions.Control(settings, fleet, accessKeys, secretsKey, originAccess), store, time, roles.Loggers, cancellationToken));
            return new RunningRole(roles, "control",
            [
                new("api", "CloudFront API", $"http://{control.Endpoint}"),
                new("fleet", "Machines join at", $"https://{control.FleetEndpoint}"),
                new("store", "Store", settings.Store.ToString()),
                new("credentials", "Credentials", roles.Data.CredentialsPath),
                new("data", "Data", roles.Data.Path),
            ]);
        });
    }
}
