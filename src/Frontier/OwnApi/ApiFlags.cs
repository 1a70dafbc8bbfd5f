// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;

namespace Frontier.OwnApi;

/// <summary>The flags of every command that asks a control plane.</summary>
internal sealed class ApiFlags
{
    /// <summary>What <c>--help</c> says of them.</summary>
    public const string Help = """
        The control plane is the one at --endpoint; without it, where "frontier up" listens with the same FRONTIER_API or
        appsettings.json. The access key is that of --profile in the AWS credentials file, or that of the node in --data; without
        either, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and without those the one in ./frontier-data.
        """;

    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "URL of the control plane. Default http://127.0.0.1:8400" };
    private readonly Option<string?> _data = new("--data") { Description = "The data directory whose access key is used" };
    private readonly Option<string?> _profile = new("--profile") { Description = "The profile of the AWS credentials file whose access key is used" };
    private readonly Option<bool> _json = new("--json") { Description = "Print the answer as JSON" };

    public static ApiFlags AddTo(Command command)
    {
        var flags = new ApiFlags();
        command.Options.Add(flags._endpoint);
        command.Options.Add(flags._data);
        command.Options.Add(flags._profile);
        command.Options.Add(flags._json);
        return flags;
    }

    public ApiSettings Read(ParseResult parsed) => ApiSettings.Read(
        new Dictionary<string, string?> { ["endpoint"] = parsed.GetValue(_endpoint), ["data"] = parsed.GetValue(_data), ["profile"] = parsed.GetValue(_profile) },
        Environment.GetEnvironmentVariables());

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);
}
