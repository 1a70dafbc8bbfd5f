// SPDX-License-Identifier: Apache-2.0

using System.Collections.Immutable;
using Frontier.Control.Domain.Functions;
using Frontier.Control.Store;

namespace Frontier.Control.Api.Documents;

/// <summary>CreateFunctionRequest.</summary>
internal sealed record CreateFunctionDocument(string Name, FunctionDraft Draft, ImmutableArray<TagRow> Tags)
{
    public static CreateFunctionDocument Read(ElementReader root) =>
        new(root.RequiredText("Name"), FunctionDocument.ReadDraft(root), TagsDocument.ReadOptional(root));
}
