// SPDX-License-Identifier: Apache-2.0

using System.Collections;
using Frontier.Hosting;
using Frontier.Protocols.SigV4;

namespace Frontier.OwnApi;

/// <summary>Which control plane a command asks, and with which access key. Every fault is collected, none hides another.</summary>
internal sealed class ApiSettings
{
    private const string DefaultApi = "127.0.0.1:8400";
    private const string IdVariable = "AWS_ACCESS_KEY_ID";
    private const string SecretVariable = "AWS_SECRET_ACCESS_KEY";

    private readonly List<string> _faults = [];

    private ApiSettings(IReadOnlyDictionary<string, string> values, bool dataGiven, IDictionary environment)
    {
        Endpoint = ReadEndpoint(values);
        Key = ReadKey(Path.GetFullPath(values.GetValueOrDefault("data", "./frontier-data")), dataGiven, environment);
    }

    public IReadOnlyList<string> Faults => _faults;

    /// <summary>With a slash at its end and nothing else for a path.</summary>
    public Uri Endpoint { get; }

    /// <summary>Of no use when there are faults.</summary>
    public AccessKey Key { get; }

    /// <summary>
    /// The endpoint is <c>endpoint</c>, or where <c>frontier up</c> would listen. The key is that of a data directory named on the
    /// command line, else that of the environment, else that of the data directory in use.
    /// </summary>
    /// <param name="flags">Values by flag name; null where the flag was not given.</param>
    public static ApiSettings Read(IReadOnlyDictionary<string, string?> flags, IDictionary environment) =>
        new(UpSettings.Merge(new Dictionary<string, string?>(flags) { ["api"] = null }), flags.GetValueOrDefault("data") is not null, environment);

    private Uri ReadEndpoint(IReadOnlyDictionary<string, string> values)
    {
        var text = values.GetValueOrDefault("endpoint") ?? "http://" + values.GetValueOrDefault("api", DefaultApi);
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.PathAndQuery == "/")
        {
            return url;
        }

        _faults.Add($"--endpoint is \"{text}\": give the http or https URL of a control plane, without a path, such as http://{DefaultApi}.");
        return new Uri($"http://{DefaultApi}");
    }

    private AccessKey ReadKey(string data, bool dataGiven, IDictionary environment)
    {
        if (!dataGiven && environment[IdVariable] is string { Length: > 0 } id && environment[SecretVariable] is string { Length: > 0 } secret)
        {
            return new AccessKey(id, secret);
        }

        var path = Path.Combine(data, "credentials");
        try
        {
            if (CredentialsFile.Read(File.ReadAllText(path)) is { } key)
            {
                return key;
            }

            _faults.Add($"{path} holds no access key under [default].");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _faults.Add($"There is no access key: {path} cannot be read, and {IdVariable} and {SecretVariable} are not both set. Name the data directory of the node with --data, or set them. ({error.Message})");
        }

        return new AccessKey("", "");
    }
}
