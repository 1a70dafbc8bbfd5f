// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Domain;

namespace Frontier.Control.Api.Certificates;

/// <summary>The errors of ACM's API (<c>neighbours.md</c> §6).</summary>
internal static class AcmErrors
{
    public static readonly ApiError Validation = new("ValidationException", 400, "The request is not valid.");
    public static readonly ApiError InvalidParameter = new("InvalidParameterException", 400, "A parameter is not valid.");
    public static readonly ApiError InvalidArn = new("InvalidArnException", 400, "The ARN is not that of a certificate: arn:aws:acm:us-east-1:account:certificate/id.");
    public static readonly ApiError NotFound = new("ResourceNotFoundException", 400, "There is no such certificate.");
    public static readonly ApiError RequestInProgress = new("RequestInProgressException", 400, "The certificate is not issued yet. See aws acm describe-certificate.");
    public static readonly ApiError InvalidState = new("InvalidStateException", 400, "The certificate was requested without mail: edges show by themselves that its names reach them.");
    public static readonly ApiError InvalidValidationOptions = new("InvalidDomainValidationOptionsException", 400, "DomainValidationOptions say where mail goes, and none is sent. Leave them out.");
    public static readonly ApiError InUse = new("ResourceInUseException", 400, "The certificate is in use.");
    public static readonly ApiError LimitExceeded = new("LimitExceededException", 400, "There are as many certificates as there may be.");
    public static readonly ApiError InvalidTag = new("InvalidTagException", 400, "A tag is not valid.");
    public static readonly ApiError TooManyTags = new("TooManyTagsException", 400, "The certificate would have too many tags.");

    /// <summary>What faults of any change to certificates are called here.</summary>
    public static readonly CertificateErrors OfCertificates = new(NotFound, InUse, LimitExceeded, Validation, Validation);
}
