// SPDX-License-Identifier: Apache-2.0

using System.Security.Cryptography;
using System.Text;
using System.Xml;
using Frontier.Protocols.Names;

namespace Frontier.Buckets.Api;

/// <summary>Operations on buckets themselves and on what every bucket simply is (owner, location, never versioned).</summary>
internal static class BucketOperations
{
    private const string XmlSchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    public static Task<S3Fault?> ListAsync(S3Exchange exchange) => exchange.ReplyXmlAsync("ListAllMyBucketsResult", writer =>
    {
        writer.Element("Owner", () => WriteOwner(writer, exchange));
        writer.Element("Buckets", () =>
        {
            foreach (var bucket in exchange.Store.All)
            {
                writer.Element("Bucket", () =>
                {
                    writer.Element("Name", bucket.Name);
                    writer.Element("CreationDate", S3Time.Iso(bucket.Created));
                });
            }
        });
    });

    public static async Task<S3Fault?> CreateAsync(S3Exchange exchange)
    {
        var name = exchange.Target.Bucket!;
        if (!BucketName.IsValid(name))
        {
            return S3Fault.With(S3Error.InvalidBucketName, "BucketName", name);
        }

        if (MetadataHeaders.RefuseAcl(exchange) is { } refused)
        {
            return refused;
        }

        if (exchange.Header("x-amz-bucket-object-lock-enabled") is "true" or "True")
        {
            return new S3Fault(S3Error.NotImplemented, "Object Lock is not implemented.");
        }

        var region = exchange.Options.Region;
        if (exchange.Request.ContentLength is > 0)
        {
            var (root, fault) = await exchange.ReadXmlAsync("CreateBucketConfiguration");
            if (root is null)
            {
                return fault;
            }

            region = root.Text("LocationConstraint") is { Length: > 0 } location ? location : region;
        }

        if (await exchange.Store.CreateAsync(name, region, S3Time.WholeSeconds(exchange.Now), exchange.Aborted) is { } failed)
        {
            return failed;
        }

        exchange.Response.Headers.Location = "/" + name;
        return exchange.Reply(200);
    }

    public static async Task<S3Fault?> DeleteAsync(S3Exchange exchange) => await exchange.Store.DeleteAsync(exchange.Bucket, exchange.Aborted) ?? exchange.Reply(204);

    public static Task<S3Fault?> HeadAsync(S3Exchange exchange)
    {
        exchange.Response.Headers["x-amz-bucket-region"] = exchange.Bucket.Region;
        exchange.Response.Headers["x-amz-access-point-alias"] = "false";
        return Task.FromResult(exchange.Reply(200));
    }

    /// <summary>The first region has no name here, for the sake of clients older than regions.</summary>
    public static Task<S3Fault?> LocationAsync(S3Exchange exchange) =>
        exchange.ReplyXmlAsync("LocationConstraint", writer => writer.WriteString(exchange.Bucket.Region == "us-east-1" ? "" : exchange.Bucket.Region));

    /// <summary>Never enabled, which S3 says by saying nothing.</summary>
    public static Task<S3Fault?> VersioningAsync(S3Exchange exchange) => exchange.ReplyXmlAsync("VersioningConfiguration", static _ => { });

    public static Task<S3Fault?> AccelerateAsync(S3Exchange exchange) => exchange.ReplyXmlAsync("AccelerateConfiguration", static _ => { });

    public static Task<S3Fault?> RequestPaymentAsync(S3Exchange exchange) =>
        exchange.ReplyXmlAsync("RequestPaymentConfiguration", static writer => writer.Element("Payer", "BucketOwner"));

    public static Task<S3Fault?> LoggingAsync(S3Exchange exchange) => exchange.ReplyXmlAsync("BucketLoggingStatus", static _ => { });

    public static Task<S3Fault?> NotificationAsync(S3Exchange exchange) => exchange.ReplyXmlAsync("NotificationConfiguration", static _ => { });

    /// <summary>The owner has all rights and nobody else any: access is the policy's business.</summary>
    public static async Task<S3Fault?> AclAsync(S3Exchange exchange)
    {
        if (exchange.Target.Key is { } key && !exchange.Bucket.Index.TryFind(key, out _))
        {
            return S3Error.NoSuchKey;
        }

        return await exchange.ReplyXmlAsync("AccessControlPolicy", writer =>
        {
            writer.Element("Owner", () => WriteOwner(writer, exchange));
            writer.Element("AccessControlList", () => writer.Element("Grant", () =>
            {
                writer.Element("Grantee", () =>
                {
                    writer.WriteAttributeString("xsi", "type", XmlSchemaInstance, "CanonicalUser");
                    WriteOwner(writer, exchange);
                });
                writer.Element("Permission", "FULL_CONTROL");
            }));
        });
    }

    public static Task<S3Fault?> PutAclAsync(S3Exchange exchange)
    {
        if (exchange.Target.Key is { } key && !exchange.Bucket.Index.TryFind(key, out _))
        {
            return Task.FromResult<S3Fault?>(S3Error.NoSuchKey);
        }

        // A list in the body could only say what is so already, or something else.
        var refused = MetadataHeaders.RefuseAcl(exchange) ?? (exchange.Request.ContentLength is > 0 ? S3Error.AccessControlListNotSupported : null);
        return Task.FromResult(refused ?? exchange.Reply(200));
    }

    public static void WriteOwner(XmlWriter writer, S3Exchange exchange)
    {
        writer.Element("ID", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("canonical-user:" + exchange.Options.AccountId))));
        writer.Element("DisplayName", "owner");
    }
}
