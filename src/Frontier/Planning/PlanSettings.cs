// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Hosting;
using Frontier.Protocols.SigV4;

namespace Frontier.Planning;

/// <summary>What <c>frontier plan</c> was asked. Every fault is collected, none hides another.</summary>
internal sealed class PlanSettings
{
    private readonly List<string> _faults = [];

    private PlanSettings(string config, string? id, IReadOnlyList<string> logs, Dictionary<string, string> values)
    {
        var data = Path.GetFullPath(values.GetValueOrDefault("data", "./frontier-data"));
        Config = Existing("--distribution-config", config);
        Id = id;
        Logs = [.. logs.Select(log => Existing("--log", log))];
        Api = Address(values.GetValueOrDefault("api", "127.0.0.1:8400"));
        Key = values.TryGetValue("access-key", out var key) ? Given(key) : Kept(Path.Combine(data, "credentials"));
        if (id is { Length: 0 } || id?.Any(static character => !char.IsAsciiLetterOrDigit(character)) == true)
        {
            _faults.Add($"--id is \"{id}\": give the id of a distribution, such as E1A2B3C4D5E6F7.");
        }
    }

    public IReadOnlyList<string> Faults => _faults;

    public string Config { get; }

    /// <summary>Null: the distribution with the configuration's CallerReference, or a new one.</summary>
    public string? Id { get; }

    public IReadOnlyList<string> Logs { get; }

    public IPEndPoint Api { get; }

    public AccessKey Key { get; }

    /// <param name="flags">Values by flag name; null where the flag was not given.</param>
    public static PlanSettings Read(string config, string? id, IReadOnlyList<string> logs, IReadOnlyDictionary<string, string?> flags) => new(config, id, logs, UpSettings.Merge(flags));

    private string Existing(string flag, string path)
    {
        if (!File.Exists(path))
        {
            _faults.Add($"{flag} is \"{path}\": there is no such file.");
        }

        return path;
    }

    /// <summary>An API that listens everywhere is reached here.</summary>
    private IPEndPoint Address(string text)
    {
        if (!IPEndPoint.TryParse(text, out var address) || address.Port == 0)
        {
            _faults.Add($"--api is \"{text}\": give an IP address and a port, such as 127.0.0.1:8400.");
            return new IPEndPoint(IPAddress.Loopback, 0);
        }

        return address.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, address.Port)
            : address.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, address.Port)
            : address;
    }

    /// <summary>The first of those that a node may be started with.</summary>
    private AccessKey Given(string text)
    {
        if (text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) is [var first, ..] && first.Split(':') is [{ Length: > 0 } id, { Length: > 0 } secret])
        {
            return new AccessKey(id, secret);
        }

        _faults.Add("--access-key: give ID:SECRET.");
        return new AccessKey("", "");
    }

    /// <summary>From the credentials file that a node leaves in its data directory.</summary>
    private AccessKey Kept(string path)
    {
        try
        {
            var values = File.ReadLines(path).Select(static line => line.Split('=', 2, StringSplitOptions.TrimEntries)).Where(static pair => pair.Length == 2)
                .DistinctBy(static pair => pair[0]).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
            if (values.TryGetValue("aws_access_key_id", out var id) && values.TryGetValue("aws_secret_access_key", out var secret))
            {
                return new AccessKey(id, secret);
            }

            _faults.Add($"{path} holds no access key: give one with --access-key ID:SECRET.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _faults.Add($"There is no access key in {path}: name the data directory of the node with --data, or give a key with --access-key ID:SECRET. ({error.Message})");
        }

        return new AccessKey("", "");
    }
}
