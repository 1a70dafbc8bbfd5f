// SPDX-License-Identifier: Apache-2.0

using System.Text;
using Frontier.Control.Tests.Harness;
using static Frontier.Control.Tests.Harness.Documents;

namespace Frontier.Control.Tests.Api;

/// <summary>API-1.5 to API-1.13: odd but legal XML is understood, faulty XML is refused with all its faults.</summary>
public sealed class DocumentTests
{
    [Fact]
    public async Task A_document_without_namespace_in_another_order_with_unknown_elements_is_understood()
    {
        await using var control = await TestControl.StartAsync();
        var root = Distribution("ref-1", ("", "+<Aliases><Items/><Quantity>0</Quantity></Aliases>"), ("", "+<NewerSetting><Deep>1</Deep></NewerSetting>"));
        root.ReplaceNodes(root.Elements().Reverse().ToList());
        foreach (var element in root.DescendantsAndSelf())
        {
            element.Name = element.Name.LocalName;
            element.ReplaceAttributes();
        }

        var created = (await control.CallAsync("POST", "distribution", root)).Expect(201);

        Assert.Equal("ref-1", created.Text("CallerReference"));
        Assert.Null(created.Text("NewerSetting"));
    }

    [Theory]
    [InlineData("", "MissingBody", "")]
    [InlineData(" \n ", "MissingBody", "")]
    [InlineData("<DistributionConfig>", "MalformedXML", "line 1, position")]
    [InlineData("not xml", "MalformedXML", "line 1, position 1")]
    [InlineData("<InvalidationBatch/>", "MalformedXML", "'DistributionConfig'")]
    [InlineData("<!DOCTYPE d [<!ENTITY e 'x'>]><DistributionConfig>&e;</DistributionConfig>", "MalformedXML", "DTD")]
    public async Task A_body_that_is_no_document_is_refused(string body, string code, string says)
    {
        await using var control = await TestControl.StartAsync();

        var answer = (await control.CallAsync("POST", "distribution", Encoding.UTF8.GetBytes(body))).ExpectError(400, code);

        Assert.Contains(says, answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_nested_too_deep_is_refused_before_it_is_read()
    {
        await using var control = await TestControl.StartAsync();
        var body = string.Concat(Enumerable.Repeat("<a>", 40)) + string.Concat(Enumerable.Repeat("</a>", 40));

        var answer = await control.CallAsync("POST", "distribution", Encoding.UTF8.GetBytes(body));

        Assert.Contains("32 levels", answer.ExpectError(400, "MalformedXML").ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_fault_of_a_document_is_named_in_one_answer()
    {
        await using var control = await TestControl.StartAsync();
        var root = Distribution("ref-1", ("Origins/Items/Origin/DomainName", null), ("DefaultCacheBehavior/ViewerProtocolPolicy", "sometimes"), ("Enabled", "perhaps"), ("Comment", null));

        var message = (await control.CallAsync("POST", "distribution", root)).ExpectError(400, "InvalidArgument").ErrorMessage!;

        Assert.StartsWith("4 validation errors detected: ", message, StringComparison.Ordinal);
        Assert.Contains("Value null at 'distributionConfig.origins.items.1.member.domainName' failed to satisfy constraint: Member must not be null", message, StringComparison.Ordinal);
        Assert.Contains("Value 'sometimes' at 'distributionConfig.defaultCacheBehavior.viewerProtocolPolicy' failed to satisfy constraint: Member must satisfy enum value set: [allow-all, https-only, redirect-to-https]", message, StringComparison.Ordinal);
        Assert.Contains("'distributionConfig.enabled'", message, StringComparison.Ordinal);
        Assert.Contains("'distributionConfig.comment'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quantity_that_is_not_the_number_of_items_is_inconsistent()
    {
        await using var control = await TestControl.StartAsync();

        (await control.CallAsync("POST", "distribution", Distribution("ref-1", ("Origins/Quantity", "2")))).ExpectError(400, "InconsistentQuantities");
    }

    /// <summary>Characters of every kind come back as they went in, line ends included.</summary>
    [Fact]
    public async Task Text_comes_back_as_it_was_sent()
    {
        await using var control = await TestControl.StartAsync();
        const string comment = " a & b < c > \"d\" 'é' 日本 \r\n\t 🙂 ";
        var root = Distribution();
        root.Element(Answer.Ns + "Comment")!.Value = comment;
        using var buffer = new MemoryStream();
        using (var writer = System.Xml.XmlWriter.Create(buffer, new System.Xml.XmlWriterSettings { NewLineHandling = System.Xml.NewLineHandling.Entitize }))
        {
            root.Save(writer);
        }

        var created = (await control.CallAsync("POST", "distribution", buffer.ToArray())).Expect(201);

        Assert.Equal(comment, (await control.CallAsync("GET", $"distribution/{created.Text("Id")}/config")).Text("Comment"));
    }
}
