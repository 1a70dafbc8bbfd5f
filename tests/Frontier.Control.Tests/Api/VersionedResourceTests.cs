// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Tests.Harness;

namespace Frontier.Control.Tests.Api;

/// <summary>§3, §4, §5.1, §6.9 to §6.19: what holds for every kind of versioned resource.</summary>
public sealed class VersionedResourceTests
{
    public static TheoryData<string> KindsWithReference => [.. VersionedSample.All.Where(sample => sample.ReferenceChanged is not null).Select(sample => sample.Path)];

    public static TheoryData<string> Kinds => [.. VersionedSample.All.Select(sample => sample.Path)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_lives_from_create_to_delete(string path)
    {
        await using var control = await TestControl.StartAsync();
        var sample = VersionedSample.Of(path);
        var make = await sample.PrepareAsync(control);
        var created = (await control.CallAsync("POST", path, make("one"))).Expect(201);
        var one = $"{path}/{created.Text("Id")}";
        Assert.Equal(sample.Name, created.Root.Name.LocalName);
        Assert.Contains(sample.TimeElement, created.Root.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(sample.Name + "Config", created.Root.Elements().Last().Name.LocalName);
        Assert.Matches(sample.IdPattern, created.Text("Id"));
        Assert.Matches("^E[A-Z0-9]{13}$", created.ETag);
        Assert.Equal($"{control.Address}2020-05-31/{one}", created.Location);

        var shown = (await control.CallAsync("GET", one)).Expect(200);
        var config = (await control.CallAsync("GET", one + "/config")).Expect(200);
        Assert.Equal(created.Body, shown.Body);
        Assert.Equal((created.ETag, created.ETag), (shown.ETag, config.ETag)); // API-3.4
        Assert.Equal(created.Root.Elements().Last().ToString(), config.Root.ToString());

        var target = one + sample.ConfigPath;
        (await control.CallAsync("PUT", target, config.Root)).ExpectError(400, "InvalidIfMatchVersion");
        (await control.CallAsync("PUT", target, config.Root, "*")).ExpectError(400, "InvalidIfMatchVersion");
        (await control.CallAsync("PUT", target, config.Root, "E2QWRUHEXAMPLE")).ExpectError(412, "PreconditionFailed");
        (await control.CallAsync("PUT", target, (XElement?)null, config.ETag)).ExpectError(400, "MissingBody");
        var same = (await control.CallAsync("PUT", target, config.Root, config.ETag)).Expect(200); // API-5.13
        Assert.NotEqual(created.ETag, same.ETag); // API-3.1
        var updated = (await control.CallAsync("PUT", target, Commented(config.Root, "said anew"), $"\"{same.ETag}\"")).Expect(200);
        Assert.Equal("said anew", (await control.CallAsync("GET", one)).Text("Comment"));

        (await control.CallAsync("DELETE", one, (XElement?)null, created.ETag)).ExpectError(412, "PreconditionFailed");
        (await control.CallAsync("DELETE", one)).ExpectError(400, "InvalidIfMatchVersion");
        var deleted = (await control.CallAsync("DELETE", one, (XElement?)null, updated.ETag)).Expect(204);
        Assert.Equal("", deleted.Body);
        foreach (var (method, gone) in new[] { ("GET", one), ("GET", one + "/config"), ("PUT", target), ("DELETE", one) })
        {
            (await control.CallAsync(method, gone, (XElement?)null, updated.ETag)).ExpectError(404, sample.Missing);
        }
    }

    /// <summary>API-5.1 to API-5.6.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task All_are_listed_page_by_page_in_order_of_creation(string path)
    {
        await using var control = await TestControl.StartAsync();
        var sample = VersionedSample.Of(path);
        string[] head = sample.IsFamilyA ? ["Marker", "MaxItems", "IsTruncated"] : ["MaxItems"];
        var empty = (await control.CallAsync("GET", path)).Expect(200);
        Assert.Equal(sample.Name + "List", empty.Root.Name.LocalName);
        Assert.Equal([.. head, "Quantity"], empty.Root.Elements().Select(element => element.Name.LocalName));

        var make = await sample.PrepareAsync(control);
        var ids = new List<string>();
        foreach (var name in new[] { "one", "two", "three" })
        {
            ids.Add((await control.CallAsync("POST", path, make(name))).Expect(201).Text("Id")!);
        }

        var all = (await control.CallAsync("GET", path)).Expect(200);
        Assert.Equal([.. head, "Quantity", "Items"], all.Root.Elements().Select(element => element.Name.LocalName));
        Assert.All(all.Root.Element(Answer.Ns + "Items")!.Elements(), item => Assert.Equal(sample.Name + "Summary", item.Name.LocalName));
        Assert.Equal(ids, all.Texts("Id"));
        var first = (await control.CallAsync("GET", path + "?MaxItems=2")).Expect(200);
        Assert.Equal((ids[1], "2"), (first.Text("NextMarker"), first.Text("Quantity")));
        var rest = (await control.CallAsync("GET", $"{path}?MaxItems=2&Marker={ids[1]}")).Expect(200);
        Assert.Equal([ids[2]], rest.Texts("Id"));
        Assert.Null(rest.Text("NextMarker"));
        (await control.CallAsync("GET", path + "?MaxItems=0")).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("GET", path + "?Marker=none")).ExpectError(400, "InvalidArgument");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task One_survives_a_restart(string path)
    {
        await using var control = await TestControl.StartAsync();
        var make = await VersionedSample.Of(path).PrepareAsync(control);
        var created = (await control.CallAsync("POST", path, make("one"))).Expect(201);

        await control.RestartAsync();

        var shown = (await control.CallAsync("GET", $"{path}/{created.Text("Id")}")).Expect(200);
        Assert.Equal((created.Body, created.ETag), (shown.Body, shown.ETag));
    }

    /// <summary>§4: by name, by caller reference, or by both; a streaming distribution's is told apart in its own tests.</summary>
    [Theory]
    [InlineData("public-key")]
    [InlineData("key-group")]
    [InlineData("field-level-encryption")]
    [InlineData("field-level-encryption-profile")]
    public async Task A_name_or_caller_reference_stands_for_one(string path)
    {
        await using var control = await TestControl.StartAsync();
        var sample = VersionedSample.Of(path);
        var make = await sample.PrepareAsync(control);
        var first = (await control.CallAsync("POST", path, make("one"))).Expect(201);

        (await control.CallAsync("POST", path, make("one"))).ExpectError(409, sample.ErrorName + "AlreadyExists");

        (await control.CallAsync("DELETE", $"{path}/{first.Text("Id")}", (XElement?)null, first.ETag)).Expect(204);
        (await control.CallAsync("POST", path, make("one"))).Expect(201);
    }

    /// <summary>§4.</summary>
    [Theory]
    [MemberData(nameof(KindsWithReference))]
    public async Task A_caller_reference_never_changes(string path)
    {
        await using var control = await TestControl.StartAsync();
        var sample = VersionedSample.Of(path);
        var make = await sample.PrepareAsync(control);
        var created = (await control.CallAsync("POST", path, make("one"))).Expect(201);
        var config = new XElement(created.Root.Elements().Last());
        config.Element(Answer.Ns + "CallerReference")!.Value = "another";

        (await control.CallAsync("PUT", $"{path}/{created.Text("Id")}{sample.ConfigPath}", config, created.ETag)).ExpectError(400, sample.ReferenceChanged!);
    }

    /// <summary>API-3.6, and that checks are made again when the change is: of many updates that saw the same, one is made.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Of_updates_that_saw_the_same_one_wins(string path)
    {
        await using var control = await TestControl.StartAsync();
        var sample = VersionedSample.Of(path);
        var make = await sample.PrepareAsync(control);
        var created = (await control.CallAsync("POST", path, make("one"))).Expect(201);
        var config = created.Root.Elements().Last();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            control.CallAsync("PUT", $"{path}/{created.Text("Id")}{sample.ConfigPath}", Commented(config, $"by {i}"), created.ETag)));

        Assert.Equal([200, 412, 412, 412, 412, 412, 412, 412], answers.Select(answer => answer.Status).Order());
    }

    private static XElement Commented(XElement config, string comment)
    {
        var changed = new XElement(config);
        changed.Element(Answer.Ns + "Comment")!.Value = comment;
        return changed;
    }
}
