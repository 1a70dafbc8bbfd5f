// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Delivery;

namespace Frontier.Decisions.Models;

/// <summary>The part of a response headers policy that is about cross-origin sharing, compiled (DP-21.4 to DP-21.9).</summary>
public sealed class CorsModel
{
    private const string EveryMethod = "GET, DELETE, HEAD, OPTIONS, PATCH, POST, PUT"; // DP-21.8

    /// <param name="config">One that <see cref="Faults"/> has nothing to say of.</param>
    public CorsModel(CorsConfig config)
    {
        AllowsEveryOrigin = config.AllowOrigins.Contains("*");
        Origins = [.. config.AllowOrigins.Where(static text => text != "*").Select(static text => AllowedOrigin.TryParse(text, out var origin)
            ? origin
            : throw new ArgumentException($"{text} is no pattern of origins.", nameof(config)))];
        AllowHeaders = config.AllowHeaders;
        AllowMethods = Encoding.Latin1.GetBytes(config.AllowMethods.Contains("ALL") ? EveryMethod : string.Join(", ", config.AllowMethods));
        ExposeHeaders = Encoding.Latin1.GetBytes(string.Join(", ", config.ExposeHeaders));
        MaxAge = Encoding.ASCII.GetBytes(config.MaxAgeSeconds?.ToString(CultureInfo.InvariantCulture) ?? "");
        AllowCredentials = config.AllowCredentials;
        OriginOverride = config.OriginOverride;
    }

    public bool AllowsEveryOrigin { get; }

    public ImmutableArray<AllowedOrigin> Origins { get; }

    /// <summary>Names and patterns, as configured.</summary>
    public ImmutableArray<string> AllowHeaders { get; }

    /// <summary>The value of Access-Control-Allow-Methods; empty for none, as the two below.</summary>
    public byte[] AllowMethods { get; }

    public byte[] ExposeHeaders { get; }

    public byte[] MaxAge { get; }

    public bool AllowCredentials { get; }

    /// <summary>Whether the policy's headers replace the origin's (DP-21.5).</summary>
    public bool OriginOverride { get; }

    /// <summary>What cannot be compiled.</summary>
    public static IEnumerable<string> Faults(CorsConfig config) =>
    [
        .. config.AllowOrigins.Where(static text => text != "*" && !AllowedOrigin.TryParse(text, out _)).Select(static text => $"'{text}' is no pattern of origins."),
        .. config.AllowMethods.Concat(config.ExposeHeaders).Concat(config.AllowHeaders).Where(static text => !FieldSyntax.IsName(text)).Select(static text => $"'{text}' is no method and no header's name."),
    ];
}
