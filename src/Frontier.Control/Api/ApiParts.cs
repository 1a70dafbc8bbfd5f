// SPDX-License-Identifier: Apache-2.0

using Frontier.Control.Buckets;
using Frontier.Control.Feed;
using Frontier.Control.Planning;
using Frontier.Control.Publishing;
using Frontier.Control.Store;

namespace Frontier.Control.Api;

/// <summary>What the operations of the API work with; each class of them takes of it what it needs.</summary>
internal sealed record ApiParts(
    IControlStore Store, CatalogueLoader Loader, Publisher Publisher, FeedState Feed, EdgeRegistry Edges, LintLog Lint, BucketObjects Objects, ControlOptions Options, TimeProvider Time);
