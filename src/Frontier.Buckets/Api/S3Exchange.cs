// SPDX-License-Identifier: Apache-2.0

using System.Globalization;
using System.Net.Mime;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Frontier.Buckets.Access;
using Frontier.Buckets.Objects;
using Frontier.Protocols.SigV4;
using Microsoft.AspNetCore.Http;

namespace Frontier.Buckets.Api;

/// <summary>One verified request on its way through an operation, and the means to answer it.</summary>
internal sealed class S3Exchange(
    HttpContext http, S3Target target, SignableRequest signable, Authentication authentication, BucketStore store, AccessCheck access, BucketOptions options, TimeProvider clock)
{
    /// <summary>Documents of operations are bounded by this: 10,000 parts or 1,000 keys fit.</summary>
    public const int MaxDocumentBytes = 4 << 20;

    private readonly List<KeyValuePair<string, string>> _query = [.. CanonicalRequest.SplitQuery(target.RawQuery)];

    public HttpRequest Request => http.Request;

    public HttpResponse Response => http.Response;

    public S3Target Target => target;

    public SignableRequest Signable => signable;

    public Caller Caller => authentication.Caller;

    public BucketStore Store => store;

    public AccessCheck Access => access;

    public BucketOptions Options => options;

    public CancellationToken Aborted => http.RequestAborted;

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>The bucket addressed; only operations on a bucket or an object ask.</summary>
    public Bucket Bucket
    {
        get => field ?? throw new InvalidOperationException("The operation is not one on a bucket.");
        set;
    }

    /// <summary>The object addressed; only operations on an object ask.</summary>
    public ObjectKey Key => target.Key ?? throw new InvalidOperationException("The operation is not one on an object.");

    public bool IsHead => HttpMethods.IsHead(http.Request.Method);

    public string? Query(string name) => _query.FirstOrDefault(pair => pair.Key == name).Value;

    public bool HasQuery(string name) => _query.Exists(pair => pair.Key == name);

    public IEnumerable<KeyValuePair<string, string>> QueryPairs => _query;

    /// <summary>A request header, or null when absent or empty.</summary>
    public string? Header(string name) => http.Request.Headers[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>A number between bounds from the query; a larger one is cut to the bound, as S3 does for page sizes.</summary>
    public S3Fault? TryReadNumber(string name, int otherwise, int max, out int number)
    {
        number = otherwise;
        if (Query(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return new S3Fault(S3Error.InvalidArgument, $"Provided {name} not an integer or within integer range", new("ArgumentName", name), new("ArgumentValue", text));
        }

        number = Math.Min(number, max);
        return null;
    }

    public S3Fault? TryOpenBody(ChecksumAlgorithm? compute, out BodyReader? reader) => BodyReader.TryOpen(http.Request, authentication.Payload, compute, out reader);

    /// <summary>Reads a small body whole and checks all that was said of it.</summary>
    public async Task<(byte[] Document, S3Fault? Fault)> ReadDocumentAsync(int maxBytes = MaxDocumentBytes)
    {
        if (TryOpenBody(null, out var reader) is { } fault)
        {
            return ([], fault);
        }

        using (reader)
        {
            return await reader!.ReadAllAsync(maxBytes, Aborted);
        }
    }

    public async Task<(XElement? Root, S3Fault? Fault)> ReadXmlAsync(string root)
    {
        var (document, fault) = await ReadDocumentAsync();
        return fault is not null ? (null, fault) : S3Xml.TryParse(document, root, out var element) ? (element, null) : (null, S3Error.MalformedXml);
    }

    public async Task<S3Fault?> ReplyXmlAsync(string root, Action<XmlWriter> content)
    {
        await ReplyAsync(200, MediaTypeNames.Application.Xml, S3Xml.Write(root, content));
        return null;
    }

    public async Task ReplyAsync(int status, string contentType, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        http.Response.ContentLength = body.Length;
        if (!IsHead)
        {
            await http.Response.Body.WriteAsync(body, Aborted);
        }
    }

    /// <summary>An answer without body, which is how most changes are confirmed.</summary>
    public S3Fault? Reply(int status)
    {
        http.Response.StatusCode = status;
        if (status != 204)
        {
            http.Response.ContentLength = 0;
        }

        return null;
    }

    public async Task ReplyFaultAsync(S3Fault fault, string requestId, string hostId)
    {
        if (fault.Error == S3Error.InvalidRange && fault.Details.FirstOrDefault(static detail => detail.Key == "ActualObjectSize").Value is { } size)
        {
            http.Response.Headers.ContentRange = $"bytes */{size}";
        }

        var document = S3Xml.Write(
            "Error",
            writer =>
            {
                writer.Element("Code", fault.Error.Code);
                writer.Element("Message", fault.Message);
                foreach (var (name, value) in fault.Details)
                {
                    writer.Element(name, value);
                }

                if (target.Key is { } key && fault.Error == S3Error.NoSuchKey)
                {
                    writer.Element("Key", key.ToString());
                }

                if (target.Bucket is { } bucket && fault.Error == S3Error.NoSuchBucket)
                {
                    writer.Element("BucketName", bucket);
                }

                writer.Element("Resource", Encoding.UTF8.GetString(AwsUriEncoding.Decode(target.RawPath)));
                writer.Element("RequestId", requestId);
                writer.Element("HostId", hostId);
            },
            xmlNamespace: null);
        await ReplyAsync(fault.Error.Status, MediaTypeNames.Application.Xml, document);
    }
}
