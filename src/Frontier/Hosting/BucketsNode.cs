// SPDX-License-Identifier: Apache-2.0

using Frontier.Buckets;
using Frontier.Control.Credentials;

namespace Frontier.Hosting;

/// <summary>The bucket server of a fleet. It knows the access keys of the store, as the control planes do.</summary>
internal static class BucketsNode
{
    /// <exception cref="StartException">Something is in the way; whatever had started is stopped again.</exception>
    public static Task<RunningRole> StartAsync(UpSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var roles = new RoleStack(DataDirectory.Open(settings.Data), NodeLogging.Create());
        return roles.GuardAsync(async () =>
        {
            PortCheck.Run([("--buckets", settings.Buckets)]);
            var accessKeys = roles.Data.AccessKeys(settings.AccessKeys);
            var store = await SharedStore.OpenAsync(roles, settings, time, cancellationToken);
            var originAccess = await SharedStore.AgreeOriginAccessAsync(roles, store, cancellationToken);
            var secretsKey = KeyFile.Open(settings.KeyFile);
            var keys = await roles.StartAsync("access keys", "--key-file", () => AccessKeyFollower.StartAsync(store, accessKeys, secretsKey, time, roles.Loggers, cancellationToken));
            var buckets = await roles.StartAsync("bucket server", "--buckets", () => BucketServer.StartAsync(
                RoleOptions.Buckets(settings, roles.Data, accessKeys, keys.Find, originAccess), time, roles.Loggers, cancellationToken));
            return new RunningRole(roles, "buckets",
            [
                new("buckets", "Bucket server", $"http://{buckets.Endpoint}"),
                new("store", "Store", settings.Store.ToString()),
                new("credentials", "Credentials", roles.Data.CredentialsPath),
                new("data", "Data", roles.Data.Path),
            ]);
        });
    }
}
