// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text;
using Frontier.Contracts;
using Frontier.Decisions.Delivery;
using Frontier.Decisions.Forwarding;

namespace Frontier.Decisions.Models;

/// <summary>A response headers policy, compiled.</summary>
/// <param name="config">One that <see cref="Faults"/> has nothing to say of.</param>
public sealed class ResponseHeadersPolicyModel(ResponseHeadersPolicyConfig config)
{
    public string Id { get; } = config.Id;

    public string Name { get; } = config.Name;

    public ImmutableArray<byte[]> RemovedHeaders { get; } = [.. config.RemovedHeaders.Select(Encoding.Latin1.GetBytes)];

    /// <summary>DP-21.13: then the edge names itself.</summary>
    public bool RemovesServer { get; } = config.RemovedHeaders.Contains("server", StringComparer.OrdinalIgnoreCase);

    public CorsModel? Cors { get; } = config.Cors is { } cors ? new CorsModel(cors) : null;

    public ImmutableArray<AddedHeaderModel> AddedHeaders { get; } = [.. config.AddedHeaders.Select(static header => new AddedHeaderModel(header))];

    /// <summary>Share of answers that get Server-Timing, in percent; null when it is off.</summary>
    public double? ServerTimingPercent { get; } = (double?)config.ServerTimingPercent;

    /// <summary>Whether it makes of one stored answer different ones for requests without Origin.</summary>
    public bool VariesByAnswer { get; } = config.ServerTimingPercent is not null
        || config.RemovedHeaders.Concat(config.AddedHeaders.Select(static header => header.Name)).Contains("age", StringComparer.OrdinalIgnoreCase);

    /// <summary>What cannot be compiled, each as a sentence.</summary>
    public static IEnumerable<string> Faults(ResponseHeadersPolicyConfig config) =>
    [
        .. config.RemovedHeaders.Where(static name => !FieldSyntax.IsName(name)).Select(static name => $"'{name}' is no header's name."),
        .. config.RemovedHeaders.Where(ProtectedResponseHeaders.Contains).Select(static name => $"The header {name} cannot be removed."),
        .. config.AddedHeaders.Where(static header => !FieldSyntax.IsName(header.Name)).Select(static header => $"'{header.Name}' is no header's name."),
        .. config.AddedHeaders.Where(static header => IsFraming(header.Name)).Select(static header => $"The header {header.Name} cannot be added."),
        .. config.AddedHeaders.Where(static header => !FieldSyntax.IsValue(header.Value)).Select(static header => $"The value of the header {header.Name} has characters that no header may have."),
        .. config.Cors is { } cors ? CorsModel.Faults(cors) : [],
        .. config.ServerTimingPercent is < 0 or > 100 ? [$"The sampling rate ({config.ServerTimingPercent}) is not between 0 and 100 percent."] : Array.Empty<string>(),
    ];

    /// <summary>What tells where an answer ends is the transport's alone.</summary>
    private static bool IsFraming(string name)
    {
        var bytes = Encoding.Latin1.GetBytes(name);
        return ConnectionHeaders.Contains(bytes) || Ascii.EqualsIgnoreCase(bytes, "content-length"u8) || Ascii.EqualsIgnoreCase(bytes, "content-encoding"u8);
    }
}

/// <summary>A header that a policy adds (DP-21.10).</summary>
public sealed class AddedHeaderModel(AddedHeaderConfig config)
{
    public byte[] Name { get; } = Encoding.Latin1.GetBytes(config.Name);

    public byte[] Value { get; } = Encoding.Latin1.GetBytes(config.Value);

    /// <summary>Whether it replaces the origin's.</summary>
    public bool Override { get; } = config.Override;
}
