// SPDX-License-Identifier: Apache-2.0

using System.Collections;
using System.Net;
using Frontier.Hosting;
using Frontier.Protocols.SigV4;

namespace Frontier.OwnApi;

/// <summary>Which control plane a command asks, and with which access key. Every fault is collected, none hides another.</summary>
internal sealed class ApiSettings
{
    private const string DefaultApi = "127.0.0.1:8400";
    private const string DefaultProfile = "default";
    private const string IdVariable = "AWS_ACCESS_KEY_ID";
    private const string SecretVariable = "AWS_SECRET_ACCESS_KEY";
    private const string FileVariable = "AWS_SHARED_CREDENTIALS_FILE";

    private readonly List<string> _faults = [];

    private ApiSettings(IReadOnlyDictionary<string, string?> flags, IDictionary environment)
    {
        var values = UpSettings.Merge(new Dictionary<string, string?>(flags) { ["api"] = null });
        Endpoint = ReadEndpoint(values);
        Key = FindKey(flags, values, environment) ?? new AccessKey("", "");
    }

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>With a slash at its end and nothing else for a path.</summary>
    public Uri Endpoint { get; }

    /// <summary>Of no use when there are faults.</summary>
    public AccessKey Key { get; }

    /// <summary>
    /// The endpoint is <c>endpoint</c>, or where <c>frontier up</c> would listen. The key is that of the profile or the data directory named
    /// on the command line, else that of the environment, else that of the data directory in use.
    /// </summary>
    /// <param name="flags">Values by flag name; null where the flag was not given.</param>
    public static ApiSettings Read(IReadOnlyDictionary<string, string?> flags, IDictionary environment) => new(flags, environment);

    private Uri ReadEndpoint(Dictionary<string, string> values)
    {
        var text = values.GetValueOrDefault("endpoint") ?? "http://" + values.GetValueOrDefault("api", DefaultApi);
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/" && url.Port != 0)
        {
            return Reachable(url);
        }

        _faults.Add($"--endpoint is \"{text}\": give the http or https URL of a control plane, without a path, such as http://{DefaultApi}.");
        return new Uri($"http://{DefaultApi}");
    }

    /// <summary>What listens on every address is reached on loopback.</summary>
    private static Uri Reachable(Uri url)
    {
        if (!IPAddress.TryParse(url.Host, out var address))
        {
            return url;
        }

        var loopback = address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : null;
        return loopback is null ? url : new UriBuilder(url) { Host = loopback.ToString() }.Uri;
    }

    private AccessKey? FindKey(IReadOnlyDictionary<string, string?> flags, Dictionary<string, string> values, IDictionary environment)
    {
        var dataGiven = flags.GetValueOrDefault("data") is not null;
        if (dataGiven && flags.GetValueOrDefault("profile") is not null)
        {
            _faults.Add("--data and --profile each say whose access key is used: give one of them.");
            return null;
        }

        if (!dataGiven && values.TryGetValue("profile", out var profile))
        {
            var shared = environment[FileVariable] as string ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".aws", "credentials");
            return ReadKey(shared, profile, $"Name another file with {FileVariable}.");
        }

        if (!dataGiven && environment[IdVariable] is string { Length: > 0 } id && environment[SecretVariable] is string { Length: > 0 } secret)
        {
            return new AccessKey(id, secret);
        }

        var own = Path.Combine(Path.GetFullPath(values.GetValueOrDefault("data", "./frontier-data")), "credentials");
        return ReadKey(own, DefaultProfile, $"Name the data directory of the node with --data or a profile with --profile, or set {IdVariable} and {SecretVariable}.");
    }

    /// <param name="otherwise">What to do where the file cannot be read.</param>
    private AccessKey? ReadKey(string path, string profile, string otherwise)
    {
        try
        {
            if (CredentialsFile.Read(File.ReadAllText(path), profile) is { } key)
            {
                return key;
            }

            _faults.Add($"{path} holds no access key under [{profile}].");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _faults.Add($"There is no access key: {path} cannot be read. {otherwise} ({error.Message})");
        }

        return null;
    }
}
