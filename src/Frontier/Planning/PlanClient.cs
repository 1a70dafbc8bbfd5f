// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Frontier.Control.OwnApi;
using Frontier.Control.Planning;
using Frontier.Protocols.SigV4;

namespace Frontier.Planning;

/// <summary>Asks the control plane for a plan. A log goes there in parts, of which only one is in memory; what comes of them is summed up.</summary>
internal sealed class PlanClient(PlanSettings settings) : IDisposable
{
    /// <summary>With one more line of the longest this is still less than the MiB that the API takes.</summary>
    private const int PartBytes = 512 * 1024;

    /// <summary>A configuration of the most that the API takes.</summary>
    private const int LongestConfig = 1 << 20;

    /// <summary>A part is some thousand lines, each run twice.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly HttpClient _client = new() { Timeout = _patience };

    /// <exception cref="PlanException">A file cannot be read, or no control plane answers.</exception>
    public async Task<PlanDocument> AskAsync(CancellationToken cancellationToken)
    {
        var config = ReadConfig();
        using var part = new Part(config);
        PlanDocument? plan = null;
        foreach (var log in settings.Logs)
        {
            var fields = "";
            await foreach (var line in LogLines.ReadAsync(log, cancellationToken))
            {
                if (part.Bytes > PartBytes)
                {
                    plan = Join(plan, await SendAsync(part, cancellationToken));
                    if (plan.Refused is not null)
                    {
                        return plan;
                    }
                }

                fields = line.StartsWith("#Fields:", StringComparison.Ordinal) ? line : fields;
                part.Add(line, fields);
            }

            part.EndFile();
        }

        return plan is null || !part.IsEmpty ? Join(plan, await SendAsync(part, cancellationToken)) : plan;
    }

    public void Dispose() => _client.Dispose();

    private string ReadConfig()
    {
        try
        {
            return new FileInfo(settings.Config).Length <= LongestConfig
                ? File.ReadAllText(settings.Config)
                : throw new PlanException($"{settings.Config} has more than a MiB, which the API does not take either: give a DistributionConfig.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new PlanException($"{settings.Config} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>The plan is the same for every part, as long as nobody changes the distribution meanwhile.</summary>
    private static PlanDocument Join(PlanDocument? before, PlanDocument part)
    {
        if (before is not null && before.ETag != part.ETag)
        {
            throw new PlanException("The distribution was changed while its log was being replayed. Plan again.");
        }

        return before?.Replay is not { } sum ? part : before with { Replay = part.Replay is { } more ? sum.Plus(more) : sum };
    }

    private async Task<PlanDocument> SendAsync(Part part, CancellationToken cancellationToken)
    {
        var path = OwnPath();
        using var request = Sign(path, part.Take());
        try
        {
            using var response = await _client.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                return JsonSerializer.Deserialize(answer, OwnJson.Default.PlanDocument) ?? throw new JsonException("The plan is null.");
            }

            var problem = JsonSerializer.Deserialize(answer, OwnJson.Default.ProblemDocument);
            throw new PlanException($"The control plane at {settings.Api} answered {problem?.Title}: {problem?.Detail}");
        }
        catch (HttpRequestException error)
        {
            throw new PlanException($"No control plane answers at {settings.Api}: {error.Message} Start one with \"frontier up\", or say with --api where it answers.", error);
        }
        catch (JsonException error)
        {
            throw new PlanException($"Who answers at {settings.Api} is no control plane of this version: {error.Message} Say with --api where one answers.", error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PlanException($"The control plane at {settings.Api} has not answered for a minute. Try again.", error);
        }
    }

    private string OwnPath() => settings.Id is { } id ? $"/frontier/v1/distributions/{id}/plan" : "/frontier/v1/plan";

    private HttpRequestMessage Sign(string path, byte[] body)
    {
        var signable = new SignableRequest("POST", path, "", [new("host", settings.Api.ToString())]);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://{settings.Api}{path}")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in RequestSigner.Sign(signable, settings.Key, "us-east-1", "cloudfront", Convert.ToHexStringLower(SHA256.HashData(body)), TimeProvider.System.GetUtcNow()))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>A request body that grows by lines.</summary>
    private sealed class Part : IDisposable
    {
        private readonly string _config;
        private readonly JsonElement? _json;
        private readonly ArrayBufferWriter<byte> _body = new();
        private readonly Utf8JsonWriter _writer;
        private bool _knowsFields;

        /// <exception cref="PlanException">The configuration is neither XML nor JSON.</exception>
        public Part(string config)
        {
            _config = config;
            if (!config.AsSpan().TrimStart().StartsWith('<'))
            {
                try
                {
                    _json = JsonElement.Parse(config);
                }
                catch (JsonException error)
                {
                    throw new PlanException($"The configuration is neither XML nor JSON: {error.Message}", error);
                }
            }

            // Lines are full of characters that only HTML could mistake.
            _writer = new Utf8JsonWriter(_body, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            Begin();
        }

        public bool IsEmpty { get; private set; }

        public long Bytes => _writer.BytesCommitted + _writer.BytesPending;

        /// <param name="fields">The last line that said what the fields are: every part begins with it.</param>
        public void Add(string line, string fields)
        {
            if (!_knowsFields && fields.Length > 0)
            {
                _writer.WriteStringValue(fields);
            }

            _knowsFields = true;
            _writer.WriteStringValue(line);
            IsEmpty = false;
        }

        /// <summary>What the fields are is another question for the next file.</summary>
        public void EndFile() => _knowsFields = false;

        public byte[] Take()
        {
            _writer.WriteEndArray();
            _writer.WriteEndObject();
            _writer.Flush();
            var body = _body.WrittenSpan.ToArray();
            _body.ResetWrittenCount();
            _writer.Reset();
            Begin();
            return body;
        }

        public void Dispose() => _writer.Dispose();

        private void Begin()
        {
            _knowsFields = false;
            IsEmpty = true;
            _writer.WriteStartObject();
            if (_json is { } json)
            {
                _writer.WritePropertyName("distributionConfig");
                json.WriteTo(_writer);
            }
            else
            {
                _writer.WriteString("distributionConfigXml", _config);
            }

            _writer.WriteStartArray("log");
        }
    }
}
