// SPDX-License-Identifier: Apache-2.0

using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Frontier.Contracts;
using Frontier.Contracts.Zones;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Frontier.Dns.Tests.Harness;

/// <summary>A control plane that says what a test tells it, and keeps what it is told.</summary>
internal sealed class ScriptedControl : IAsyncDisposable
{
    public const string Token = "dns-token";

    private readonly Channel<ZoneAnswer> _answers = Channel.CreateUnbounded<ZoneAnswer>();
    private readonly WebApplication _application;

    private ScriptedControl(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.First());

    public ConcurrentQueue<ZoneReport> Reports { get; } = new();

    public static async Task<ScriptedControl> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var control = new ScriptedControl(builder.Build());
        control._application.MapPost(ZoneReport.Path, control.AnswerAsync);
        await control._application.StartAsync();
        return control;
    }

    public void Say(ZoneAnswer answer) => Assert.True(_answers.Writer.TryWrite(answer));

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            context.Response.StatusCode = 401;
            return;
        }

        Reports.Enqueue((await context.Request.ReadFromJsonAsync(ContractsJson.Default.ZoneReport, context.RequestAborted))!);
        var answer = await _answers.Reader.ReadAsync(context.RequestAborted);
        await context.Response.WriteAsJsonAsync(answer, ContractsJson.Default.ZoneAnswer, cancellationToken: context.RequestAborted);
    }
}
