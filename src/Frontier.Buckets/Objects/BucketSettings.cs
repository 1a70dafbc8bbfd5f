// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Buckets.Access;
using Frontier.Buckets.Websites;

namespace Frontier.Buckets.Objects;

/// <summary>The settings of a bucket as sent and, where requests read them, as compiled. Immutable: a change makes another.</summary>
internal sealed record BucketSettings
{
    public static readonly BucketSettings None = new();

    private ImmutableDictionary<BucketSetting, byte[]> _documents = ImmutableDictionary<BucketSetting, byte[]>.Empty;

    private BucketSettings()
    {
    }

    public int Count => _documents.Count;

    public BucketPolicy? Policy { get; private init; }

    public CorsModel? Cors { get; private init; }

    public WebsiteModel? Website { get; private init; }

    public PublicAccessBlock PublicAccess { get; private init; } = PublicAccessBlock.None;

    public byte[]? Document(BucketSetting setting) => _documents.GetValueOrDefault(setting);

    public IEnumerable<SettingPut> Records() => _documents.Select(static pair => new SettingPut(pair.Key, pair.Value));

    /// <summary>Applies a change whose document was found valid before it was committed.</summary>
    /// <exception cref="InvalidDataException">It is not valid now: the journal was written by another version.</exception>
    public BucketSettings With(SettingPut change)
    {
        var document = change.Document.Length == 0 ? null : change.Document;
        var next = this with { _documents = document is null ? _documents.Remove(change.Setting) : _documents.SetItem(change.Setting, document) };
        return change.Setting switch
        {
            BucketSetting.Policy => next with { Policy = Compile<BucketPolicy>(document, change.Setting, BucketPolicy.TryParse) },
            BucketSetting.Cors => next with { Cors = Compile<CorsModel>(document, change.Setting, CorsModel.TryParse) },
            BucketSetting.Website => next with { Website = Compile<WebsiteModel>(document, change.Setting, WebsiteModel.TryParse) },
            BucketSetting.PublicAccessBlock => next with { PublicAccess = Compile<PublicAccessBlock>(document, change.Setting, PublicAccessBlock.TryParse) ?? PublicAccessBlock.None },
            BucketSetting.Tagging or BucketSetting.OwnershipControls => next,
        };
    }

    private static T? Compile<T>(byte[]? document, BucketSetting setting, Parser<T> parse)
        where T : class
    {
        if (document is null)
        {
            return null;
        }

        return parse(document, out var model, out var fault) ? model : throw new InvalidDataException($"The stored {setting} cannot be read: {fault}");
    }

    private delegate bool Parser<T>(byte[] document, out T? model, out string? fault);
}
