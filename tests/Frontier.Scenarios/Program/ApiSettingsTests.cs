// SPDX-License-Identifier: Apache-2.0

using System.Collections;
using Frontier.OwnApi;
using Frontier.Protocols.SigV4;
using Frontier.Testing;

namespace Frontier.Scenarios.Program;

/// <summary>Which control plane a command asks, and with which key.</summary>
public sealed class ApiSettingsTests : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private readonly Hashtable _environment = new() { ["AWS_ACCESS_KEY_ID"] = "FKENV", ["AWS_SECRET_ACCESS_KEY"] = "secret of the environment" };

    public ApiSettingsTests() => File.WriteAllText(_data["credentials"], """
        [other]
        aws_access_key_id = NOT
        aws_secret_access_key = this one
        [default]
        aws_access_key_id = FKFILE
        aws_secret_access_key = secret=of the file
        region = us-east-1
        """);

    public void Dispose() => _data.Dispose();

    [Fact]
    public void A_data_directory_that_is_named_wins_over_the_environment()
    {
        var settings = Read(data: _data.Path, environment: _environment);

        Assert.Empty(settings.Faults);
        Assert.Equal(new AccessKey("FKFILE", "secret=of the file"), settings.Key);
        Assert.Equal(new Uri("http://127.0.0.1:8400/"), settings.Endpoint);
    }

    [Fact]
    public void The_environment_wins_over_the_directory_that_nobody_named() =>
        Assert.Equal(new AccessKey("FKENV", "secret of the environment"), Read(endpoint: "https://control.example.com", environment: _environment).Key);

    [Fact]
    public void Half_a_key_in_the_environment_is_none()
    {
        _environment.Remove("AWS_SECRET_ACCESS_KEY");

        Assert.Contains("AWS_SECRET_ACCESS_KEY", Assert.Single(Read(environment: _environment).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        File.WriteAllText(_data["credentials"], "[default]\naws_access_key_id = FKFILE\n");

        var faults = Read(endpoint: "ftp://control.example.com/x", data: _data.Path, environment: _environment).Faults;

        Assert.Equal(2, faults.Count);
        Assert.Contains("--endpoint is \"ftp://control.example.com/x\"", faults[0], StringComparison.Ordinal);
        Assert.Contains("holds no access key under [default]", faults[1], StringComparison.Ordinal);
    }

    private static ApiSettings Read(string? endpoint = null, string? data = null, Hashtable? environment = null) =>
        ApiSettings.Read(new Dictionary<string, string?> { ["endpoint"] = endpoint, ["data"] = data }, environment ?? new Hashtable());
}
