// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Architecture.Tests;

/// <summary>Who may reference whom (<c>design.md</c> §2). What a project reaches through another counts: references are transitive.</summary>
public sealed class ReferenceRulesTests
{
    private const string Program = "Frontier";

    public static TheoryData<string, string[]> MayReach() => new()
    {
        { "Frontier.Protocols", [] },
        { "Frontier.Contracts", ["Frontier.Protocols"] },
        { "Frontier.Decisions", ["Frontier.Protocols", "Frontier.Contracts"] },
        { "Frontier.Caching", ["Frontier.Protocols"] },
        { "Frontier.Http", ["Frontier.Protocols"] },
        { "Frontier.Geo", [] },
        { "Frontier.Dns", ["Frontier.Protocols", "Frontier.Contracts", "Frontier.Decisions", "Frontier.Geo"] },
        { "Frontier.Usage", ["Frontier.Protocols"] },
        { "Frontier.Buckets", ["Frontier.Protocols"] },
        { "Frontier.Control", ["Frontier.Protocols", "Frontier.Contracts", "Frontier.Decisions"] },
        { "Frontier.Control.Sqlite", ["Frontier.Protocols", "Frontier.Contracts", "Frontier.Decisions", "Frontier.Control"] },
        { "Frontier.Control.Postgres", ["Frontier.Protocols", "Frontier.Contracts", "Frontier.Decisions", "Frontier.Control"] },
        { "Frontier.Edge", ["Frontier.Protocols", "Frontier.Contracts", "Frontier.Decisions", "Frontier.Caching", "Frontier.Geo", "Frontier.Http", "Frontier.Usage"] },
    };

    [Theory]
    [MemberData(nameof(MayReach))]
    public void A_project_reaches_only_what_it_may(string project, string[] allowed) =>
        Assert.Empty(Repository.Reached(project).Except(allowed));

    [Fact]
    public void Edge_and_Control_never_reference_each_other()
    {
        Assert.DoesNotContain(Repository.Reached("Frontier.Edge"), project => project.StartsWith("Frontier.Control", StringComparison.Ordinal));
        Assert.DoesNotContain("Frontier.Edge", Repository.Reached("Frontier.Control"));
    }

    [Fact]
    public void Control_never_uses_the_cache_engine() => Assert.DoesNotContain("Frontier.Caching", Repository.Reached("Frontier.Control"));

    [Fact]
    public void Nothing_references_the_program()
    {
        Assert.Contains(Program, Repository.Projects.Keys);
        Assert.All(Repository.Projects.Keys, project => Assert.DoesNotContain(Program, Repository.Reached(project)));
    }

    [Fact]
    public void SQL_drivers_live_only_in_the_store_projects()
    {
        string[] stores = ["Frontier.Control.Sqlite", "Frontier.Control.Postgres"];
        string[] drivers = ["SQLitePCLRaw", "Npgsql", "Dapper", "Microsoft.Data", "Microsoft.EntityFrameworkCore", "System.Data"];
        var users = Repository.Projects.Values
            .Where(project => project.Packages.Any(package => drivers.Any(driver => package.StartsWith(driver, StringComparison.OrdinalIgnoreCase))))
            .Select(project => project.Name).ToList();

        Assert.Equal(stores.Order(), users.Order());
    }

    [Theory]
    [InlineData("Frontier.Control.Sqlite")]
    [InlineData("Frontier.Control.Postgres")]
    public void Only_the_program_reaches_a_store_project(string store)
    {
        var users = Repository.Projects.Keys.Where(project => Repository.Reached(project).Contains(store));

        Assert.Equal([Program], users);
    }

    [Theory]
    [InlineData("Frontier.Protocols")]
    [InlineData("Frontier.Contracts")]
    [InlineData("Frontier.Decisions")]
    [InlineData("Frontier.Caching")]
    [InlineData("Frontier.Http")]
    [InlineData("Frontier.Usage")]
    [InlineData("Frontier.Dns")]
    public void Grammar_decisions_cache_and_server_know_no_ASP_NET(string project)
    {
        var reached = Repository.Reached(project).Append(project).Select(name => Repository.Projects[name]).ToList();

        Assert.DoesNotContain(reached, known => known.Frameworks.Contains("Microsoft.AspNetCore.App"));
        Assert.DoesNotContain(reached, known => known.Packages.Any(package => package.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)));
    }

    [Fact]
    public void Protocols_needs_no_package() => Assert.Empty(Repository.Projects["Frontier.Protocols"].Packages);

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Frontier.slnx"));

        Assert.All(Repository.Projects.Keys, project => Assert.Contains($"src/{project}/{project}.csproj", solution, StringComparison.Ordinal));
    }
}
