// SPDX-License-Identifier: Apache-2.0

using Frontier.Buckets.Objects;

namespace Frontier.Buckets.Api;

/// <summary>The whole API in one table (NB-1 §1.1): S3 routes by method and sub-resource; the first row that fits runs.</summary>
internal static class OperationTable
{
    private static readonly S3Operation[] Operations =
    [
        new("ListBuckets", S3Scope.Service, "GET", null, null, BucketOperations.ListAsync),

        new("GetBucketLocation", S3Scope.Bucket, "GET", "location", "s3:GetBucketLocation", BucketOperations.LocationAsync),
        new("GetBucketVersioning", S3Scope.Bucket, "GET", "versioning", "s3:GetBucketVersioning", BucketOperations.VersioningAsync),
        new("GetBucketAccelerateConfiguration", S3Scope.Bucket, "GET", "accelerate", "s3:GetAccelerateConfiguration", BucketOperations.AccelerateAsync),
        new("GetBucketRequestPayment", S3Scope.Bucket, "GET", "requestPayment", "s3:GetBucketRequestPayment", BucketOperations.RequestPaymentAsync),
        new("GetBucketLogging", S3Scope.Bucket, "GET", "logging", "s3:GetBucketLogging", BucketOperations.LoggingAsync),
        new("GetBucketNotificationConfiguration", S3Scope.Bucket, "GET", "notification", "s3:GetBucketNotification", BucketOperations.NotificationAsync),
        new("GetBucketAcl", S3Scope.Bucket, "GET", "acl", "s3:GetBucketAcl", BucketOperations.AclAsync),
        new("PutBucketAcl", S3Scope.Bucket, "PUT", "acl", "s3:PutBucketAcl", BucketOperations.PutAclAsync),
        new("GetBucketPolicyStatus", S3Scope.Bucket, "GET", "policyStatus", "s3:GetBucketPolicyStatus", SettingOperations.PolicyStatusAsync),
        .. Setting("BucketPolicy", "policy", BucketSetting.Policy, "BucketPolicy"),
        .. Setting("BucketCors", "cors", BucketSetting.Cors, "BucketCORS"),
        .. Setting("BucketWebsite", "website", BucketSetting.Website, "BucketWebsite"),
        .. Setting("BucketTagging", "tagging", BucketSetting.Tagging, "BucketTagging"),
        .. Setting("PublicAccessBlock", "publicAccessBlock", BucketSetting.PublicAccessBlock, "BucketPublicAccessBlock"),
        .. Setting("BucketOwnershipControls", "ownershipControls", BucketSetting.OwnershipControls, "BucketOwnershipControls"),
        new("ListMultipartUploads", S3Scope.Bucket, "GET", "uploads", "s3:ListBucketMultipartUploads", MultipartLists.UploadsAsync),
        new("DeleteObjects", S3Scope.Bucket, "POST", "delete", ActionPerKey, ObjectWrites.DeleteManyAsync),
        new("ListObjectsV2", S3Scope.Bucket, "GET", "list-type", "s3:ListBucket", Listings.ListV2Async),
        new("ListObjects", S3Scope.Bucket, "GET", null, "s3:ListBucket", Listings.ListAsync),
        new("HeadBucket", S3Scope.Bucket, "HEAD", null, "s3:ListBucket", BucketOperations.HeadAsync),
        new(CreateBucket, S3Scope.Bucket, "PUT", null, null, BucketOperations.CreateAsync),
        new("DeleteBucket", S3Scope.Bucket, "DELETE", null, "s3:DeleteBucket", BucketOperations.DeleteAsync),

        new("GetObjectAcl", S3Scope.Object, "GET", "acl", "s3:GetObjectAcl", BucketOperations.AclAsync),
        new("PutObjectAcl", S3Scope.Object, "PUT", "acl", "s3:PutObjectAcl", BucketOperations.PutAclAsync),
        new("GetObjectTagging", S3Scope.Object, "GET", "tagging", "s3:GetObjectTagging", ObjectTagging.GetAsync),
        new("PutObjectTagging", S3Scope.Object, "PUT", "tagging", "s3:PutObjectTagging", ObjectTagging.PutAsync),
        new("DeleteObjectTagging", S3Scope.Object, "DELETE", "tagging", "s3:DeleteObjectTagging", ObjectTagging.DeleteAsync),
        new("CreateMultipartUpload", S3Scope.Object, "POST", "uploads", "s3:PutObject", Multipart.StartAsync),
        new("UploadPartCopy", S3Scope.Object, "PUT", "uploadId", "s3:PutObject", Multipart.CopyPartAsync, Copies.SourceHeader),
        new("UploadPart", S3Scope.Object, "PUT", "uploadId", "s3:PutObject", Multipart.PutPartAsync),
        new("CompleteMultipartUpload", S3Scope.Object, "POST", "uploadId", "s3:PutObject", Multipart.CompleteAsync),
        new("AbortMultipartUpload", S3Scope.Object, "DELETE", "uploadId", "s3:AbortMultipartUpload", Multipart.AbortAsync),
        new("ListParts", S3Scope.Object, "GET", "uploadId", "s3:ListMultipartUploadParts", MultipartLists.PartsAsync),
        new("CopyObject", S3Scope.Object, "PUT", null, "s3:PutObject", Copies.CopyAsync, Copies.SourceHeader),
        new("PutObject", S3Scope.Object, "PUT", null, "s3:PutObject", ObjectWrites.PutAsync),
        new("GetObject", S3Scope.Object, "GET", null, "s3:GetObject", ObjectReads.GetAsync),
        new("HeadObject", S3Scope.Object, "HEAD", null, "s3:GetObject", ObjectReads.GetAsync),
        new("DeleteObject", S3Scope.Object, "DELETE", null, "s3:DeleteObject", ObjectWrites.DeleteAsync),
    ];

    /// <summary>Sub-resources of S3 that have no row: a request for one must not be taken for the plain operation.</summary>
    private static readonly string[] Unimplemented =
    [
        "analytics", "annotation", "attributes", "encryption", "intelligent-tiering", "inventory", "legal-hold", "lifecycle", "metadataConfiguration", "metadataTable",
        "metrics", "object-lock", "renameObject", "replication", "restore", "retention", "select", "session", "torrent", "versions",
        "location", "versioning", "accelerate", "requestPayment", "logging", "notification", "acl", "policyStatus", "policy", "cors", "website", "tagging",
        "publicAccessBlock", "ownershipControls", "uploads", "uploadId", "delete", "append",
    ];

    public const string CreateBucket = "CreateBucket";

    /// <summary>Asked by the operation itself for each key it names.</summary>
    public const string ActionPerKey = "";

    public static S3Fault? TryFind(S3Scope scope, S3Exchange exchange, out S3Operation? operation)
    {
        var method = exchange.Request.Method;
        operation = Array.Find(Operations, candidate => candidate.Scope == scope && candidate.Method == method
            && (candidate.SubResource is null ? !Array.Exists(Unimplemented, exchange.HasQuery) : exchange.HasQuery(candidate.SubResource))
            && (candidate.Header is null || exchange.Header(candidate.Header) is not null));
        if (operation is not null)
        {
            return null;
        }

        return Array.Find(Unimplemented, exchange.HasQuery) is { } resource
            ? new S3Fault(S3Error.NotImplemented, $"The operation {method} ?{resource} on {Noun(scope)} is not implemented.", new("Method", method), new("ResourceType", resource))
            : method is "POST"
                ? new S3Fault(S3Error.NotImplemented, $"The operation POST on {Noun(scope)} is not implemented.", new KeyValuePair<string, string>("Method", method))
                : new S3Fault(S3Error.MethodNotAllowed, S3Error.MethodNotAllowed.Message, new("Method", method), new("ResourceType", scope.ToString().ToUpperInvariant()));
    }

    private static string Noun(S3Scope scope) => scope switch
    {
        S3Scope.Service => "the service",
        S3Scope.Bucket => "a bucket",
        S3Scope.Object => "an object",
    };

    private static S3Operation[] Setting(string name, string subResource, BucketSetting setting, string action) =>
    [
        new("Get" + name, S3Scope.Bucket, "GET", subResource, "s3:Get" + action, SettingOperations.Get(setting)),
        new("Put" + name, S3Scope.Bucket, "PUT", subResource, "s3:Put" + action, SettingOperations.Put(setting)),
        new("Delete" + name, S3Scope.Bucket, "DELETE", subResource, setting is BucketSetting.Policy or BucketSetting.Website ? "s3:Delete" + action : "s3:Put" + action, SettingOperations.Delete(setting)),
    ];
}
