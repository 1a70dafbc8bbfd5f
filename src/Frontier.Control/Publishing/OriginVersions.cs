// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain;
using Frontier.Control.Domain.Distributions;
using Frontier.Control.Domain.OriginAccess;

namespace Frontier.Control.Publishing;

/// <summary>Which versions of an identity and an access control the origins name: looked up once a catalogue, not once an origin in lists of hundreds.</summary>
internal sealed class OriginVersions(Catalogue catalogue)
{
    private readonly Dictionary<string, string> _identities = catalogue.OriginAccessIdentities.ToDictionary(static identity => OriginAccessIdentitySettings.ReferenceOf(identity.Id), static identity => identity.ETag);
    private readonly Dictionary<string, string> _controls = catalogue.OriginAccessControls.ToDictionary(static control => control.Id, static control => control.ETag);

    /// <summary>Another text whenever the origin would be signed for in another way.</summary>
    public string Of(Origin origin) => $"{_identities.GetValueOrDefault(origin.S3?.OriginAccessIdentity ?? "")}/{_controls.GetValueOrDefault(origin.OriginAccessControlId)}";
}
