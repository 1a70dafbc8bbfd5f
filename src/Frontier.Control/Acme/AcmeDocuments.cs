// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Frontier.Control.Acme;

/// <summary>RFC 8555, section 7.1.1.</summary>
internal sealed record AcmeDirectoryDocument(string? NewNonce, string? NewAccount, string? NewOrder);

/// <summary>RFC 8555, section 7.3.</summary>
internal sealed record NewAccountDocument(bool TermsOfServiceAgreed, ImmutableArray<string>? Contact, FlattenedJws? ExternalAccountBinding);

/// <summary>RFC 8555, section 7.4.</summary>
internal sealed record NewOrderDocument(ImmutableArray<AcmeIdentifierDocument> Identifiers);

internal sealed record AcmeIdentifierDocument(string Type, string Value);

/// <summary>RFC 8555, section 7.1.3.</summary>
internal sealed record AcmeOrderDocument(string? Status, ImmutableArray<string>? Authorizations, string? Finalize, string? Certificate, AcmeProblemDocument? Error);

/// <summary>RFC 8555, section 7.1.4.</summary>
internal sealed record AcmeAuthorizationDocument(string? Status, AcmeIdentifierDocument? Identifier, ImmutableArray<AcmeChallengeDocument>? Challenges);

/// <summary>RFC 8555, section 8.</summary>
internal sealed record AcmeChallengeDocument(string? Type, string? Url, string? Status, string? Token, AcmeProblemDocument? Error);

/// <summary>RFC 8555, section 7.4: the request for a certificate, DER in base64url.</summary>
internal sealed record FinalizeDocument(string Csr);

/// <summary>RFC 9457, and RFC 8555, section 6.7.</summary>
internal sealed record AcmeProblemDocument(string? Type, string? Detail, ImmutableArray<AcmeProblemDocument>? Subproblems);

/// <summary>What a challenge is answered with: nothing.</summary>
internal sealed record ReadyDocument;

/// <summary>RFC 7515, section 7.2.2.</summary>
internal sealed record FlattenedJws(string Protected, string Payload, string Signature);

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AcmeDirectoryDocument))]
[JsonSerializable(typeof(NewAccountDocument))]
[JsonSerializable(typeof(NewOrderDocument))]
[JsonSerializable(typeof(AcmeOrderDocument))]
[JsonSerializable(typeof(AcmeAuthorizationDocument))]
[JsonSerializable(typeof(AcmeProblemDocument))]
[JsonSerializable(typeof(FinalizeDocument))]
[JsonSerializable(typeof(ReadyDocument))]
[JsonSerializable(typeof(FlattenedJws))]
internal sealed partial class AcmeJson : JsonSerializerContext;
