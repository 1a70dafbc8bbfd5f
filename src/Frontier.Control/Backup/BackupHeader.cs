// SPDX-License-Identifier: Apache-2.0

using System.Text.Json.Serialization;

namespace Frontier.Control.Backup;

/// <summary>The first line of a backup: what follows, and how it is to be read.</summary>
/// <param name="Tables">The columns of each table, in the order in which its rows give them.</param>
internal sealed record BackupHeader(string Format, int Version, DateTimeOffset CreatedAt, Dictionary<string, string[]> Tables)
{
    public const string Name = "frontier-backup";

    /// <summary>Goes up when an older program could not read what is written.</summary>
    public const int Newest = 1;
}

/// <summary>The last line: a file that was cut has none, and one that was altered another sum.</summary>
/// <param name="Lines">How many lines stand before this one.</param>
/// <param name="Sha256">Of all bytes before this line, in hexadecimal digits.</param>
internal sealed record BackupEnd(long Lines, string Sha256);

/// <summary>A small file that belongs to the installation, such as its access key.</summary>
public sealed record BackupFile(string File, string Content);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BackupHeader))]
[JsonSerializable(typeof(BackupEnd))]
[JsonSerializable(typeof(BackupFile))]
internal sealed partial class BackupJson : JsonSerializerContext;
