// SPDX-License-Identifier: Apache-2.0

using Frontier.Edge.Explaining;
using Frontier.Testing;

namespace Frontier.Edge.Tests.Explaining;

/// <summary>How a command finds an edge and proves who it is.</summary>
public sealed class EdgeContactTests
{
    [Fact]
    public async Task The_token_is_a_secret_of_the_owner_s_and_stays_while_the_addresses_are_those_of_the_last_start()
    {
        await using var edge = await TestEdge.StartAsync();
        var contact = EdgeContact.Find(edge.Directory)!;
        Assert.Equal((64, edge.Server.Http, edge.Server.Https), (contact.Token.Length, contact.Http, contact.Https));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(edge.Directory, "explain-token")));

        await edge.RestartAsync();
        var again = EdgeContact.Find(edge.Directory)!;
        Assert.Equal((contact.Token, edge.Server.Http), (again.Token, again.Http));
    }

    [Fact]
    public void Where_no_edge_has_run_there_is_nothing_and_where_none_runs_there_are_no_addresses()
    {
        using var directory = new TemporaryDirectory();
        Assert.Null(EdgeContact.Find(directory.Path));

        var token = EdgeContact.LoadOrCreateToken(directory.Path);
        EdgeContact.WriteAddresses(directory.Path, new(System.Net.IPAddress.Loopback, 1), new(System.Net.IPAddress.Loopback, 2));
        Assert.Equal(new EdgeContact(token, new(System.Net.IPAddress.Loopback, 1), new(System.Net.IPAddress.Loopback, 2)), EdgeContact.Find(directory.Path));

        EdgeContact.RemoveAddresses(directory.Path);
        Assert.Equal(new EdgeContact(token, null, null), EdgeContact.Find(directory.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc\n")]
    public void A_token_that_is_not_whole_is_made_anew_for_an_empty_one_would_let_everybody_ask(string content)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(Path.Combine(directory.Path, "explain-token"), content);

        Assert.Equal(64, EdgeContact.LoadOrCreateToken(directory.Path).Length);
    }
}
