// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain;

namespace Frontier.Control.Api.Certificates;

/// <summary>The errors of IAM's API, as far as server certificates go (NB-6.5).</summary>
internal static class IamErrors
{
    public static readonly ApiError ValidationError = new("ValidationError", 400, "A parameter is not valid.");
    public static readonly ApiError InvalidInput = new("InvalidInput", 400, "The input is not valid.");
    public static readonly ApiError MalformedCertificate = new("MalformedCertificate", 400, "The certificate cannot be used.");
    public static readonly ApiError KeyPairMismatch = new("KeyPairMismatch", 400, "The private key does not match the certificate.");
    public static readonly ApiError EntityAlreadyExists = new("EntityAlreadyExists", 409, "There is a server certificate of this name.");
    public static readonly ApiError NoSuchEntity = new("NoSuchEntity", 404, "There is no such server certificate.");
    public static readonly ApiError DeleteConflict = new("DeleteConflict", 409, "The server certificate is in use.");
    public static readonly ApiError LimitExceeded = new("LimitExceeded", 409, "There are as many server certificates as there may be.");
}
