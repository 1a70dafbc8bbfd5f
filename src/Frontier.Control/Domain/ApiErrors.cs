// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain;

/// <summary>The error catalogue (<c>api.md</c> §8), as far as operations here can return it. Messages known word for word are those of §2.</summary>
internal static class ApiErrors
{
    // Any operation (API-2.4).
    public static readonly ApiError MissingAuthenticationToken = new("MissingAuthenticationToken", 403, "Missing Authentication Token");
    public static readonly ApiError InvalidClientTokenId = new("InvalidClientTokenId", 403, "The security token included in the request is invalid.");
    public static readonly ApiError IncompleteSignature = new("IncompleteSignature", 403, "The request signature does not conform to AWS standards.");
    public static readonly ApiError SignatureDoesNotMatch = new("SignatureDoesNotMatch", 403,
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.");
    public static readonly ApiError RequestExpired = new("RequestExpired", 400, "The request reached the service after the expiration date of its presigned URL.");
    public static readonly ApiError AccessDenied = new("AccessDenied", 403, "Access denied.");
    public static readonly ApiError MalformedXml = new("MalformedXML", 400, "The XML document is not well-formed.");
    public static readonly ApiError MissingBody = new("MissingBody", 400, "This operation requires a body. Ensure that the body is present and the Content-Type header is set.");
    public static readonly ApiError NoSuchOperation = new("NoSuchOperation", 404, "The requested operation does not exist.");
    public static readonly ApiError NotImplemented = new("NotImplemented", 501, "The operation is not implemented by this version of Frontier.");
    public static readonly ApiError RequestTooLarge = new("EntitySizeLimitExceeded", 413, "The size of the request body exceeds 1 MiB.");
    public static readonly ApiError InternalFailure = new("InternalFailure", 500, "The request processing has failed because of an unknown error.");
    /// <summary>Not 503: clients retry that, and no retry makes room.</summary>
    public static readonly ApiError InsufficientStorage = new("InsufficientStorage", 507, "The disk of the control plane is full; nothing was changed.");
    public static readonly ApiError StoreUnavailable = new("ServiceUnavailable", 503, "The store of the control plane does not answer. Try again.");
    public static readonly ApiError ServiceUnavailable = new("ServiceUnavailable", 503, "Too many changes at once. Try again.");

    public static readonly ApiError InvalidArgument = new("InvalidArgument", 400, "An argument is invalid.");
    public static readonly ApiError InconsistentQuantities = new("InconsistentQuantities", 400, "The value of Quantity and the size of Items don't match.");
    public static readonly ApiError InvalidIfMatchVersion = new("InvalidIfMatchVersion", 400, "The If-Match version is missing or not valid for the resource.");
    public static readonly ApiError PreconditionFailed = new("PreconditionFailed", 412,
        "The request failed because it didn't meet the preconditions in one or more request-header fields.");
    public static readonly ApiError IllegalUpdate = new("IllegalUpdate", 400, "The update contains modifications that are not allowed.");

    // Distributions.
    public static readonly ApiError NoSuchDistribution = new("NoSuchDistribution", 404, "The specified distribution does not exist.");
    public static readonly ApiError DistributionAlreadyExists = new("DistributionAlreadyExists", 409, "The caller reference that you are using to create a distribution is associated with another distribution.");
    public static readonly ApiError DistributionNotDisabled = new("DistributionNotDisabled", 409, "The distribution you are trying to delete has not been disabled.");
    public static readonly ApiError CnameAlreadyExists = new("CNAMEAlreadyExists", 409, "One or more of the CNAMEs you provided are already associated with a different resource.");
    public static readonly ApiError TooManyDistributions = new("TooManyDistributions", 400, "Processing your request would cause you to exceed the maximum number of distributions allowed.");
    public static readonly ApiError TooManyDistributionCnames = new("TooManyDistributionCNAMEs", 400, "Your request contains more CNAMEs than are allowed per distribution.");
    public static readonly ApiError TooManyOrigins = new("TooManyOrigins", 400, "You cannot create more origins for the distribution.");
    public static readonly ApiError TooManyOriginGroups = new("TooManyOriginGroupsPerDistribution", 400, "Processing your request would cause you to exceed the maximum number of origin groups allowed.");
    public static readonly ApiError TooManyOriginCustomHeaders = new("TooManyOriginCustomHeaders", 400, "Your request contains too many origin custom headers.");
    public static readonly ApiError TooManyCacheBehaviors = new("TooManyCacheBehaviors", 400, "You cannot create more cache behaviors for the distribution.");
    public static readonly ApiError InvalidDefaultRootObject = new("InvalidDefaultRootObject", 400, "The default root object file name is too big or contains an invalid character.");
    public static readonly ApiError InvalidOrigin = new("InvalidOrigin", 400, "The Amazon S3 origin server specified does not refer to a valid Amazon S3 bucket.");
    public static readonly ApiError NoSuchOrigin = new("NoSuchOrigin", 404, "No origin exists with the specified Origin Id.");
    public static readonly ApiError InvalidOriginAccessIdentity = new("InvalidOriginAccessIdentity", 400, "The origin access identity is not valid or doesn't exist.");
    public static readonly ApiError InvalidOriginAccessControl = new("InvalidOriginAccessControl", 400, "The origin access control is not valid or doesn't exist.");
    public static readonly ApiError InvalidDomainNameForOriginAccessControl = new("InvalidDomainNameForOriginAccessControl", 400, "A domain name is not valid for this origin access control.");
    public static readonly ApiError IllegalOriginAccessConfiguration = new("IllegalOriginAccessConfiguration", 400,
        "An origin cannot contain both an origin access control (OAC) and an origin access identity (OAI).");
    public static readonly ApiError TooManyDistributionsPerOriginAccessControl = new("TooManyDistributionsAssociatedToOriginAccessControl", 400,
        "The maximum number of distributions have been associated with the specified origin access control.");
    public static readonly ApiError InvalidOriginReadTimeout = new("InvalidOriginReadTimeout", 400, "The read timeout specified for the origin is not valid.");
    public static readonly ApiError InvalidOriginKeepaliveTimeout = new("InvalidOriginKeepaliveTimeout", 400, "The keep alive timeout specified for the origin is not valid.");
    public static readonly ApiError NoSuchCachePolicy = new("NoSuchCachePolicy", 404, "The cache policy does not exist.");
    public static readonly ApiError TooManyDistributionsPerCachePolicy = new("TooManyDistributionsAssociatedToCachePolicy", 400, "The maximum number of distributions have been associated with the specified cache policy.");
    public static readonly ApiError NoSuchOriginRequestPolicy = new("NoSuchOriginRequestPolicy", 404, "The origin request policy does not exist.");
    public static readonly ApiError TooManyDistributionsPerOriginRequestPolicy = new("TooManyDistributionsAssociatedToOriginRequestPolicy", 400, "The maximum number of distributions have been associated with the specified origin request policy.");
    public static readonly ApiError NoSuchResponseHeadersPolicy = new("NoSuchResponseHeadersPolicy", 404, "The response headers policy does not exist.");
    public static readonly ApiError TooManyDistributionsPerResponseHeadersPolicy = new("TooManyDistributionsAssociatedToResponseHeadersPolicy", 400, "The maximum number of distributions have been associated with the specified response headers policy.");
    public static readonly ApiError TooManyCookieNames = new("TooManyCookieNamesInWhiteList", 400, "Your request contains more cookie names in the whitelist than are allowed per cache behavior.");
    public static readonly ApiError TooManyHeadersInForwardedValues = new("TooManyHeadersInForwardedValues", 400, "Your request contains too many headers in forwarded values.");
    public static readonly ApiError TooManyQueryStringParameters = new("TooManyQueryStringParameters", 400, "Your request contains too many query string parameters.");
    public static readonly ApiError InvalidQueryStringParameters = new("InvalidQueryStringParameters", 400, "The query string parameters specified are not valid.");
    public static readonly ApiError InvalidHeadersForS3Origin = new("InvalidHeadersForS3Origin", 400, "The headers specified are not valid for an Amazon S3 origin.");
    public static readonly ApiError InvalidForwardCookies = new("InvalidForwardCookies", 400,
        "Your request contains forward cookies option which doesn't match with the expectation for the whitelisted list of cookie names.");
    public static readonly ApiError InvalidTtlOrder = new("InvalidTTLOrder", 400, "The TTL order specified is not valid: MinTTL, DefaultTTL and MaxTTL must not decrease.");
    public static readonly ApiError InvalidFunctionAssociation = new("InvalidFunctionAssociation", 400, "A CloudFront function association is invalid.");
    public static readonly ApiError InvalidLambdaFunctionAssociation = new("InvalidLambdaFunctionAssociation", 400, "The specified Lambda@Edge function association is invalid.");
    public static readonly ApiError TrustedKeyGroupDoesNotExist = new("TrustedKeyGroupDoesNotExist", 400, "The specified key group does not exist.");
    public static readonly ApiError TooManyDistributionsPerKeyGroup = new("TooManyDistributionsAssociatedToKeyGroup", 400, "The number of distributions that reference this key group is more than the maximum allowed.");
    public static readonly ApiError TooManyKeyGroups = new("TooManyKeyGroupsAssociatedToDistribution", 400, "The number of key groups referenced by this distribution is more than the maximum allowed.");
    public static readonly ApiError InvalidErrorCode = new("InvalidErrorCode", 400, "An invalid error code was specified.");
    public static readonly ApiError InvalidResponseCode = new("InvalidResponseCode", 400, "A response code is not valid.");
    public static readonly ApiError InvalidRelativePath = new("InvalidRelativePath", 400, "The relative path is too big, is not URL-encoded, or does not begin with a slash (/).");
    public static readonly ApiError InvalidGeoRestriction = new("InvalidGeoRestrictionParameter", 400, "The specified geo restriction parameter is not valid.");
    public static readonly ApiError InvalidLocationCode = new("InvalidLocationCode", 400, "The location code specified is not valid.");
    public static readonly ApiError InvalidViewerCertificate = new("InvalidViewerCertificate", 400, "A viewer certificate specified is not valid.");
    public static readonly ApiError InvalidMinimumProtocolVersion = new("InvalidMinimumProtocolVersion", 400, "The minimum protocol version specified is not valid.");
    public static readonly ApiError InvalidProtocolSettings = new("InvalidProtocolSettings", 400,
        "You cannot specify SSLv3 as the minimum protocol version if you only want to support only clients that support Server Name Indication (SNI).");

    // Policies.
    public static readonly ApiError ManagedPolicyUpdate = IllegalUpdate.Saying("You cannot update a managed policy.");
    public static readonly ApiError ManagedPolicyDelete = new("IllegalDelete", 400, "You cannot delete a managed policy.");
    public static readonly ApiError CachePolicyAlreadyExists = new("CachePolicyAlreadyExists", 409, "A cache policy with this name already exists.");
    public static readonly ApiError CachePolicyInUse = new("CachePolicyInUse", 409, "Cannot delete the cache policy because it is attached to one or more cache behaviors.");
    public static readonly ApiError TooManyCachePolicies = new("TooManyCachePolicies", 400, "You have reached the maximum number of cache policies for this account.");
    public static readonly ApiError TooManyHeadersInCachePolicy = new("TooManyHeadersInCachePolicy", 400, "The number of headers in the cache policy exceeds the maximum.");
    public static readonly ApiError TooManyCookiesInCachePolicy = new("TooManyCookiesInCachePolicy", 400, "The number of cookies in the cache policy exceeds the maximum.");
    public static readonly ApiError TooManyQueryStringsInCachePolicy = new("TooManyQueryStringsInCachePolicy", 400, "The number of query strings in the cache policy exceeds the maximum.");
    public static readonly ApiError OriginRequestPolicyAlreadyExists = new("OriginRequestPolicyAlreadyExists", 409, "An origin request policy with this name already exists.");
    public static readonly ApiError OriginRequestPolicyInUse = new("OriginRequestPolicyInUse", 409, "Cannot delete the origin request policy because it is attached to one or more cache behaviors.");
    public static readonly ApiError TooManyOriginRequestPolicies = new("TooManyOriginRequestPolicies", 400, "You have reached the maximum number of origin request policies for this account.");
    public static readonly ApiError TooManyHeadersInOriginRequestPolicy = new("TooManyHeadersInOriginRequestPolicy", 400, "The number of headers in the origin request policy exceeds the maximum.");
    public static readonly ApiError TooManyCookiesInOriginRequestPolicy = new("TooManyCookiesInOriginRequestPolicy", 400, "The number of cookies in the origin request policy exceeds the maximum.");
    public static readonly ApiError TooManyQueryStringsInOriginRequestPolicy = new("TooManyQueryStringsInOriginRequestPolicy", 400, "The number of query strings in the origin request policy exceeds the maximum.");
    public static readonly ApiError ResponseHeadersPolicyAlreadyExists = new("ResponseHeadersPolicyAlreadyExists", 409, "A response headers policy with this name already exists.");
    public static readonly ApiError ResponseHeadersPolicyInUse = new("ResponseHeadersPolicyInUse", 409, "Cannot delete the response headers policy because it is attached to one or more cache behaviors.");
    public static readonly ApiError TooManyResponseHeadersPolicies = new("TooManyResponseHeadersPolicies", 400, "You have reached the maximum number of response headers policies for this account.");
    public static readonly ApiError TooLongContentSecurityPolicy = new("TooLongCSPInResponseHeadersPolicy", 400, "The Content-Security-Policy header value in the response headers policy exceeds the maximum length.");
    public static readonly ApiError TooManyCustomHeadersInPolicy = new("TooManyCustomHeadersInResponseHeadersPolicy", 400, "The number of custom headers in the response headers policy exceeds the maximum.");
    public static readonly ApiError TooManyRemovedHeadersInPolicy = new("TooManyRemoveHeadersInResponseHeadersPolicy", 400, "The number of headers in RemoveHeadersConfig in the response headers policy exceeds the maximum.");

    // Origin access controls and identities, invalidations, tags.
    public static readonly ApiError NoSuchOriginAccessIdentity = new("NoSuchCloudFrontOriginAccessIdentity", 404, "The specified origin access identity does not exist.");
    public static readonly ApiError OriginAccessIdentityAlreadyExists = new("CloudFrontOriginAccessIdentityAlreadyExists", 409, "The caller reference was used before for an origin access identity with another configuration.");
    public static readonly ApiError OriginAccessIdentityInUse = new("CloudFrontOriginAccessIdentityInUse", 409, "The origin access identity is still being used by one or more distributions.");
    public static readonly ApiError TooManyOriginAccessIdentities = new("TooManyCloudFrontOriginAccessIdentities", 400, "Processing your request would cause you to exceed the maximum number of origin access identities allowed.");
    public static readonly ApiError NoSuchOriginAccessControl = new("NoSuchOriginAccessControl", 404, "The origin access control does not exist.");
    public static readonly ApiError OriginAccessControlAlreadyExists = new("OriginAccessControlAlreadyExists", 409, "An origin access control with the specified name already exists.");
    public static readonly ApiError OriginAccessControlInUse = new("OriginAccessControlInUse", 409, "Cannot delete the origin access control because it's in use by one or more distributions.");
    public static readonly ApiError TooManyOriginAccessControls = new("TooManyOriginAccessControls", 400, "The number of origin access controls in your account exceeds the maximum allowed.");
    public static readonly ApiError NoSuchInvalidation = new("NoSuchInvalidation", 404, "The specified invalidation does not exist.");
    public static readonly ApiError InvalidInvalidationPaths = InvalidArgument.Saying("Your request contains one or more invalid invalidation paths.");
    public static readonly ApiError InvalidationBatchAlreadyExists = new("InvalidationBatchAlreadyExists", 409, "The caller reference was used before for an invalidation of other paths.");
    public static readonly ApiError BatchTooLarge = new("BatchTooLarge", 413, "Invalidation batch specified is too large.");
    public static readonly ApiError TooManyInvalidations = new("TooManyInvalidationsInProgress", 400,
        "Processing your request will cause you to exceed the maximum number of in-progress invalidations.");
    public static readonly ApiError TooManyWildcardInvalidations = TooManyInvalidations.Saying(
        "Processing your request will cause you to exceed the maximum number of in-progress wildcard invalidations.");
    public static readonly ApiError NoSuchResource = new("NoSuchResource", 404, "The specified resource does not exist.");
    public static readonly ApiError InvalidTagging = new("InvalidTagging", 400, "The tagging specified is not valid.");

    // Continuous deployment.
    public static readonly ApiError NoSuchContinuousDeploymentPolicy = new("NoSuchContinuousDeploymentPolicy", 404, "The continuous deployment policy doesn't exist.");
    public static readonly ApiError ContinuousDeploymentPolicyAlreadyExists = new("ContinuousDeploymentPolicyAlreadyExists", 409,
        "A continuous deployment policy with this configuration already exists.");
    public static readonly ApiError ContinuousDeploymentPolicyInUse = new("ContinuousDeploymentPolicyInUse", 409,
        "The continuous deployment policy is associated with a distribution; remove it from the distribution first.");
    public static readonly ApiError StagingDistributionInUse = new("StagingDistributionInUse", 409,
        "The specified staging distribution is currently used by a continuous deployment policy. Please the update policy before deleting.");
    public static readonly ApiError TooManyContinuousDeploymentPolicies = new("TooManyContinuousDeploymentPolicies", 400,
        "You have reached the maximum number of continuous deployment policies for this account.");
    public static readonly ApiError ContinuousDeploymentUpdate = IllegalUpdate.Saying("One or more fields updated are not supported for continuous deployment.");
    public static readonly ApiError PrimaryInUse = new("ResourceInUse", 409, "The distribution has a continuous deployment policy; remove it from the distribution first.");

    // Web ACLs, and what no distribution can be listed by because there is none.
    public static readonly ApiError EntityNotFound = new("EntityNotFound", 404, "The entity was not found.");

    // Public keys and key groups.
    public static readonly ApiError NoSuchPublicKey = new("NoSuchPublicKey", 404, "The specified public key doesn't exist.");
    public static readonly ApiError PublicKeyAlreadyExists = new("PublicKeyAlreadyExists", 409, "The specified public key already exists.");
    public static readonly ApiError PublicKeyInUse = new("PublicKeyInUse", 409, "The specified public key is in use.");
    public static readonly ApiError TooManyPublicKeys = new("TooManyPublicKeys", 400, "The maximum number of public keys for field-level encryption have been created. To create a new public key, delete one of the existing keys.");
    public static readonly ApiError CannotChangeImmutablePublicKeyFields = new("CannotChangeImmutablePublicKeyFields", 400, "You can't change the value of a public key.");
    public static readonly ApiError KeyGroupAlreadyExists = new("KeyGroupAlreadyExists", 409, "A key group with this name already exists. You must provide a unique name.");
    public static readonly ApiError ResourceInUse = new("ResourceInUse", 409, "Cannot delete this resource because it is in use.");
    public static readonly ApiError TooManyKeyGroupsInAccount = new("TooManyKeyGroups", 400, "You have reached the maximum number of key groups for this account.");
    public static readonly ApiError TooManyPublicKeysInKeyGroup = new("TooManyPublicKeysInKeyGroup", 400, "The number of public keys in this key group is more than the maximum allowed.");

    // Field-level encryption.
    public static readonly ApiError NoSuchFieldEncryptionConfig = new("NoSuchFieldLevelEncryptionConfig", 404, "The specified configuration for field-level encryption doesn't exist.");
    public static readonly ApiError IllegalFieldEncryption = new("IllegalFieldLevelEncryptionConfigAssociationWithCacheBehavior", 400, "The specified configuration for field-level encryption can't be associated with the specified cache behavior.");
    public static readonly ApiError TooManyDistributionsPerFieldEncryption = new("TooManyDistributionsAssociatedToFieldLevelEncryptionConfig", 400, "The maximum number of distributions have been associated with the specified configuration for field-level encryption.");
    public static readonly ApiError FieldEncryptionConfigAlreadyExists = new("FieldLevelEncryptionConfigAlreadyExists", 409, "The specified configuration for field-level encryption already exists.");
    public static readonly ApiError FieldEncryptionConfigInUse = new("FieldLevelEncryptionConfigInUse", 409, "The specified configuration for field-level encryption is in use.");
    public static readonly ApiError TooManyFieldEncryptionConfigs = new("TooManyFieldLevelEncryptionConfigs", 400, "The maximum number of configurations for field-level encryption have been created.");
    public static readonly ApiError NoSuchFieldEncryptionProfile = new("NoSuchFieldLevelEncryptionProfile", 404, "The specified profile for field-level encryption doesn't exist.");
    public static readonly ApiError FieldEncryptionProfileAlreadyExists = new("FieldLevelEncryptionProfileAlreadyExists", 409, "The specified profile for field-level encryption already exists.");
    public static readonly ApiError FieldEncryptionProfileInUse = new("FieldLevelEncryptionProfileInUse", 409, "The specified profile for field-level encryption is in use.");
    public static readonly ApiError TooManyFieldEncryptionProfiles = new("TooManyFieldLevelEncryptionProfiles", 400, "The maximum number of profiles for field-level encryption have been created.");
    public static readonly ApiError QueryArgProfileEmpty = new("QueryArgProfileEmpty", 400, "No profile specified for the field-level encryption query argument.");
    public static readonly ApiError TooManyQueryArgProfiles = new("TooManyFieldLevelEncryptionQueryArgProfiles", 400, "The maximum number of query arg profiles for field-level encryption have been created.");
    public static readonly ApiError TooManyContentTypeProfiles = new("TooManyFieldLevelEncryptionContentTypeProfiles", 400, "The maximum number of content type profiles for field-level encryption have been created.");
    public static readonly ApiError TooManyEncryptionEntities = new("TooManyFieldLevelEncryptionEncryptionEntities", 400, "The maximum number of encryption entities for field-level encryption have been created.");
    public static readonly ApiError TooManyFieldPatterns = new("TooManyFieldLevelEncryptionFieldPatterns", 400, "The maximum number of field patterns for field-level encryption have been created.");

    // Real-time logs, monitoring, streaming distributions.
    public static readonly ApiError NoSuchRealtimeLogConfig = new("NoSuchRealtimeLogConfig", 404, "The real-time log configuration does not exist.");
    public static readonly ApiError RealtimeLogConfigAlreadyExists = new("RealtimeLogConfigAlreadyExists", 409, "A real-time log configuration with this name already exists. You must provide a unique name.");
    public static readonly ApiError RealtimeLogConfigInUse = new("RealtimeLogConfigInUse", 400, "Cannot delete the real-time log configuration because it is attached to one or more cache behaviors.");
    public static readonly ApiError TooManyRealtimeLogConfigs = new("TooManyRealtimeLogConfigs", 400, "You have reached the maximum number of real-time log configurations for this account.");
    public static readonly ApiError NoSuchMonitoringSubscription = new("NoSuchMonitoringSubscription", 404, "A monitoring subscription does not exist for the specified distribution.");
    public static readonly ApiError MonitoringSubscriptionAlreadyExists = new("MonitoringSubscriptionAlreadyExists", 409, "A monitoring subscription already exists for the specified distribution.");
    public static readonly ApiError NoSuchStreamingDistribution = new("NoSuchStreamingDistribution", 404, "The specified streaming distribution does not exist.");
    public static readonly ApiError StreamingDistributionAlreadyExists = new("StreamingDistributionAlreadyExists", 409, "The caller reference was used before for a streaming distribution with another configuration.");
    public static readonly ApiError StreamingDistributionNotDisabled = new("StreamingDistributionNotDisabled", 409, "The specified CloudFront distribution is not disabled. You must disable the distribution before you can delete it.");
    public static readonly ApiError TooManyStreamingDistributions = new("TooManyStreamingDistributions", 400, "Processing your request would cause you to exceed the maximum number of streaming distributions allowed.");
    public static readonly ApiError TooManyStreamingCnames = new("TooManyStreamingDistributionCNAMEs", 400, "Your request contains more CNAMEs than are allowed per distribution.");
    public static readonly ApiError TooManyTrustedSigners = new("TooManyTrustedSigners", 400, "Your request contains more trusted signers than are allowed per distribution.");
    public static readonly ApiError TrustedSignerDoesNotExist = new("TrustedSignerDoesNotExist", 400, "One or more of your trusted signers don't exist.");
}
