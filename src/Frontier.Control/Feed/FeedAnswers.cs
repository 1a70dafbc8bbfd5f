// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Frontier.Contracts;
using Frontier.Contracts.Fleet;
using Frontier.Control.Store;

namespace Frontier.Control.Feed;

/// <summary>
/// Puts answers together. Their large parts are read from the store and serialised once and shared by all edges that lack the same: five
/// hundred that wait for one change cost one reading and one serialisation. Thread-safe.
/// </summary>
internal sealed class FeedAnswers(IControlStore store, ControlOptions options)
{
    /// <summary>Entries of the log in one answer.</summary>
    public const int PageEntries = 1_000;

    /// <summary>One entry has at most the megabyte of the request it came in; a page ends soon after four.</summary>
    private const int PageCharacters = 4 << 20;

    /// <summary>A whole configuration of ten thousand distributions takes ten of these.</summary>
    private const long MostBytes = 64L << 20;

    private readonly SharedParts<(long Base, DateTimeOffset BaseCreatedAt, long Version, DateTimeOffset CreatedAt), byte[]> _snapshots = new(MostBytes, static bytes => bytes.Length);
    private readonly SharedParts<(long After, long LogEnd), LogPage> _pages = new(MostBytes, static page => page.Entries.Length);

    /// <summary>Where this process's API listens; known once it does where any free port was asked for.</summary>
    public int ApiPort { get; set; } = options.Endpoint.Port;

    /// <param name="snapshot">The one to be sent; null for none.</param>
    /// <param name="directory">The one to be sent; null for none.</param>
    public async ValueTask<ReadOnlyMemory<byte>> ComposeAsync(EdgeReport report, FeedMoment moment, ConfigSnapshot? snapshot, FleetDirectory? directory, CancellationToken cancellationToken)
    {
        var basis = snapshot is null ? null : moment.BasisOf(report);
        var configuration = snapshot is null ? null : await SnapshotAsync(basis, snapshot).WaitAsync(cancellationToken);
        var page = moment.LogEnd > report.InvalidationPosition
            ? await _pages.GetAsync((report.InvalidationPosition, moment.LogEnd), ReadPageAsync).WaitAsync(cancellationToken)
            : null;
        var answer = new FeedAnswer
        {
            // Another process may have dropped entries since this one last looked.
            OldestKept = page is { First: > 0 } && page.First > report.InvalidationPosition + 1 ? page.First : moment.OldestKept,
            LogEnd = Math.Max(moment.LogEnd, page?.Last ?? 0),
            Fleet = directory,
            Challenges = moment.HasOtherChallenges(report) ? moment.Challenges : null,
            SilenceMilliseconds = (int)Math.Min(int.MaxValue, options.EdgeSilence.TotalMilliseconds),
            ApiPort = ApiPort,
        };
        return Write(answer, basis is null ? "snapshot" : "delta", configuration, page);
    }

    /// <summary>What the answer says by itself, and beside it what is ready as bytes.</summary>
    private static ReadOnlyMemory<byte> Write(FeedAnswer answer, string configurationName, byte[]? configuration, LogPage? page)
    {
        var written = new ArrayBufferWriter<byte>(256 + (configuration?.Length ?? 0) + (page?.Entries.Length ?? 0));
        using (var json = new Utf8JsonWriter(written, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("oldestKept"u8, answer.OldestKept);
            json.WriteNumber("logEnd"u8, answer.LogEnd);
            json.WriteNumber("silenceMilliseconds"u8, answer.SilenceMilliseconds);
            json.WriteNumber("apiPort"u8, answer.ApiPort);
            if (answer.Fleet is { } fleet)
            {
                json.WritePropertyName("fleet"u8);
                JsonSerializer.Serialize(json, fleet, ContractsJson.Default.FleetDirectory);
            }

            if (answer.Challenges is { } challenges)
            {
                json.WritePropertyName("challenges"u8);
                JsonSerializer.Serialize(json, challenges, ContractsJson.Default.ChallengeList);
            }

            if (configuration is not null)
            {
                json.WritePropertyName(configurationName);
                json.WriteRawValue(configuration, skipInputValidation: true);
            }

            // An edge of an older program takes a list that is left out for one that is none.
            json.WritePropertyName("invalidations"u8);
            json.WriteRawValue(page is null ? "[]"u8 : page.Entries, skipInputValidation: true);
            json.WriteEndObject();
        }

        return written.WrittenMemory;
    }

    private Task<byte[]> SnapshotAsync(ConfigSnapshot? basis, ConfigSnapshot snapshot) => _snapshots.GetAsync(
        (basis?.Version ?? 0, basis?.CreatedAt ?? default, snapshot.Version, snapshot.CreatedAt),
        _ => Task.FromResult(basis is null
            ? JsonSerializer.SerializeToUtf8Bytes(snapshot, ContractsJson.Default.ConfigSnapshot)
            : JsonSerializer.SerializeToUtf8Bytes(SnapshotDelta.Between(basis, snapshot), ContractsJson.Default.SnapshotDelta)));

    /// <summary>Shared by many, so none of them can cancel it.</summary>
    private async Task<LogPage> ReadPageAsync((long After, long LogEnd) wanted)
    {
        var rows = await store.ReadLogAsync(wanted.After, PageEntries, PageCharacters, CancellationToken.None);
        ImmutableArray<InvalidationEntry> entries = [.. rows.Select(ToEntry)];
        return new LogPage(
            JsonSerializer.SerializeToUtf8Bytes(entries, ContractsJson.Default.ImmutableArrayInvalidationEntry), rows.IsEmpty ? 0 : rows[0].Sequence, rows.IsEmpty ? 0 : rows[^1].Sequence);
    }

    private static InvalidationEntry ToEntry(InvalidationRow row) => new()
    {
        Sequence = row.Sequence,
        DistributionId = row.DistributionId,
        InvalidationId = row.Id,
        Paths = row.EffectivePaths,
        CreatedAt = row.CreatedAt,
    };

    /// <param name="Entries">A JSON array.</param>
    /// <param name="First">Sequence of the first; 0 where there is none.</param>
    private sealed record LogPage(byte[] Entries, long First, long Last);
}
