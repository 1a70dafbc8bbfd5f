// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Frontier.Control.Api;
using Frontier.Control.Domain;
using Microsoft.AspNetCore.Http;

namespace Frontier.Control.OwnApi;

/// <summary>What the routes are, in OpenAPI 3.1. Made of the table alone, so that it cannot say anything else. Pure.</summary>
internal static class OpenApiDocument
{
    public const string Path = "openapi.json";

    private const string Json = "application/json";

    private const string Schemes = "sigv4";

    /// <summary>What any operation may answer.</summary>
    private static readonly ImmutableArray<ApiError> Anywhere =
    [
        ApiErrors.InvalidArgument, ApiErrors.MissingAuthenticationToken, ApiErrors.InvalidClientTokenId, ApiErrors.IncompleteSignature, ApiErrors.SignatureDoesNotMatch,
        ApiErrors.NoSuchOperation, ApiErrors.RequestTooLarge, ApiErrors.InternalFailure, ApiErrors.StoreUnavailable,
    ];

    /// <summary>What may go wrong with any change.</summary>
    private static readonly ImmutableArray<ApiError> Changing = [ApiErrors.InsufficientStorage, ApiErrors.ServiceUnavailable];

    /// <summary>The route that answers with the description of these and of itself.</summary>
    public static OwnRoute Describe(ImmutableArray<OwnRoute> routes) =>
        new("DescribeApi", "GET", Path, "This description", Changes: false, (_, _) => Task.FromResult(new ApiResponse { Content = WriteContent(routes) }));

    public static JsonObject Write(ImmutableArray<OwnRoute> routes)
    {
        var paths = new JsonObject();
        foreach (var route in routes)
        {
            var path = OwnPaths.Prefix + route.Template;
            paths[path] ??= new JsonObject();
            paths[path]!.AsObject().Add(route.Method.ToLowerInvariant(), WriteOperation(route));
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Frontier",
                ["version"] = "1",
                ["description"] = "What Frontier can do beside CloudFront's API. The same listener, the same access keys.",
                ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
            },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject { [nameof(ProblemDocument)] = SchemaOf(OwnJson.Default.ProblemDocument) },
                ["securitySchemes"] = new JsonObject
                {
                    [Schemes] = new JsonObject
                    {
                        ["type"] = "apiKey",
                        ["name"] = "Authorization",
                        ["in"] = "header",
                        ["description"] = "AWS Signature Version 4 for the service cloudfront, in any region.",
                    },
                },
            },
            ["security"] = new JsonArray(new JsonObject { [Schemes] = new JsonArray() }),
        };
    }

    private static ApiContent WriteContent(ImmutableArray<OwnRoute> routes) =>
        new(JsonSerializer.SerializeToUtf8Bytes(Write([.. routes, Describe(routes)]), OwnJson.Default.JsonObject), Json);

    private static JsonObject WriteOperation(OwnRoute route)
    {
        var operation = new JsonObject { ["operationId"] = route.Name, ["summary"] = route.Summary };
        if (route.Description is { } description)
        {
            operation["description"] = description;
        }

        operation["x-frontier-access"] = route.Changes ? "changes" : "reads";
        if (Parameters(route) is { Count: > 0 } parameters)
        {
            operation["parameters"] = parameters;
        }

        if (route.Body is { } body)
        {
            operation["requestBody"] = new JsonObject { ["required"] = !route.BodyIsOptional, ["content"] = Content(Json, SchemaOf(body)) };
        }

        operation["responses"] = Responses(route);
        return operation;
    }

    private static JsonArray Parameters(OwnRoute route)
    {
        var parameters = new List<JsonObject>();
        foreach (var segment in route.Template.Split('/').Where(static segment => segment.StartsWith('{')))
        {
            parameters.Add(Parameter(segment.Trim('{', '}'), "path", "string", null));
        }

        foreach (var query in route.Query)
        {
            parameters.Add(Parameter(query.Name, "query", query.Type, query.Description));
        }

        if (route.TakesIfMatch)
        {
            parameters.Add(Parameter("If-Match", "header", "string", "The ETag that what is changed must have; left out, any will do."));
        }

        return new JsonArray([.. parameters]);
    }

    private static JsonObject Parameter(string name, string place, string type, string? description)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place, ["required"] = place == "path", ["schema"] = new JsonObject { ["type"] = type } };
        if (description is not null)
        {
            parameter["description"] = description;
        }

        return parameter;
    }

    private static JsonObject Responses(OwnRoute route)
    {
        var success = new JsonObject { ["description"] = "Done." };
        if (route.SuccessStatus != StatusCodes.Status204NoContent)
        {
            success["content"] = Content(Json, route.Answer is { } answer ? SchemaOf(answer) : new JsonObject { ["type"] = "object" });
        }

        var responses = new JsonObject { [Name(route.SuccessStatus)] = success };
        ApiError[] errors = [.. Anywhere, .. route.Errors, .. route.Changes ? Changing : []];
        foreach (var group in errors.DistinctBy(static error => error.Code).GroupBy(static error => error.Status).OrderBy(static group => group.Key))
        {
            responses[Name(group.Key)] = new JsonObject
            {
                ["description"] = string.Join(", ", group.Select(static error => error.Code)),
                ["content"] = Content(ProblemForm.ContentType, new JsonObject { ["$ref"] = $"#/components/schemas/{nameof(ProblemDocument)}" }),
            };
        }

        return responses;
    }

    private static JsonObject Content(string type, JsonNode schema) => new() { [type] = new JsonObject { ["schema"] = schema } };

    private static JsonNode SchemaOf(JsonTypeInfo type)
    {
        var schema = type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        return PlainSchema.Of(schema, schema)!;
    }

    private static string Name(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
