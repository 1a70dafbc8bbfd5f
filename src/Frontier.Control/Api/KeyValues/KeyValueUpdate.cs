// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Frontier.Control.Domain;
using Frontier.Control.Domain.KeyValues;
using Frontier.Control.KeyValues;
using Frontier.Control.Store;

namespace Frontier.Control.Api.KeyValues;

/// <summary>What a caller wants changed, found to be in order as far as that can be told without the store.</summary>
internal sealed record KeyValueUpdate(ImmutableArray<KeyValueRow> Puts, ImmutableArray<string> Deletes)
{
    /// <summary>The body of PutKey.</summary>
    public static Outcome<KeyValueUpdate> ReadPut(string key, ReadOnlyMemory<byte> body)
    {
        if (Read(body, KeyValueJson.Default.PutKeyDocument).Failed(out var error, out var document))
        {
            return error;
        }

        return KeyValueRules.Check(key, document.Value) is { } fault
            ? KeyValueErrors.Validation.Saying(fault)
            : new KeyValueUpdate([new KeyValueRow(key, document.Value)], []);
    }

    /// <summary>The body of UpdateKeys: 1 to 50 different keys, none of them both put and deleted.</summary>
    public static Outcome<KeyValueUpdate> ReadUpdate(ReadOnlyMemory<byte> body)
    {
        if (Read(body, KeyValueJson.Default.UpdateKeysDocument).Failed(out var error, out var document))
        {
            return error;
        }

        var (puts, deletes) = (document.Puts ?? [], document.Deletes ?? []);
        if (puts.Contains(null) || deletes.Contains(null))
        {
            return KeyValueErrors.Validation.Saying("An item of the update is null.");
        }

        var update = new KeyValueUpdate([.. puts.Select(static put => new KeyValueRow(put!.Key, put.Value))], [.. deletes.Select(static delete => delete!.Key)]);
        return update.FindFault() is { } fault ? KeyValueErrors.Validation.Saying(fault) : update;
    }

    private static Outcome<T> Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) is { } document ? document : KeyValueErrors.Validation.Saying("The body is null.");
        }
        catch (JsonException error)
        {
            return KeyValueErrors.Validation.Saying($"The body is not the JSON of this operation: {error.Message}");
        }
    }

    private string? FindFault()
    {
        var count = Puts.Length + Deletes.Length;
        if (count is 0 or > KeyValueRules.MostInUpdate)
        {
            return $"An update has 1 to {KeyValueRules.MostInUpdate} keys; this one has {count}.";
        }

        if ((Puts.Select(static put => KeyValueRules.Check(put.Key, put.Value)).FirstOrDefault(static fault => fault is not null)
            ?? Deletes.Select(KeyValueRules.CheckKey).FirstOrDefault(static fault => fault is not null)) is { } fault)
        {
            return fault;
        }

        var twice = Puts.Select(static put => put.Key).Concat(Deletes).GroupBy(static key => key, StringComparer.Ordinal).FirstOrDefault(static group => group.Skip(1).Any());
        return twice is null ? null : $"The key '{twice.Key}' occurs more than once in this update.";
    }
}
