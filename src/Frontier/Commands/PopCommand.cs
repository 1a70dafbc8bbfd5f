// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Frontier.Control.OwnApi;
using Frontier.Control.OwnApi.Fleet;
using Frontier.Fleet;
using Frontier.OwnApi;

namespace Frontier.Commands;

/// <summary><c>frontier pop</c>: the inventory of points of presence.</summary>
internal static class PopCommand
{
    public static Command Create() => new("pop", $"""
        List, make, change, drain and remove points of presence: the places where machines of the fleet stand. A name is the code of the
        nearest airport and a number; of a hundred cities Frontier knows where they are.

        Examples:
          frontier pop add fra1
          frontier pop add xyz1 --latitude 48.1 --longitude 11.6 --zone Europe --region eu-central-1
          frontier pop list
          frontier pop drain fra1       viewers are sent elsewhere; machines serve on whoever comes
          frontier pop undrain fra1
          frontier pop remove fra1      once its machines are removed: frontier fleet remove ID

        {ApiFlags.Help}

        Exit codes: 0 done, 1 not done (the reason is printed).
        """)
    {
        List(), Put("add", "Make a point of presence.", isNew: true), Put("change", "Change where a point of presence is; what is not named stays as it is.", isNew: false),
        Drain("drain", "Send viewers elsewhere than to a point of presence. Its machines serve on whoever comes."), Drain("undrain", "Let viewers come to a point of presence again."), Remove(),
    };

    private static Command List() => ApiCommand.New(
        "list",
        """
        List the points of presence.

        Examples:
          frontier pop list
          frontier pop list --json
        """,
        static async (client, _, isJson, cancellationToken) =>
        {
            var pops = await client.GetAsync("pops", OwnJson.Default.PopListDocument, cancellationToken);
            return isJson ? JsonSerializer.Serialize(pops, OwnJson.Default.PopListDocument) : FleetPages.Pops(pops.Items);
        });

    private static Command Put(string name, string description, bool isNew)
    {
        var pop = NameArgument();
        var latitude = new Option<double?>("--latitude") { Description = "Degrees north, -90 to 90" };
        var longitude = new Option<double?>("--longitude") { Description = "Degrees east, -180 to 180" };
        var zone = new Option<string?>("--zone") { Description = "The zone of the price classes that it counts to: NorthAmerica, Europe, MiddleEastAfrica, SouthAmerica, Japan, Oceania, SouthEastAsia or India" };
        var region = new Option<string?>("--region") { Description = "The AWS region that it is in or next to, such as eu-central-1: it says which regional caches its edges ask" };
        return ApiCommand.New(
            name,
            $"""
            {description}

            Examples:
              frontier pop {name} fra1{(isNew ? "" : " --region eu-central-2")}
            """,
            async (client, parsed, isJson, cancellationToken) =>
            {
                var target = Target(parsed.GetValue(pop)!);
                var body = new PutPopDocument(parsed.GetValue(latitude), parsed.GetValue(longitude), parsed.GetValue(zone), parsed.GetValue(region));
                string? etag = null;
                if (isNew)
                {
                    var all = await client.GetAsync("pops", OwnJson.Default.PopListDocument, cancellationToken);
                    if (all.Items.Any(known => known.Name == parsed.GetValue(pop)))
                    {
                        throw new ApiException($"There is a point of presence {parsed.GetValue(pop)} already. To change it: frontier pop change {parsed.GetValue(pop)}");
                    }
                }
                else
                {
                    var known = await client.GetAsync(target, OwnJson.Default.PopDocument, cancellationToken);
                    body = new PutPopDocument(body.Latitude ?? known.Latitude, body.Longitude ?? known.Longitude, body.Zone ?? known.Zone, body.Region ?? known.Region);
                    etag = known.ETag;
                }

                var made = await client.PutAsync(target, body, OwnJson.Default.PutPopDocument, etag, OwnJson.Default.PopDocument, cancellationToken);
                return Show(
                    made, isJson,
                    string.Create(CultureInfo.InvariantCulture, $"{made.Name} is {(made.City is { } city ? $"in {city}, " : "")}at {made.Latitude}, {made.Longitude}; zone {made.Zone}, region {made.Region}."));
            },
            pop, latitude, longitude, zone, region);
    }

    private static Command Drain(string name, string description)
    {
        var pop = NameArgument();
        return ApiCommand.New(
            name,
            $"""
            {description}

            Examples:
              frontier pop {name} fra1
            """,
            async (client, parsed, isJson, cancellationToken) =>
            {
                var changed = await client.PostAsync($"{Target(parsed.GetValue(pop)!)}/{name}", OwnJson.Default.PopDocument, cancellationToken);
                return Show(changed, isJson, $"{changed.Name} is {(changed.IsDrained ? "drained: viewers are sent elsewhere" : "open")}.");
            },
            pop);
    }

    private static Command Remove()
    {
        var pop = NameArgument();
        return ApiCommand.New(
            "remove",
            """
            Remove a point of presence that has no machines.

            Examples:
              frontier pop remove fra1
            """,
            async (client, parsed, isJson, cancellationToken) =>
            {
                await client.DeleteAsync(Target(parsed.GetValue(pop)!), cancellationToken);
                return isJson ? "{}" : $"{parsed.GetValue(pop)} is removed.";
            },
            pop);
    }

    private static string Show(PopDocument pop, bool isJson, string text) => isJson ? JsonSerializer.Serialize(pop, OwnJson.Default.PopDocument) : text;

    private static Argument<string> NameArgument() => new("name") { Description = "The name of the point of presence, such as fra1" };

    private static string Target(string name) => "pops/" + Uri.EscapeDataString(name);
}
