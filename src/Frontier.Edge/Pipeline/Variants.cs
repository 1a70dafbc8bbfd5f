// SPDX-License-Identifier: Apache-2.0

using System.Buffers;
using System.Text;
using Frontier.Caching;
using Frontier.Decisions.Keys;
using Frontier.Decisions.Models;
using Frontier.Protocols.Http;

namespace Frontier.Edge.Pipeline;

/// <summary>Narrows keys by what Vary says, where the edge follows the RFCs strictly (RFC 9111, section 4.1).</summary>
internal sealed class Variants(HttpCache cache, TimeProvider time)
{
    /// <summary>Turns the request's key into that of its variant, as the signpost under the key says.</summary>
    public static void Narrow(RequestContext context, Signpost signpost)
    {
        context.Variant = new VariantRequest(Copy(context.Request), context.Viewer, context.Key.WrittenSpan.ToArray(), signpost);
        WriteTail(context.Variant, context.Behavior, signpost, context.Key);
    }

    /// <summary>What the fill must know if the answer turns out to vary.</summary>
    public static VariantRequest Of(RequestContext context) =>
        context.Variant ?? new VariantRequest(Copy(context.Request), context.Viewer, context.Key.WrittenSpan.ToArray(), Known: null);

    /// <summary>Sets the signpost for an answer with Vary. Returns the variant's key, or null when the fill's key is that already.</summary>
    public byte[]? Direct(OriginFill fill, VariantRequest asked, IReadOnlyList<string> names)
    {
        if (asked.Known is { } known && known.Names.SequenceEqual(names))
        {
            return null;
        }

        var signpost = Signpost.To(names);
        cache.Publish(asked.PrimaryKey, signpost.ToHead(fill.FillSequence, time.GetUtcNow()), []);
        var key = new ArrayBufferWriter<byte>();
        key.Write(asked.PrimaryKey);
        WriteTail(asked, fill.Behavior, signpost, key);
        return key.WrittenSpan.ToArray();
    }

    private static void WriteTail(VariantRequest asked, BehaviorModel behavior, Signpost signpost, ArrayBufferWriter<byte> key)
    {
        key.Write("variant:"u8);
        key.Write(Encoding.ASCII.GetBytes(signpost.Id));
        key.Write("\n"u8);
        VaryKey.Write(asked.Request, behavior, asked.Viewer, signpost.Names, key);
    }

    private static RequestHead Copy(RequestHead request)
    {
        var copy = new RequestHead { Version = request.Version, IsHttps = request.IsHttps, Host = request.Host };
        copy.SetMethod(request.MethodToken);
        copy.SetTarget(request.Target);
        request.Headers.CopyTo(copy.Headers);
        return copy;
    }
}
