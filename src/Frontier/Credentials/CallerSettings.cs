// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Hosting;
using Frontier.Protocols.SigV4;

namespace Frontier.Credentials;

/// <summary>Which control plane a command calls, and as whom.</summary>
/// <param name="Key">Null when none was found; there is a fault then.</param>
internal sealed record CallerSettings(IPEndPoint Api, AccessKey? Key, IReadOnlyList<string> Faults)
{
    private const string DefaultApi = "127.0.0.1:8400";

    /// <param name="flags">Values by flag name; null where the flag was not given.</param>
    public static CallerSettings Read(IReadOnlyDictionary<string, string?> flags)
    {
        var values = UpSettings.Merge(flags);
        var faults = new List<string>();
        var text = values.GetValueOrDefault("api", DefaultApi);
        if (!IPEndPoint.TryParse(text, out var api) || api.Port == 0)
        {
            faults.Add($"--api is \"{text}\": give the IP address and the port of the control plane, such as {DefaultApi}.");
        }

        var key = FindKey(values, faults);
        return new CallerSettings(api ?? IPEndPoint.Parse(DefaultApi), key, faults);
    }

    /// <summary>What was given for this program first, then the node's own, then what AWS's tools would take.</summary>
    private static AccessKey? FindKey(Dictionary<string, string> values, List<string> faults)
    {
        if (values.TryGetValue("access-key", out var given))
        {
            if (given.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) is [var first, ..] && first.Split(':') is [{ Length: > 0 } id, { Length: > 0 } secret])
            {
                return new AccessKey(id, secret);
            }

            faults.Add("The access key (FRONTIER_ACCESS_KEY, or AccessKey in appsettings.json) must be ID:SECRET.");
            return null;
        }

        var own = Path.Combine(Path.GetFullPath(values.GetValueOrDefault("data", "./frontier-data")), "credentials");
        try
        {
            if (!values.ContainsKey("profile"))
            {
                if (File.Exists(own) && CredentialsFile.Find(own, "default") is { } key)
                {
                    return key;
                }

                if (Environment.GetEnvironmentVariable("AWS_ACCESS_KEY_ID") is { Length: > 0 } id && Environment.GetEnvironmentVariable("AWS_SECRET_ACCESS_KEY") is { Length: > 0 } secret)
                {
                    return new AccessKey(id, secret);
                }
            }

            var profile = values.GetValueOrDefault("profile") ?? Environment.GetEnvironmentVariable("AWS_PROFILE") ?? "default";
            var shared = Environment.GetEnvironmentVariable("AWS_SHARED_CREDENTIALS_FILE")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws", "credentials");
            if (File.Exists(shared) && CredentialsFile.Find(shared, profile) is { } other)
            {
                return other;
            }

            faults.Add($"There is no access key: {(values.ContainsKey("profile") ? "" : $"there is no {own}, and ")}{shared} has no profile \"{profile}\". Name the node's directory with --data, or a profile with --profile, or set FRONTIER_ACCESS_KEY to ID:SECRET.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Add($"The access key cannot be read: {error.Message} Run as the user who may read it, or set FRONTIER_ACCESS_KEY to ID:SECRET.");
        }

        return null;
    }
}
