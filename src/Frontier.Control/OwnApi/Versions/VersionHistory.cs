// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using Frontier.Control.Api.Documents;
using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Store;
using Frontier.Control.Versions;

namespace Frontier.Control.OwnApi.Versions;

/// <summary>Reads the versions of distributions.</summary>
internal sealed class VersionHistory(IControlStore store)
{
    /// <summary>The newest version, and with it that there is such a distribution.</summary>
    public async Task<Outcome<VersionHead>> FindNewestAsync(string distributionId, CancellationToken cancellationToken) =>
        await store.ListVersionsAsync(ResourceKind.Distribution, distributionId, long.MaxValue, 1, cancellationToken) switch
        {
            null => ApiErrors.NoSuchDistribution,
            [] => VersionErrors.NoSuchVersion.Saying("No version of the distribution is kept yet; the next change makes the first."),
            [var newest, ..] => newest,
        };

    public async Task<Outcome<KeptVersion>> FindAsync(string distributionId, VersionHead newest, long number, CancellationToken cancellationToken)
    {
        if (await store.FindVersionAsync(ResourceKind.Distribution, distributionId, number, cancellationToken) is not { } row)
        {
            return VersionErrors.NoSuchVersion.Saying(string.Create(
                CultureInfo.InvariantCulture, $"The distribution has no version {number}, or none any more. The newest is {newest.Number}; the list of versions shows those that are kept."));
        }

        return ElementReader.ReadRoot(XmlText.Read(VersionText.Unpack(row.Body)), DistributionReader.Read).Failed(out var error, out var settings)
            ? throw new InvalidDataException($"Version {number} of distribution {distributionId} cannot be read: {error.Message}")
            : new KeptVersion(row.Head, settings);
    }
}

/// <summary>A version with what it says.</summary>
internal sealed record KeptVersion(VersionHead Head, DistributionSettings Settings);
