// SPDX-License-Identifier: Apache-2.0

using System.Net;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;
using HttpVersion = Frontier.Protocols.Http.HttpVersion;

namespace Frontier.Decisions.Planning;

/// <summary>A request as a line of the standard log tells of it (§29.1). Most of its headers are not told.</summary>
public sealed record LoggedRequest
{
    /// <summary>Headers that the log holds, if the request had them.</summary>
    private static readonly string[] Told = ["host", "user-agent", "referer", "x-forwarded-for"];

    public required string Method { get; init; }

    /// <summary>As the viewer sent it, one character a byte.</summary>
    public required string Path { get; init; }

    /// <summary>Null for none.</summary>
    public string? Query { get; init; }

    public string Host { get; init; } = "";

    /// <summary>As logged: <c>http</c>, <c>https</c>, <c>ws</c>, <c>wss</c>, <c>grpcs</c>.</summary>
    public required string Protocol { get; init; }

    public HttpVersion Version { get; init; } = HttpVersion.Http11;

    public IPAddress Client { get; init; } = IPAddress.None;

    public int ClientPort { get; init; }

    /// <summary>Null for none, as the three below.</summary>
    public string? UserAgent { get; init; }

    public string? Referer { get; init; }

    public string? ForwardedFor { get; init; }

    /// <summary>Null also where the log leaves cookies out.</summary>
    public string? Cookie { get; init; }

    /// <summary>Sent to the viewer; 0 when it was gone before.</summary>
    public required int Status { get; init; }

    /// <summary>Field 14, such as <c>Hit</c> or <c>Error</c>.</summary>
    public string Result { get; init; } = "";

    public bool IsHttps => Protocol is "https" or "wss" or "grpcs";

    /// <summary>WebSockets and gRPC calls go past the cache (§30).</summary>
    public bool IsConversation => Protocol is "ws" or "wss" or "grpcs";

    public string Url => $"{(IsHttps ? "https" : "http")}://{Host}{Path}{(Query is null ? "" : "?" + Query)}";

    /// <summary>What is known of the viewer.</summary>
    public ViewerFacts Viewer => new() { Address = Client, Port = ClientPort };

    /// <summary>Whether the log says what the viewer sent in this header, if only that there was none.</summary>
    /// <param name="name">Lower case.</param>
    public bool Tells(string name) => Told.Contains(name) || (name == "cookie" && Cookie is not null);

    /// <summary>Makes a head of it, as far as it is known.</summary>
    public void WriteTo(RequestHead request)
    {
        request.Reset();
        request.SetMethod(Method);
        request.SetTarget(System.Text.Encoding.Latin1.GetBytes(Query is null ? Path : $"{Path}?{Query}"));
        request.Version = Version;
        request.IsHttps = IsHttps;
        request.Host = Host;
        Add(request.Headers, "Host", Host);
        Add(request.Headers, "User-Agent", UserAgent);
        Add(request.Headers, "Referer", Referer);
        Add(request.Headers, "X-Forwarded-For", ForwardedFor);
        Add(request.Headers, "Cookie", Cookie);
    }

    private static void Add(HeaderList headers, string name, string? value)
    {
        if (value is not null)
        {
            headers.Add(name, value);
        }
    }
}
