// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Frontier.Control.Api.Zones;
using Frontier.Control.OwnApi;
using Frontier.Control.OwnApi.Fleet;
using Frontier.Control.OwnApi.Rollouts;
using Frontier.Control.OwnApi.Versions;
using Frontier.Control.OwnApi.Zones;
using Frontier.Control.Planning;
using Frontier.Control.Tests.Harness;
using Microsoft.OpenApi;
using Document = Microsoft.OpenApi.OpenApiDocument;

namespace Frontier.Control.Tests.OwnApi;

/// <summary>The description of Frontier's own API is valid OpenAPI and says what the server does.</summary>
public sealed partial class OpenApiTests
{
    /// <summary>The table alone is asked for; no operation is called, so none needs a store.</summary>
    internal static ImmutableArray<OwnRoute> Routes { get; } =
        OwnRoutes.Build(new VersionOperations(null!, null!), new RollbackOperations(null!, null!, null!, null!, TestControl.DefaultOptions), new AccessKeyOperations(null!, null!, TimeProvider.System), new AuditOperations(null!), new PlanRoutes(null!, TestControl.DefaultOptions),
            new FleetRoutes(new PopOperations(null!, null!, null!), new NodeOperations(null!, null!), new TokenOperations(null!, null!, null, TimeProvider.System), new StatusOperations(null!, null!, TestControl.DefaultOptions, TimeProvider.System)),
            new RolloutRoutes(null!, null!, null!, null!, null!, TestControl.DefaultOptions.Rollout, TimeProvider.System),
            new ZoneFileRoutes(new ZoneParts(null!, null!, null!, TestControl.DefaultOptions)));

    [Fact]
    public async Task The_description_is_valid_OpenAPI_3_1()
    {
        await using var control = await TestControl.StartAsync();

        var read = Document.Parse((await control.CallOwnAsync("GET", "openapi.json")).Expect(200).Body, "json");

        Assert.Empty(read.Diagnostic!.Errors.Select(error => error.ToString()));
        Assert.Empty(read.Diagnostic.Warnings.Select(warning => warning.ToString()));
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic.SpecificationVersion);
    }

    [Fact]
    public void A_description_that_is_not_valid_would_be_noticed()
    {
        var document = Frontier.Control.OwnApi.OpenApiDocument.Write(Routes);
        document["paths"]!["/frontier/v1/openapi.json"]!["get"]!.AsObject().Remove("responses");
        document["info"]!.AsObject().Remove("title");

        Assert.NotEmpty(Document.Parse(document.ToJsonString(), "json").Diagnostic!.Errors);
    }

    [Fact]
    public async Task Every_route_is_described_and_nothing_else()
    {
        await using var control = await TestControl.StartAsync();
        var paths = (await control.CallOwnAsync("GET", "openapi.json")).Expect(200).Json().GetProperty("paths");

        var described = paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject(), (path, operation) => (Key: $"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value))
            .ToDictionary(pair => pair.Key, pair => pair.Value);

        Assert.Equal(Routes.Select(route => $"{route.Method} /frontier/v1/{route.Template}").Order(StringComparer.Ordinal), described.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Routes.Length, Routes.Select(route => route.Name).Distinct().Count());
        Assert.All(Routes, route => AssertDescribed(route, described[$"{route.Method} /frontier/v1/{route.Template}"]));
    }

    /// <summary>The server's router and the table are the same list; should that ever change, this notices.</summary>
    [Fact]
    public async Task Every_route_that_is_described_is_answered()
    {
        await using var control = await TestControl.StartAsync();

        foreach (var route in Routes)
        {
            var answer = await control.CallOwnAsync(route.Method, Variable().Replace(route.Template, "1"));

            Assert.False(
                answer.Json().TryGetProperty("title", out var title) && title.GetString() == "NoSuchOperation", $"{route.Method} {route.Template} is answered with {answer.Body}");
        }
    }

    private static void AssertDescribed(OwnRoute route, JsonElement operation)
    {
        Assert.Equal(route.Name, operation.GetProperty("operationId").GetString());
        Assert.Equal(route.Summary, operation.GetProperty("summary").GetString());
        Assert.Equal(route.Changes ? "changes" : "reads", operation.GetProperty("x-frontier-access").GetString());
        Assert.Equal(route.Body is not null, operation.TryGetProperty("requestBody", out _));

        var parameters = operation.TryGetProperty("parameters", out var list) ? list.EnumerateArray().ToList() : [];
        string[] expected =
        [
            .. Variable().Matches(route.Template).Select(match => $"path {match.Groups[1].Value}"), .. route.Query.Select(parameter => $"query {parameter.Name}"), .. route.TakesIfMatch ? ["header If-Match"] : Array.Empty<string>(),
        ];
        Assert.Equal(expected, parameters.Select(parameter => $"{parameter.GetProperty("in").GetString()} {parameter.GetProperty("name").GetString()}"));

        var responses = operation.GetProperty("responses");
        Assert.Equal(route.SuccessStatus != 204, responses.GetProperty($"{route.SuccessStatus}").TryGetProperty("content", out _));
        var statuses = responses.EnumerateObject().Select(response => response.Name).ToHashSet();
        Assert.All(route.Errors, error => Assert.Contains($"{error.Status}", statuses));
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Variable();
}
