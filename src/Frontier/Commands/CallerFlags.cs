// SPDX-License-Identifier: Apache-2.0

using System.CommandLine;
using Frontier.Credentials;

namespace Frontier.Commands;

/// <summary>The flags that say which control plane a command calls, and as whom.</summary>
internal sealed class CallerFlags
{
    private readonly Option<string?> _data = new("--data") { Description = "The data directory of the node, whose access key is used. Default ./frontier-data" };
    private readonly Option<string?> _api = new("--api") { Description = "Where its API answers. Default 127.0.0.1:8400" };
    private readonly Option<string?> _profile = new("--profile") { Description = "Call with the key of this profile of the AWS credentials file instead" };

    public void AddTo(Command command)
    {
        command.Options.Add(_data);
        command.Options.Add(_api);
        command.Options.Add(_profile);
    }

    public CallerSettings Read(ParseResult parsed) => CallerSettings.Read(new Dictionary<string, string?>
    {
        ["data"] = parsed.GetValue(_data),
        ["api"] = parsed.GetValue(_api),
        ["profile"] = parsed.GetValue(_profile),
        ["access-key"] = null,
    });
}
