// SPDX-License-Identifier: Apache-2.0

namespace Frontier.Control.Domain;

/// <summary>Collects what is wrong with a request, so that its sender learns of everything at once.</summary>
internal sealed class FaultList
{
    /// <summary>More faults than this are counted and not spelled out: an answer stays readable, and no larger than a few pages.</summary>
    private const int MostSpelledOut = 20;

    private readonly List<ApiError> _faults = [];
    private int _constraints;

    public bool Any => _faults.Count > 0;

    public void Add(ApiError error) => _faults.Add(error);

    public void Add(ApiError error, string message) => _faults.Add(error.Saying(message));

    public void Require(bool condition, ApiError error, string message)
    {
        if (!condition)
        {
            Add(error, message);
        }
    }

    /// <summary>A member whose value its model does not admit, worded as CloudFront words it (API-1.13).</summary>
    public void AddConstraint(string path, string? value, string constraint)
    {
        _constraints++;
        var shown = value is null ? "null" : $"'{value}'";
        Add(ApiErrors.InvalidArgument, $"Value {shown} at '{path}' failed to satisfy constraint: {constraint}");
    }

    /// <summary>One error: the code of the first fault, the messages of all.</summary>
    public ApiError ToError()
    {
        var messages = _faults.Select(fault => fault.Message).Distinct().ToList();
        var more = messages.Count > MostSpelledOut ? $" And {messages.Count - MostSpelledOut} more." : "";
        if (_constraints == _faults.Count)
        {
            var noun = messages.Count == 1 ? "error" : "errors";
            return _faults[0].Saying($"{messages.Count} validation {noun} detected: {string.Join("; ", messages.Take(MostSpelledOut))}{more}");
        }

        return _faults[0].Saying(string.Join(' ', messages.Take(MostSpelledOut)) + more);
    }
}
