// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net;
using System.Text;
using Frontier.Buckets.Access;
using Frontier.Buckets.Api;
using Frontier.Buckets.Objects;
using Frontier.Protocols.SigV4;

namespace Frontier.Buckets.Websites;

/// <summary>Answers one request to a bucket's website (<c>neighbours.md</c> §1.3): pages for people, errors in HTML, no signatures.</summary>
internal sealed class WebsiteEndpoint(S3Exchange exchange, string requestId, string hostId)
{
    public async Task ServeAsync(S3Fault? unreadable)
    {
        if (unreadable is not null)
        {
            await ErrorPageAsync(unreadable, null);
            return;
        }

        if (exchange.Request.Method is not ("GET" or "HEAD"))
        {
            // NB-1.20.
            await ErrorPageAsync(S3Error.MethodNotAllowed, null);
            return;
        }

        if (exchange.Target.Bucket is not { } name || exchange.Target.Key is not { } key)
        {
            // NB-1.26: the endpoint without a bucket has nothing to show but what it belongs to.
            Redirect(301, $"{exchange.Request.Scheme}://{exchange.Options.Domain}/");
            return;
        }

        if (!exchange.Store.TryFind(name, out var bucket))
        {
            await ErrorPageAsync(S3Fault.With(S3Error.NoSuchBucket, "BucketName", name), null);
            return;
        }

        if (bucket.Settings.Website is not { } website)
        {
            await ErrorPageAsync(S3Fault.With(S3Error.NoSuchWebsiteConfiguration, "BucketName", name), null);
            return;
        }

        exchange.Bucket = bucket;
        CorsResponses.Annotate(exchange, bucket);
        await ServeAsync(website, bucket, key);
    }

    private async Task ServeAsync(WebsiteModel website, Bucket bucket, ObjectKey requested)
    {
        var path = requested.ToString();
        if (website.RedirectAll is { } all)
        {
            Redirect(all.Status, Location(all, path));
            return;
        }

        if (website.Rules.FirstOrDefault(rule => rule.HttpErrorCode is null && (rule.KeyPrefixEquals is null || path.StartsWith(rule.KeyPrefixEquals, StringComparison.Ordinal))) is { } early)
        {
            Redirect(early.Redirect.Status, Location(early.Redirect, Rewrite(early, path)));
            return;
        }

        var key = path.Length == 0 || path.EndsWith('/') ? ObjectKey.FromText(path + website.IndexSuffix) : requested;
        if (MayRead(bucket, key) && bucket.Index.TryOpen(key, out var stored))
        {
            try
            {
                await SendAsync(stored);
            }
            finally
            {
                stored.Body.Release();
            }

            return;
        }

        // NB-1.21: a directory asked for without its slash is one if it has an index.
        var index = ObjectKey.FromText($"{path}/{website.IndexSuffix}");
        if (path.Length > 0 && !path.EndsWith('/') && MayRead(bucket, index) && bucket.Index.TryFind(index, out _))
        {
            Redirect(302, "/" + AwsUriEncoding.Encode(path, keepSlash: true) + "/");
            return;
        }

        var fault = MayRead(bucket, key) ? exchange.Access.Missing(Caller.Anonymous, bucket, exchange.Request.HttpContext) : S3Error.AccessDenied;
        await FailAsync(website, bucket, path, fault.Error == S3Error.NoSuchKey ? S3Fault.With(S3Error.NoSuchKey, "Key", key.ToString()) : fault);
    }

    private async Task SendAsync(StoredObject stored)
    {
        if (stored.Metadata.Header(ObjectMetadata.WebsiteRedirect) is { } location)
        {
            // NB-1.25.
            Redirect(301, location);
            return;
        }

        switch (Conditions.Of(exchange).ForRead(stored))
        {
            case ConditionVerdict.NotModified:
                ObjectReads.NotModified(exchange, stored);
                return;
            case ConditionVerdict.Failed:
                await ErrorPageAsync(S3Error.PreconditionFailed, null);
                return;
        }

        if (ObjectReads.TryReadRange(exchange, stored, out var range, out var isPartial) is { } fault)
        {
            exchange.Response.Headers.ContentRange = Protocols.Http.ByteRange.Unsatisfied(stored.Length);
            await ErrorPageAsync(fault, null);
            return;
        }

        ObjectReads.Describe(exchange, stored);
        if (isPartial)
        {
            exchange.Response.StatusCode = 206;
            exchange.Response.Headers.ContentRange = range.ContentRange(stored.Length);
        }

        await ObjectReads.SendBodyAsync(exchange, stored, range.First, range.Length);
    }

    private async Task FailAsync(WebsiteModel website, Bucket bucket, string path, S3Fault fault)
    {
        if (website.Rules.FirstOrDefault(rule => rule.HttpErrorCode == fault.Error.Status && (rule.KeyPrefixEquals is null || path.StartsWith(rule.KeyPrefixEquals, StringComparison.Ordinal))) is { } late)
        {
            Redirect(late.Redirect.Status, Location(late.Redirect, Rewrite(late, path)));
            return;
        }

        if (website.ErrorKey is not { } errorKey || fault.Error.Status is < 400 or > 499)
        {
            await ErrorPageAsync(fault, null);
            return;
        }

        var key = ObjectKey.FromText(errorKey);
        if (!MayRead(bucket, key) || !bucket.Index.TryOpen(key, out var stored))
        {
            // NB-1.22: the page names both errors.
            await ErrorPageAsync(fault, MayRead(bucket, key) ? S3Error.NoSuchKey : S3Error.AccessDenied);
            return;
        }

        try
        {
            exchange.Response.StatusCode = fault.Error.Status;
            ObjectReads.Describe(exchange, stored);
            exchange.Response.Headers["x-amz-error-code"] = fault.Error.Code;
            exchange.Response.Headers["x-amz-error-message"] = fault.Message;
            await ObjectReads.SendBodyAsync(exchange, stored, 0, stored.Length);
        }
        finally
        {
            stored.Body.Release();
        }
    }

    private bool MayRead(Bucket bucket, ObjectKey key) => exchange.Access.Allows(Caller.Anonymous, bucket, key, "s3:GetObject", exchange.Request.HttpContext);

    private static string Rewrite(RoutingRule rule, string path) => rule.Redirect switch
    {
        { ReplaceKeyWith: { } key } => key,
        { ReplaceKeyPrefixWith: { } prefix } => prefix + path[(rule.KeyPrefixEquals?.Length ?? 0)..],
        _ => path,
    };

    private string Location(WebsiteRedirect redirect, string path) =>
        $"{redirect.Protocol ?? exchange.Request.Scheme}://{redirect.HostName ?? exchange.Request.Host.Value}/{AwsUriEncoding.Encode(path, keepSlash: true)}";

    private void Redirect(int status, string location)
    {
        exchange.Response.StatusCode = status;
        exchange.Response.Headers.Location = location;
        exchange.Response.ContentLength = 0;
    }

    private async Task ErrorPageAsync(S3Fault fault, S3Error? withErrorDocument)
    {
        var title = $"{fault.Error.Status} {Reason(fault.Error.Status)}";
        var page = new StringBuilder().Append(CultureInfo.InvariantCulture, $"<html>\n<head><title>{title}</title></head>\n<body>\n<h1>{title}</h1>\n<ul>\n");
        Item("Code", fault.Error.Code);
        Item("Message", fault.Message);
        foreach (var (name, value) in fault.Details)
        {
            Item(name, value);
        }

        Item("RequestId", requestId);
        Item("HostId", hostId);
        page.Append("</ul>\n");
        if (withErrorDocument is not null)
        {
            page.Append("<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n");
            Item("Code", withErrorDocument.Code);
            Item("Message", withErrorDocument.Message);
            page.Append("</ul>\n");
        }

        page.Append("<hr/>\n</body>\n</html>\n");
        exchange.Response.Headers["x-amz-error-code"] = fault.Error.Code;
        exchange.Response.Headers["x-amz-error-message"] = fault.Message;
        await exchange.ReplyAsync(fault.Error.Status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(page.ToString()));

        void Item(string name, string value) => page.Append(CultureInfo.InvariantCulture, $"<li>{name}: {WebUtility.HtmlEncode(value)}</li>\n");
    }

    private static string Reason(int status) => status switch
    {
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        412 => "Precondition Failed",
        416 => "Requested Range Not Satisfiable",
        _ => "Internal Server Error",
    };
}
