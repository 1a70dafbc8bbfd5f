// SPDX-License-Identifier: Apache-2.0

using System.Text;
using System.Text.Json;

namespace Frontier.Hosting;

/// <summary>A role that runs, and what its operator is told of it.</summary>
/// <param name="Name">As <c>frontier run</c> takes it.</param>
internal sealed record RunningRole(RoleStack Roles, string Name, IReadOnlyList<RoleFact> Facts) : IAsyncDisposable
{
    public string Text()
    {
        var text = new StringBuilder($"\nFrontier runs as {Name}.\n\n");
        foreach (var fact in Facts)
        {
            text.Append("  ").Append(fact.Label.PadRight(20)).Append(fact.Value).Append('\n');
        }

        return text.Append("\nCtrl-C stops it; everything is kept.\n").ToString();
    }

    public string Json()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("role", Name);
            foreach (var fact in Facts)
            {
                writer.WriteString(fact.Key, fact.Value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public ValueTask DisposeAsync() => Roles.DisposeAsync();
}

/// <param name="Key">In the machine-readable form.</param>
/// <param name="Label">For people.</param>
internal sealed record RoleFact(string Key, string Label, string Value);
