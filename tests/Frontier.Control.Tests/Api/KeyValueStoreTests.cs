// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;
using static Frontier.Control.Tests.Harness.FunctionDocuments;

namespace Frontier.Control.Tests.Api;

/// <summary>§6.12, API-6.11: key value stores as resources.</summary>
public sealed class KeyValueStoreTests
{
    private const string One = "key-value-store/one";

    [Fact]
    public async Task A_store_lives_from_create_to_delete()
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", "key-value-store", CreateKeyValueStore("one"))).Expect(201);
        Assert.Equal("KeyValueStore", created.Root.Name.LocalName);
        Assert.Equal(["Name", "Id", "Comment", "ARN", "Status", "LastModifiedTime"], created.Root.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(("one", "a comment", "READY"), (created.Text("Name"), created.Text("Comment"), created.Text("Status")));
        Assert.Equal($"arn:aws:cloudfront::000000000000:key-value-store/{created.Text("Id")}", created.Text("ARN"));
        Assert.Equal($"{control.Address}2020-05-31/{One}", created.Location);
        (await control.CallAsync("POST", "key-value-store", CreateKeyValueStore("one"))).ExpectError(409, "EntityAlreadyExists");

        await control.RestartAsync();
        var described = (await control.CallAsync("GET", One)).Expect(200);
        Assert.Equal((created.Body, created.ETag), (described.Body, described.ETag));
        (await control.CallAsync("PUT", One, UpdateKeyValueStore("changed"))).ExpectError(400, "InvalidIfMatchVersion");
        (await control.CallAsync("PUT", One, UpdateKeyValueStore("changed"), "E2QWRUHEXAMPLE")).ExpectError(412, "PreconditionFailed");
        (await control.CallAsync("PUT", One, UpdateKeyValueStore(new string('c', 129)), created.ETag)).ExpectError(400, "InvalidArgument");
        var updated = (await control.CallAsync("PUT", One, UpdateKeyValueStore("changed"), created.ETag)).Expect(200);
        Assert.Equal(("changed", created.Text("ARN")), (updated.Text("Comment"), updated.Text("ARN")));

        (await control.CallAsync("DELETE", One, (XElement?)null, created.ETag)).ExpectError(412, "PreconditionFailed");
        (await control.CallAsync("DELETE", One, (XElement?)null, updated.ETag)).Expect(204);
        foreach (var method in new[] { "GET", "PUT", "DELETE" })
        {
            (await control.CallAsync(method, One, (XElement?)null, updated.ETag)).ExpectError(404, "EntityNotFound");
        }
    }

    public static TheoryData<XElement, string, string> Faults => new()
    {
        { CreateKeyValueStore("a/b"), "InvalidArgument", "[a-zA-Z0-9-_]{1,64}" },
        { CreateKeyValueStore("one", new string('c', 129)), "InvalidArgument", "Comment" },
        { Parse("<CreateKeyValueStoreRequest/>"), "InvalidArgument", "createKeyValueStoreRequest.name" },
        { CreateKeyValueStore("one", inner: "<ImportSource><SourceType>FTP</SourceType><SourceARN>x</SourceARN></ImportSource>"), "InvalidArgument", "[S3]" },
        { CreateKeyValueStore("one", inner: ImportSource("arn:aws:s3:::bucket/key")), "InvalidArgument", "knows no bucket server" },
        { CreateKeyValueStore("one", inner: "<Tags><Items><Tag><Key>aws:x</Key></Tag></Items></Tags>"), "InvalidTagging", "aws:" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_is_no_store_is_refused_by_name(XElement document, string code, string words)
    {
        await using var control = await TestControl.StartAsync();

        var answer = (await control.CallAsync("POST", "key-value-store", document)).ExpectError(400, code);

        Assert.Contains(words, answer.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal("0", (await control.CallAsync("GET", "key-value-store")).Text("Quantity"));
    }

    /// <summary>Family B.</summary>
    [Fact]
    public async Task Stores_are_listed_in_pages_and_their_number_is_bounded()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { KeyValueStores = 3 } });
        foreach (var name in new[] { "c", "a", "b" })
        {
            (await control.CallAsync("POST", "key-value-store", CreateKeyValueStore(name, comment: null))).Expect(201);
        }

        (await control.CallAsync("POST", "key-value-store", CreateKeyValueStore("d"))).ExpectError(400, "EntityLimitExceeded");
        var first = (await control.CallAsync("GET", "key-value-store?MaxItems=2&Status=READY")).Expect(200);
        Assert.Equal(["NextMarker", "MaxItems", "Quantity", "Items"], first.Root.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(["c", "a"], first.Texts("Name"));
        Assert.Equal(["b"], (await control.CallAsync("GET", $"key-value-store?Marker={first.Text("NextMarker")}")).Expect(200).Texts("Name"));
        Assert.Empty((await control.CallAsync("GET", "key-value-store?Status=PROVISIONING")).Expect(200).Texts("Name"));
    }

    /// <summary>API-5.11, §9.1: the association of a function holds a store, in either stage.</summary>
    [Fact]
    public async Task A_store_that_a_function_reads_stays()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { FunctionsPerKeyValueStore = 1 } });
        var created = await control.CallAsync("POST", "key-value-store", CreateKeyValueStore("one"));
        var arn = created.Text("ARN");
        (await control.CallAsync("POST", "function", CreateFunction("f", runtime: "cloudfront-js-1.0", store: arn))).ExpectError(400, "InvalidArgument");
        var function = (await control.CallAsync("POST", "function", CreateFunction("f", store: arn))).Expect(201);
        Assert.Equal([arn!], function.Texts("KeyValueStoreARN"));
        Assert.Contains("maximum", (await control.CallAsync("POST", "function", CreateFunction("g", store: arn))).ExpectError(400, "InvalidArgument").ErrorMessage, StringComparison.Ordinal);
        (await control.CallAsync("DELETE", One, (XElement?)null, created.ETag)).ExpectError(409, "CannotDeleteEntityWhileInUse");

        (await control.CallAsync("POST", "function/f/publish", (XElement?)null, function.ETag)).Expect(200);
        var updated = (await control.CallAsync("PUT", "function/f", UpdateFunction(), function.ETag)).Expect(200);
        (await control.CallAsync("DELETE", One, (XElement?)null, created.ETag)).ExpectError(409, "CannotDeleteEntityWhileInUse");

        (await control.CallAsync("POST", "function/f/publish", (XElement?)null, updated.ETag)).Expect(200);
        (await control.CallAsync("DELETE", One, (XElement?)null, created.ETag)).Expect(204);
    }

    [Fact]
    public async Task A_store_has_tags_from_its_creation_on()
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", "key-value-store", CreateKeyValueStore("one", inner: "<Tags><Items><Tag><Key>team</Key><Value>web</Value></Tag></Items></Tags>"))).Expect(201);

        var tags = (await control.CallAsync("GET", $"tagging?Resource={Uri.EscapeDataString(created.Text("ARN")!)}")).Expect(200);

        Assert.Equal(["web"], tags.Texts("Value"));
    }
}
