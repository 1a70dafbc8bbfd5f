// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Text.Json;
using Frontier.Decisions.Explaining;
using Frontier.Explaining;

namespace Frontier.Commands;

/// <summary><c>frontier explain</c>: asks the running edge why it answers a request as it does.</summary>
internal static class ExplainCommand
{
    private const int Served = 0;

    /// <summary>The flags make no sense, or no edge answers.</summary>
    private const int Failed = 1;

    private const int Refused = 2;

    public static Command Create()
    {
        var url = new Argument<string?>("url") { Description = "What a viewer would ask for, e.g. https://www.example.com/a.html", Arity = ArgumentArity.ZeroOrOne };
        var headers = new Option<string[]>("--header", "-H") { Description = "A header of the request, 'Name: value'; repeatable" };
        var method = new Option<string>("--method") { Description = "The method. Default GET", DefaultValueFactory = static _ => "GET" };
        var client = new Option<string?>("--client") { Description = "The IP address the request is taken to come from. Default: this machine" };
        var data = new Option<string?>("--data") { Description = "The data directory of the running node. Default ./frontier-data" };
        var http = new Option<string?>("--http") { Description = "Where its edge answers HTTP. Default: as the node says" };
        var https = new Option<string?>("--https") { Description = "Where its edge answers HTTPS. Default: as the node says" };
        var live = new Option<bool>("--live") { Description = "Really serve the request, and explain that: the origin may be asked, the answer cached and logged" };
        var dns = new Option<string?>("--dns") { Description = "Explain which edges DNS answers for a name instead, e.g. www.example.com" };
        var type = new Option<string>("--type") { Description = "With --dns: A, AAAA or HTTPS. Default A", DefaultValueFactory = static _ => "A" };
        var json = new Option<bool>("--json") { Description = "Print the explanation as JSON" };
        var command = new Command("explain", """
            Explain how the edge running on --data answers a request: which distribution and behavior, the cache key and
            where its parts come from, what is in the cache and why not, the time to live, and what the origin is sent.
            Without --live nothing is served, counted, logged or asked of an origin.

            Examples:
              frontier explain http://d111111abcdef8.frontier.localhost/index.html
              frontier explain https://www.example.com/img?w=200 --header 'Accept-Encoding: br' --header 'Cookie: a=1'
              frontier explain https://www.example.com/api --method POST --client 203.0.113.7
              frontier explain https://www.example.com/news --live --json

            With --dns it asks the DNS server running on --data which edges a client gets for a name, and why: its place, and of
            each point of presence the distance, health, load and price class. Health is what that server found itself.

              frontier explain --dns www.example.com --client 203.0.113.7
              frontier explain --dns d111111abcdef8.frontier.localhost --client 2001:db8::7 --type AAAA --json

            --data, --http, --https and --client are also keys of appsettings.json and environment variables, as for
            "frontier up".

            Exit codes: 0 served or redirected, 1 the flags make no sense or nobody answers, 2 the request is refused. With --dns 0
            stands for at least one address, and 2 for none.
            """) { url, headers, method, client, data, http, https, live, dns, type, json };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(dns) is { } name
            ? ExplainDns.RunAsync(
                DnsExplainSettings.Read(name, parsed.GetValue(url), parsed.GetValue(type)!, new Dictionary<string, string?> { ["client"] = parsed.GetValue(client), ["data"] = parsed.GetValue(data) }),
                parsed.GetValue(json), cancellationToken)
            : RunAsync(
                ExplainSettings.Read(
                    parsed.GetValue(url) ?? "", parsed.GetValue(headers) ?? [], parsed.GetValue(method)!, parsed.GetValue(live),
                    new Dictionary<string, string?>
                    {
                        ["client"] = parsed.GetValue(client),
                        ["data"] = parsed.GetValue(data),
                        ["http"] = parsed.GetValue(http),
                        ["https"] = parsed.GetValue(https),
                    }),
                parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ExplainSettings settings, bool json, CancellationToken cancellationToken)
    {
        if (settings.Faults.Count > 0)
        {
            foreach (var fault in settings.Faults)
            {
                await Console.Error.WriteLineAsync(fault);
            }

            return Failed;
        }

        try
        {
            var explanation = await ExplainClient.AskAsync(settings, cancellationToken);
            await Console.Out.WriteLineAsync(json
                ? JsonSerializer.Serialize(explanation, ExplanationJson.Default.Explanation)
                : ExplainPage.Text(explanation));
            return explanation.Access is { Allowed: false, Status: >= 400 } ? Refused : Served;
        }
        catch (ExplainException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Failed;
        }
    }
}
