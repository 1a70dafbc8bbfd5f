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
    public void A_profile_that_is_named_wins_over_the_environment_and_is_that_of_the_file_of_AWS()
    {
        _environment["AWS_SHARED_CREDENTIALS_FILE"] = _data["credentials"];

        Assert.Equal(new AccessKey("NOT", "this one"), Read(profile: "other", environment: _environment).Key);
        Assert.Contains("holds no access key under [nobody]", Assert.Single(Read(profile: "nobody", environment: _environment).Faults), StringComparison.Ordinal);
        _environment["AWS_SHARED_CREDENTIALS_FILE"] = _data["nothing"];
        Assert.Contains("Name another file with AWS_SHARED_CREDENTIALS_FILE", Assert.Single(Read(profile: "other", environment: _environment).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_and_a_data_directory_are_not_given_together() =>
        Assert.Contains("--data and --profile", Assert.Single(Read(data: _data.Path, profile: "other", environment: _environment).Faults), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://0.0.0.0:8400", "http://127.0.0.1:8400/")]
    [InlineData("https://[::]:8400", "https://[::1]:8400/")]
    [InlineData("http://192.0.2.10:8400", "http://192.0.2.10:8400/")]
    public void What_listens_everywhere_is_reached_on_loopback(string endpoint, string reached) =>
        Assert.Equal(new Uri(reached), Read(endpoint, environment: _environment).Endpoint);

    [Fact]
    public void A_port_that_is_any_free_one_is_no_address_to_ask() =>
        Assert.Contains("--endpoint", Assert.Single(Read(endpoint: "http://127.0.0.1:0", environment: _environment).Faults), StringComparison.Ordinal);

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        File.WriteAllText(_data["credentials"], "[default]\naws_access_key_id = FKFILE\n");

        var faults = Read(endpoint: "ftp://control.example.com/x", data: _data.Path, environment: _environment).Faults;

        Assert.Equal(2, faults.Count);
        Assert.Contains("--endpoint is \"ftp://control.example.com/x\"", faults[0], StringComparison.Ordinal);
        Assert.Contains("holds no access key under [default]", faults[1], StringComparison.Ordinal);
    }

    private static ApiSettings Read(string? endpoint = null, string? data = null, string? profile = null, Hashtable? environment = null) =>
        ApiSettings.Read(new Dictionary<string, string?> { ["endpoint"] = endpoint, ["data"] = data, ["profile"] = profile }, environment ?? new Hashtable());
}
