// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain;

namespace Frontier.Control.Api.Certificates;

/// <summary>What an API calls the faults that any change to certificates may have.</summary>
/// <param name="Unfit">The certificate will not do for whoever uses it.</param>
internal sealed record CertificateErrors(ApiError NotFound, ApiError InUse, ApiError TooMany, ApiError NameTaken, ApiError Unfit);
