// SPDX-License-Identifier: Apache-2.0

using System.Xml.Linq;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

/// <summary>§6.16, API-6.1, API-6.17: real-time log configurations.</summary>
public sealed class RealtimeLogTests
{
    private const string Arn = "arn:aws:cloudfront::000000000000:realtime-log-config/";

    [Fact]
    public async Task One_lives_from_create_to_delete()
    {
        await using var control = await TestControl.StartAsync();
        var created = (await control.CallAsync("POST", "realtime-log-config", Request("Create", Members("one")))).Expect(201);
        Assert.Equal("CreateRealtimeLogConfigResult", created.Root.Name.LocalName);
        var config = created.Root.Elements().Single();
        Assert.Equal("RealtimeLogConfig", config.Name.LocalName);
        Assert.Equal(["ARN", "Name", "SamplingRate", "EndPoints", "Fields"], config.Elements().Select(element => element.Name.LocalName));
        Assert.Equal((Arn + "one", "one", "50"), (created.Text("ARN"), created.Text("Name"), created.Text("SamplingRate")));
        Assert.Equal(["timestamp", "cmcd-version"], created.Texts("Field"));
        Assert.Null(created.ETag); // API-3.2
        Assert.Null(created.Location);

        foreach (var target in new[] { "<Name>one</Name>", $"<ARN>{Arn}one</ARN>", $"<Name>another</Name><ARN>{Arn}one</ARN>" })
        {
            var shown = (await control.CallAsync("POST", "get-realtime-log-config", Request("Get", target))).Expect(200);
            Assert.Equal("GetRealtimeLogConfigResult", shown.Root.Name.LocalName);
            Assert.Equal(config.ToString(), shown.Root.Elements().Single().ToString());
        }

        var updated = (await control.CallAsync("PUT", "realtime-log-config", Request("Update", Members("one", rate: "100", fields: "asn")))).Expect(200);
        Assert.Equal("UpdateRealtimeLogConfigResult", updated.Root.Name.LocalName);
        Assert.Equal(("100", "asn"), (updated.Text("SamplingRate"), updated.Text("Field")));
        await control.RestartAsync();
        Assert.Equal("100", (await control.CallAsync("POST", "get-realtime-log-config", Request("Get", "<Name>one</Name>"))).Text("SamplingRate"));

        Assert.Equal("", (await control.CallAsync("POST", "delete-realtime-log-config", Request("Delete", $"<ARN>{Arn}one</ARN>"))).Expect(204).Body);
        (await control.CallAsync("POST", "get-realtime-log-config", Request("Get", "<Name>one</Name>"))).ExpectError(404, "NoSuchRealtimeLogConfig");
        (await control.CallAsync("PUT", "realtime-log-config", Request("Update", Members("one")))).ExpectError(404, "NoSuchRealtimeLogConfig");
        (await control.CallAsync("POST", "delete-realtime-log-config", Request("Delete", "<Name>one</Name>"))).ExpectError(404, "NoSuchRealtimeLogConfig");
    }

    /// <summary>API-6.1: clients of some years ago end these paths with a slash.</summary>
    [Fact]
    public async Task A_path_may_end_in_a_slash_where_it_once_did()
    {
        await using var control = await TestControl.StartAsync();
        (await control.CallAsync("POST", "realtime-log-config/", Request("Create", Members("one")))).ExpectError(404, "NoSuchOperation");
        (await control.CallAsync("POST", "realtime-log-config", Request("Create", Members("one")))).Expect(201);

        (await control.CallAsync("POST", "get-realtime-log-config/", Request("Get", "<Name>one</Name>"))).Expect(200);
        (await control.CallAsync("PUT", "realtime-log-config/", Request("Update", Members("one", rate: "7")))).Expect(200);
        (await control.CallAsync("POST", "distributionsByRealtimeLogConfig/", Parse(
            "<ListDistributionsByRealtimeLogConfigRequest><RealtimeLogConfigName>one</RealtimeLogConfigName></ListDistributionsByRealtimeLogConfigRequest>"))).Expect(200);
        (await control.CallAsync("POST", "delete-realtime-log-config/", Request("Delete", "<Name>one</Name>"))).Expect(204);
        foreach (var method in new[] { "GET", "DELETE" })
        {
            (await control.CallAsync(method, "distributions/ENONE/monitoring-subscription/")).ExpectError(404, "NoSuchDistribution");
        }

        (await control.CallAsync("POST", "get-realtime-log-config//", Request("Get", "<Name>one</Name>"))).ExpectError(404, "NoSuchOperation");
    }

    [Theory]
    [InlineData("<SamplingRate>50</SamplingRate>", "<SamplingRate>0</SamplingRate>")]
    [InlineData("<SamplingRate>50</SamplingRate>", "<SamplingRate>101</SamplingRate>")]
    [InlineData("<SamplingRate>50</SamplingRate>", "<SamplingRate>1.5</SamplingRate>")]
    [InlineData("<SamplingRate>50</SamplingRate>", "")]
    [InlineData("Kinesis<", "Kafka<")]
    [InlineData("arn:aws:iam::123456789012:role/r", "arn:aws:iam::123456789012:user/r")]
    [InlineData("arn:aws:kinesis:us-east-1:123456789012:stream/s", "stream")]
    [InlineData("<Field>cmcd-version</Field>", "<Field>timestamp</Field>")]
    [InlineData("<Field>cmcd-version</Field>", "<Field>cs(Host)</Field>")]
    [InlineData("<Field>timestamp</Field><Field>cmcd-version</Field>", "")]
    [InlineData("<Name>one</Name>", "<Name>a name</Name>")]
    [InlineData("</EndPoints>", "<member><StreamType>Kinesis</StreamType><KinesisStreamConfig><RoleARN>arn:aws:iam::123456789012:role/r</RoleARN><StreamARN>arn:aws:kinesis:us-east-1:123456789012:stream/s</StreamARN></KinesisStreamConfig></member></EndPoints>")]
    public async Task What_does_not_fit_is_refused(string good, string bad)
    {
        await using var control = await TestControl.StartAsync();
        Assert.Contains(good, Members("one"), StringComparison.Ordinal);

        (await control.CallAsync("POST", "realtime-log-config", Request("Create", Members("one").Replace(good, bad, StringComparison.Ordinal)))).ExpectError(400, "InvalidArgument");
    }

    /// <summary>An update replaces every member, so none may be left out.</summary>
    [Theory]
    [InlineData("<SamplingRate>50</SamplingRate>")]
    [InlineData("<Name>one</Name>")]
    public async Task An_update_says_everything(string left)
    {
        await using var control = await TestControl.StartAsync();
        (await control.CallAsync("POST", "realtime-log-config", Request("Create", Members("one")))).Expect(201);

        (await control.CallAsync("PUT", "realtime-log-config", Request("Update", Members("one").Replace(left, "", StringComparison.Ordinal)))).ExpectError(400, "InvalidArgument");
    }

    [Theory]
    [InlineData("", 400, "InvalidArgument")]
    [InlineData("<ARN>one</ARN>", 400, "InvalidArgument")]
    [InlineData("<ARN>arn:aws:cloudfront::000000000000:distribution/one</ARN>", 404, "NoSuchRealtimeLogConfig")]
    [InlineData("<ARN>arn:aws:cloudfront::111111111111:realtime-log-config/one</ARN>", 404, "NoSuchRealtimeLogConfig")]
    public async Task A_target_is_a_name_or_an_arn_of_this_account(string target, int status, string error)
    {
        await using var control = await TestControl.StartAsync();
        (await control.CallAsync("POST", "realtime-log-config", Request("Create", Members("one")))).Expect(201);

        (await control.CallAsync("POST", "get-realtime-log-config", Request("Get", target))).ExpectError(status, error);
        (await control.CallAsync("POST", "delete-realtime-log-config", Request("Delete", target))).ExpectError(status, error);
    }

    /// <summary>§5.1: family A, and yet no Quantity.</summary>
    [Fact]
    public async Task All_are_listed_within_the_quota()
    {
        await using var control = await TestControl.StartAsync(options => options with { Quotas = new Quotas { RealtimeLogConfigs = 2 } });
        (await control.CallAsync("POST", "realtime-log-config", Request("Create", Members("one")))).Expect(201);
        (await control.CallAsync("POST", "realtime-log-config", Request("Create", Members("one")))).ExpectError(409, "RealtimeLogConfigAlreadyExists");
        (await control.CallAsync("POST", "realtime-log-config", Request("Create", Members("two")))).Expect(201);
        (await control.CallAsync("POST", "realtime-log-config", Request("Create", Members("three")))).ExpectError(400, "TooManyRealtimeLogConfigs");

        var list = (await control.CallAsync("GET", "realtime-log-config?MaxItems=1")).Expect(200);
        Assert.Equal("RealtimeLogConfigs", list.Root.Name.LocalName);
        Assert.Equal(["Marker", "NextMarker", "MaxItems", "IsTruncated", "Items"], list.Root.Elements().Select(element => element.Name.LocalName));
        Assert.Equal(["member"], list.Root.Element(Answer.Ns + "Items")!.Elements().Select(element => element.Name.LocalName));
        Assert.Equal("two", (await control.CallAsync("GET", "realtime-log-config?Marker=" + list.Text("NextMarker"))).Text("Name"));
    }

    /// <summary>§6.2, API-5.11.</summary>
    [Fact]
    public async Task One_that_a_behavior_names_stays_and_tells_who_uses_it()
    {
        await using var control = await TestControl.StartAsync();
        (await control.CallAsync("POST", "realtime-log-config", Request("Create", Members("one")))).Expect(201);
        (await control.CallAsync("POST", "realtime-log-config", Request("Create", Members("two")))).Expect(201);
        (await control.CallAsync("POST", "distribution", Distribution("other"))).Expect(201);
        await control.PlantDistributionAsync("EUSER", ("DefaultCacheBehavior", $"+<RealtimeLogConfigArn>{Arn}one</RealtimeLogConfigArn>"));

        foreach (var target in new[] { "<RealtimeLogConfigName>one</RealtimeLogConfigName>", $"<RealtimeLogConfigArn>{Arn}one</RealtimeLogConfigArn>" })
        {
            var users = (await ListAsync(target + "<MaxItems>7</MaxItems>")).Expect(200);
            Assert.Equal(("DistributionList", "7", "1"), (users.Root.Name.LocalName, users.Text("MaxItems"), users.Text("Quantity")));
            Assert.Equal("EUSER", users.Root.Descendants(Answer.Ns + "DistributionSummary").Single().Element(Answer.Ns + "Id")!.Value);
        }

        Assert.Equal("0", (await ListAsync("<RealtimeLogConfigName>two</RealtimeLogConfigName>")).Expect(200).Text("Quantity"));
        (await ListAsync("<RealtimeLogConfigName>none</RealtimeLogConfigName>")).ExpectError(400, "InvalidArgument");
        (await ListAsync("")).ExpectError(400, "InvalidArgument");
        (await ListAsync("<RealtimeLogConfigName>one</RealtimeLogConfigName><MaxItems>x</MaxItems>")).ExpectError(400, "InvalidArgument");
        (await control.CallAsync("POST", "delete-realtime-log-config", Request("Delete", "<Name>one</Name>"))).ExpectError(400, "RealtimeLogConfigInUse");
        (await control.CallAsync("POST", "delete-realtime-log-config", Request("Delete", "<Name>two</Name>"))).Expect(204);

        Task<Answer> ListAsync(string members) =>
            control.CallAsync("POST", "distributionsByRealtimeLogConfig", Parse($"<ListDistributionsByRealtimeLogConfigRequest>{members}</ListDistributionsByRealtimeLogConfigRequest>"));
    }

    private static XElement Request(string verb, string members) => Parse($"<{verb}RealtimeLogConfigRequest>{members}</{verb}RealtimeLogConfigRequest>");

    private static string Members(string name, string rate = "50", string fields = "timestamp cmcd-version") =>
        "<EndPoints><member><StreamType>Kinesis</StreamType><KinesisStreamConfig><RoleARN>arn:aws:iam::123456789012:role/r</RoleARN>"
        + "<StreamARN>arn:aws:kinesis:us-east-1:123456789012:stream/s</StreamARN></KinesisStreamConfig></member></EndPoints>"
        + $"<Fields>{string.Concat(fields.Split(' ').Select(field => $"<Field>{field}</Field>"))}</Fields><Name>{name}</Name><SamplingRate>{rate}</SamplingRate>";
}
