// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;
using static Frontier.Control.Tests.Harness.FunctionDocuments;

namespace Frontier.Control.Tests.Api;

/// <summary>§6.11, API-3.9, API-6.9: functions in their two stages.</summary>
public sealed class FunctionTests
{
    private const string Arn = "arn:aws:cloudfront::000000000000:function/hello-1_A";
    private const string One = "function/hello-1_A";

    [Fact]
    public async Task A_function_begins_unpublished_in_DEVELOPMENT()
    {
        await using var control = await TestControl.StartAsync();

        var created = (await control.CallAsync("POST", "function", CreateFunction("hello-1_A"))).Expect(201);

        Assert.Equal("FunctionSummary", created.Root.Name.LocalName);
        Assert.Equal(["Name", "Status", "FunctionConfig", "FunctionMetadata"], Names(created.Root));
        Assert.Equal(["Comment", "Runtime"], Names(created.Root.Element(Answer.Ns + "FunctionConfig")!));
        Assert.Equal(["FunctionARN", "Stage", "CreatedTime", "LastModifiedTime"], Names(created.Root.Element(Answer.Ns + "FunctionMetadata")!));
        Assert.Equal(("UNPUBLISHED", "DEVELOPMENT", Arn), (created.Text("Status"), created.Text("Stage"), created.Text("FunctionARN")));
        Assert.Equal($"{control.Address}2020-05-31/function/{Arn}", created.Location);
        Assert.Matches("^E[A-Z0-9]{13}$", created.ETag);
        var described = (await control.CallAsync("GET", One + "/describe")).Expect(200);
        Assert.Equal((created.Body, created.ETag), (described.Body, described.ETag));
        (await control.CallAsync("GET", One + "/describe?Stage=LIVE")).ExpectError(404, "NoSuchFunctionExists");
        (await control.CallAsync("GET", One + "?Stage=LIVE")).ExpectError(404, "NoSuchFunctionExists");
        (await control.CallAsync("GET", One + "?Stage=live")).ExpectError(400, "InvalidArgument");
    }

    /// <summary>API-1.8: the body is the source itself.</summary>
    [Fact]
    public async Task The_source_comes_back_byte_for_byte()
    {
        await using var control = await TestControl.StartAsync();
        const string Source = "// ü 😀 <&]]>\r\n\tvar x = '\u0001';\0\n";
        var created = (await control.CallAsync("POST", "function", CreateFunction("hello-1_A", Source))).Expect(201);
        await control.RestartAsync();

        var got = (await control.CallAsync("GET", One)).Expect(200);

        Assert.Equal(Source, got.Body);
        Assert.Equal(("application/octet-stream", created.ETag), (got.ContentType, got.ETag));
    }

    [Fact]
    public async Task Publishing_makes_LIVE_what_DEVELOPMENT_is_and_later_updates_leave_it_alone()
    {
        await using var control = await TestControl.StartAsync();
        var created = await control.CallAsync("POST", "function", CreateFunction("hello-1_A"));
        control.Clock.Advance(TimeSpan.FromSeconds(5));

        var published = (await control.CallAsync("POST", One + "/publish", (XElement?)null, created.ETag)).Expect(200);

        Assert.Equal(("UNASSOCIATED", "LIVE"), (published.Text("Status"), published.Text("Stage")));
        Assert.Null(published.ETag);
        var live = (await control.CallAsync("GET", One + "/describe?Stage=LIVE")).Expect(200);
        Assert.Equal(published.Body, live.Body);
        Assert.NotEqual(created.ETag, live.ETag);
        var development = (await control.CallAsync("GET", One + "/describe")).Expect(200);
        Assert.Equal(("UNASSOCIATED", created.ETag, created.Text("LastModifiedTime")), (development.Text("Status"), development.ETag, development.Text("LastModifiedTime")));

        control.Clock.Advance(TimeSpan.FromSeconds(5));
        var updated = (await control.CallAsync("PUT", One, UpdateFunction("second", "cloudfront-js-1.0", "changed"), created.ETag)).Expect(200);
        await control.RestartAsync();
        Assert.Equal("second", (await control.CallAsync("GET", One)).Expect(200).Body);
        Assert.Equal(Code, (await control.CallAsync("GET", One + "?Stage=LIVE")).Expect(200).Body);
        Assert.Equal(live.Body, (await control.CallAsync("GET", One + "/describe?Stage=LIVE")).Body);
        Assert.Equal(("cloudfront-js-1.0", "changed", created.Text("CreatedTime")), (updated.Text("Runtime"), updated.Text("Comment"), updated.Text("CreatedTime")));
        Assert.NotEqual(created.Text("LastModifiedTime"), updated.Text("LastModifiedTime"));

        (await control.CallAsync("POST", One + "/publish", (XElement?)null, updated.ETag)).Expect(200);
        var again = (await control.CallAsync("GET", One + "/describe?Stage=LIVE")).Expect(200);
        Assert.Equal(("changed", live.Text("CreatedTime")), (again.Text("Comment"), again.Text("CreatedTime")));
        Assert.NotEqual(live.ETag, again.ETag);
    }

    /// <summary>API-3.3: the model reads the new ETag from a header that it misspells.</summary>
    [Fact]
    public async Task An_update_answers_its_ETag_under_both_spellings()
    {
        await using var control = await TestControl.StartAsync();
        var created = await control.CallAsync("POST", "function", CreateFunction("hello-1_A"));

        var updated = (await control.CallAsync("PUT", One, UpdateFunction("second"), created.ETag)).Expect(200);

        Assert.NotEqual(created.ETag, updated.ETag);
        Assert.Equal([updated.ETag!], updated.Headers.GetValues("ETtag"));
        Assert.Equal(updated.ETag, (await control.CallAsync("GET", One)).ETag);
    }

    /// <summary>API-3.9: LIVE's ETag opens nothing.</summary>
    [Fact]
    public async Task Changes_take_the_ETag_of_DEVELOPMENT_and_no_other()
    {
        await using var control = await TestControl.StartAsync();
        var created = await control.CallAsync("POST", "function", CreateFunction("hello-1_A"));
        await control.CallAsync("POST", One + "/publish", (XElement?)null, created.ETag);
        var live = (await control.CallAsync("GET", One + "/describe?Stage=LIVE")).ETag;

        foreach (var (method, target, body) in new[] { ("PUT", One, UpdateFunction()), ("POST", One + "/publish", null), ("DELETE", One, null) })
        {
            (await control.CallAsync(method, target, body)).ExpectError(400, "InvalidIfMatchVersion");
            (await control.CallAsync(method, target, body, live)).ExpectError(412, "PreconditionFailed");
            (await control.CallAsync(method, target.Replace("hello", "nobody", StringComparison.Ordinal), body, live)).ExpectError(404, "NoSuchFunctionExists");
        }

        (await control.CallAsync("PUT", One, Parse("<UpdateFunctionRequest/>"), "E2QWRUHEXAMPLE")).ExpectError(412, "PreconditionFailed");
        (await control.CallAsync("DELETE", One, (XElement?)null, created.ETag)).Expect(204);
        (await control.CallAsync("GET", One)).ExpectError(404, "NoSuchFunctionExists");
        (await control.CallAsync("GET", One + "?Stage=LIVE")).ExpectError(404, "NoSuchFunctionExists");
        (await control.CallAsync("POST", "function", CreateFunction("hello-1_A"))).Expect(201);
    }

    public static TheoryData<XElement, int, string, string> Faults => new()
    {
        { CreateFunction("a b"), 400, "InvalidArgument", "[a-zA-Z0-9-_]{1,64}" },
        { CreateFunction(new string('n', 65)), 400, "InvalidArgument", "[a-zA-Z0-9-_]{1,64}" },
        { CreateFunction(""), 400, "InvalidArgument", "[a-zA-Z0-9-_]{1,64}" },
        { CreateFunction("f", runtime: "cloudfront-js-3.0"), 400, "InvalidArgument", "cloudfront-js-1.0, cloudfront-js-2.0" },
        { CreateFunction("f", code: ""), 400, "InvalidArgument", "FunctionCode" },
        { CreateFunction("f", code: new string('x', 10_241)), 413, "FunctionSizeLimitExceeded", "10241" },
        { CreateFunction("f", comment: new string('c', 129)), 400, "InvalidArgument", "Comment" },
        { CreateFunction("f", store: "arn:aws:cloudfront::000000000000:key-value-store/none"), 400, "InvalidArgument", "does not name a key value store" },
        { CreateFunction("f", tags: "<Tags><Items><Tag><Key>aws:x</Key></Tag></Items></Tags>"), 400, "InvalidTagging", "aws:" },
        { Parse("<CreateFunctionRequest><Name>f</Name></CreateFunctionRequest>"), 400, "InvalidArgument", "createFunctionRequest.functionConfig" },
        { Parse("<CreateFunctionRequest><Name>f</Name><FunctionConfig><Comment/><Runtime>cloudfront-js-2.0</Runtime></FunctionConfig><FunctionCode>%%%</FunctionCode></CreateFunctionRequest>"), 400, "InvalidArgument", "base64" },
        { Parse("<FunctionConfig/>"), 400, "MalformedXML", "CreateFunctionRequest" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_is_no_function_is_refused_by_name(XElement document, int status, string code, string words)
    {
        await using var control = await TestControl.StartAsync();

        var answer = (await control.CallAsync("POST", "function", document)).ExpectError(status, code);

        Assert.Contains(words, answer.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("0", (await control.CallAsync("GET", "function")).Text("Quantity"));
    }

    [Fact]
    public async Task Names_are_unique_and_their_number_is_bounded()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { Functions = 2 } });
        (await control.CallAsync("POST", "function", CreateFunction("a", new string('x', 10_240), comment: ""))).Expect(201);
        (await control.CallAsync("POST", "function", CreateFunction("a"))).ExpectError(409, "FunctionAlreadyExists");
        (await control.CallAsync("POST", "function", CreateFunction("A"))).Expect(201);

        (await control.CallAsync("POST", "function", CreateFunction("b"))).ExpectError(400, "TooManyFunctions");
    }

    /// <summary>Family B; the same function stands in the list once for each stage.</summary>
    [Fact]
    public async Task A_list_shows_stages_and_pages_through_them()
    {
        await using var control = await TestControl.StartAsync();
        foreach (var name in new[] { "b", "a" })
        {
            var created = await control.CallAsync("POST", "function", CreateFunction(name));
            (await control.CallAsync("POST", $"function/{name}/publish", (XElement?)null, created.ETag)).Expect(200);
        }

        await control.CallAsync("POST", "function", CreateFunction("c"));

        Assert.Equal(["b DEVELOPMENT", "b LIVE", "a DEVELOPMENT", "a LIVE", "c DEVELOPMENT"], Listed(await control.CallAsync("GET", "function")));
        Assert.Equal(["b LIVE", "a LIVE"], Listed(await control.CallAsync("GET", "function?Stage=LIVE")));
        Assert.Equal(["b DEVELOPMENT", "a DEVELOPMENT", "c DEVELOPMENT"], Listed(await control.CallAsync("GET", "function?Stage=DEVELOPMENT")));
        var first = (await control.CallAsync("GET", "function?MaxItems=2")).Expect(200);
        Assert.Equal(["NextMarker", "MaxItems", "Quantity", "Items"], Names(first.Root));
        var second = (await control.CallAsync("GET", $"function?MaxItems=3&Marker={Uri.EscapeDataString(first.Text("NextMarker")!)}")).Expect(200);
        Assert.Equal(["a DEVELOPMENT", "a LIVE", "c DEVELOPMENT"], Listed(second));
        Assert.Null(second.Text("NextMarker"));
        (await control.CallAsync("GET", "function?Stage=BETA")).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("GET", "function?Marker=nobody")).ExpectError(400, "InvalidArgument");
    }

    /// <summary>§6.13: functions have tags like distributions.</summary>
    [Fact]
    public async Task A_function_has_tags_from_its_creation_on()
    {
        await using var control = await TestControl.StartAsync();
        (await control.CallAsync("POST", "function", CreateFunction("hello-1_A", tags: "<Tags><Items><Tag><Key>team</Key><Value>web</Value></Tag></Items></Tags>"))).Expect(201);
        var resource = "Resource=" + Uri.EscapeDataString(Arn);

        (await control.CallAsync("POST", "tagging?Operation=Tag&" + resource, Tags(("stage", "one")))).Expect(204);

        Assert.Equal(["stage", "team"], (await control.CallAsync("GET", "tagging?" + resource)).Expect(200).Texts("Key"));
        (await control.CallAsync("GET", "tagging?" + resource.Replace("hello", "nobody", StringComparison.Ordinal))).ExpectError(404, "NoSuchResource");
    }

    /// <summary>No result is made up: nothing here executes functions.</summary>
    [Fact]
    public async Task TestFunction_is_refused_by_name()
    {
        await using var control = await TestControl.StartAsync();
        var created = await control.CallAsync("POST", "function", CreateFunction("hello-1_A"));

        var answer = await control.CallAsync("POST", One + "/test", Parse("<TestFunctionRequest><EventObject>e30=</EventObject></TestFunctionRequest>"), created.ETag);

        Assert.Contains("TestFunction", answer.ExpectError(501, "NotImplemented").ErrorMessage, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(XElement element) => element.Elements().Select(child => child.Name.LocalName);

    private static IEnumerable<string> Listed(Answer list) => list.Expect(200).Texts("Name").Zip(list.Texts("Stage"), (name, stage) => $"{name} {stage}");
}
