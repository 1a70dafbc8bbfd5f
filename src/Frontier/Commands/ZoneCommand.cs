// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Protocols.Dns;
using Frontier.Protocols.Dns.MasterFiles;

namespace Frontier.Commands;

/// <summary><c>frontier zone</c>: zone files.</summary>
internal static class ZoneCommand
{
    private const int Good = 0;
    private const int Faulty = 1;

    /// <summary>Zone files are text; more than this is none.</summary>
    private const long MaxFileBytes = 1L << 30;

    public static Command Create() => new("zone", "Zone files (RFC 1035 master files).") { CreateCheck(), ZoneFileCommands.CreateImport(), ZoneFileCommands.CreateExport() };

    private static Command CreateCheck()
    {
        var file = new Argument<string>("FILE") { Description = "The zone file" };
        var origin = new Option<string?>("--origin") { Description = "The zone's name, e.g. example.com. Default: the owner of its SOA record" };
        var include = new Option<string?>("--include-directory") { Description = "Directory from which $INCLUDE may take files. Default: none, $INCLUDE is refused" };
        var command = new Command("check", """
            Check a zone file without a server: every fault with its line and column, not the first alone.

            Examples:
              frontier zone check example.com.zone --origin example.com
              frontier zone check example.com.zone --include-directory zones/

            Exit codes: 0 the zone can be served, 1 it cannot (each fault is printed).
            """) { file, origin, include };
        command.SetAction((parsed, cancellationToken) => CheckAsync(parsed.GetValue(file)!, parsed.GetValue(origin), parsed.GetValue(include), cancellationToken));
        return command;
    }

    private static async Task<int> CheckAsync(string file, string? origin, string? include, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(file).Length > MaxFileBytes)
            {
                return await FailAsync($"{file} is longer than {MaxFileBytes >> 20}M; that is no zone file.");
            }

            var name = DnsName.Root;
            if (origin is not null && !DnsName.TryParse(origin, out name))
            {
                return await FailAsync($"--origin is \"{origin}\": give the name of the zone, such as example.com.");
            }

            var read = MasterFileReader.Read(await File.ReadAllTextAsync(file, cancellationToken), name!, include is null ? null : wanted => Included(include, wanted));
            var zone = origin is not null ? name! : read.Records.FirstOrDefault(static record => record.Type.Name == "SOA")?.Name ?? name!;
            var faults = read.Faults.IsEmpty ? ZoneCheck.Faults(zone, read.Records) : read.Faults;
            foreach (var fault in faults)
            {
                await Console.Error.WriteLineAsync($"{(fault.Place.File is null ? $"{file}:" : "")}{fault}");
            }

            if (faults.Length > 0)
            {
                return Faulty;
            }

            await Console.Out.WriteLineAsync($"{zone} can be served: {read.Records.Length} records.");
            return Good;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return await FailAsync($"{file} cannot be read: {error.Message}");
        }
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return Faulty;
    }

    /// <summary>Null for what is outside the directory, or not there.</summary>
    private static string? Included(string directory, string wanted)
    {
        var root = Path.GetFullPath(directory) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, wanted));
        var file = new FileInfo(path);
        return path.StartsWith(root, StringComparison.Ordinal) && file is { Exists: true, LinkTarget: null, Length: <= MaxFileBytes } ? File.ReadAllText(path) : null;
    }
}
