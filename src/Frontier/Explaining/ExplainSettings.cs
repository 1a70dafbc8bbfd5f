// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Edge.Explaining;
using Frontier.Hosting;

namespace Frontier.Explaining;

/// <summary>What <c>frontier explain</c> was asked. Every fault is collected, none hides another.</summary>
internal sealed class ExplainSettings
{
    private readonly IReadOnlyDictionary<string, string> _values;
    private readonly List<string> _faults = [];

    private ExplainSettings(string url, IReadOnlyList<string> headers, string method, bool live, IReadOnlyDictionary<string, string> values)
    {
        _values = values;
        Url = ParseUrl(url);
        Headers = [.. headers.Select(ParseHeader)];
        Method = method;
        IsLive = live;
        Data = Path.GetFullPath(values.GetValueOrDefault("data", "./frontier-data"));
        Http = Address("http");
        Https = Address("https");
        Client = ParseClient();
        if (method.Length is 0 or > 32 || !method.All(char.IsAsciiLetter))
        {
            _faults.Add($"--method is \"{method}\": give a method, such as GET.");
        }
    }

    public IReadOnlyList<string> Faults => _faults;

    public Uri Url { get; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; }

    public string Method { get; }

    public bool IsLive { get; }

    public IPAddress? Client { get; }

    public string Data { get; }

    /// <summary>Null: where the node says.</summary>
    public IPEndPoint? Http { get; }

    /// <summary>Null: where the node says.</summary>
    public IPEndPoint? Https { get; }

    /// <param name="flags">Values by flag name; null where the flag was not given.</param>
    public static ExplainSettings Read(string url, IReadOnlyList<string> headers, string method, bool live, IReadOnlyDictionary<string, string?> flags) =>
        new(url, headers, method, live, UpSettings.Merge(flags));

    private Uri ParseUrl(string text)
    {
        if (Uri.TryCreate(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }, out var url) && url.Scheme is "http" or "https" && url.Host.Length > 0)
        {
            return url;
        }

        _faults.Add($"\"{text}\" is no URL of a page: give one such as https://www.example.com/index.html.");
        return new Uri("http://invalid/");
    }

    private (string Name, string Value) ParseHeader(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || text.AsSpan(0, colon).ContainsAny(' ', '\t') || text.StartsWith(ExplainQuestion.Field, StringComparison.OrdinalIgnoreCase))
        {
            _faults.Add($"--header is \"{text}\": give 'Name: value', other than {ExplainQuestion.Field}.");
        }

        return colon <= 0 ? ("", "") : (text[..colon], text[(colon + 1)..].Trim());
    }

    private IPEndPoint? Address(string name)
    {
        if (!_values.TryGetValue(name, out var text))
        {
            return null;
        }

        if (IPEndPoint.TryParse(text, out var address))
        {
            return address.Port == 0 ? null : address; // "any free one" is what a node is started with: it has said which it took
        }

        _faults.Add($"--{name} is \"{text}\": give an IP address and a port, such as 127.0.0.1:8480.");
        return null;
    }

    private IPAddress? ParseClient()
    {
        if (!_values.TryGetValue("client", out var text))
        {
            return null;
        }

        if (IPAddress.TryParse(text, out var address))
        {
            return address;
        }

        _faults.Add($"--client is \"{text}\": give an IP address, such as 203.0.113.7.");
        return null;
    }
}
