namespace ProviderRouter.Gateway.Capture;

/// <summary>The pieces of an answer that is a list of them: <c>output</c> of a response, <c>content</c> of a message.</summary>
internal static class AnswerItems
{
    /// <summary>How many in the list here are of a type that ends so; null when there is no list.</summary>
    public static int? Count(ref JsonWalk json, scoped ReadOnlySpan<byte> ending)
    {
        if (!json.EnterList())
        {
            return null;
        }

        var count = 0;
        while (json.NextElement())
        {
            if (!json.EnterObject())
            {
                continue;
            }

            while (json.NextField(out var name))
            {
                count += name.SequenceEqual("type"u8) && json.RawText.EndsWith(ending) ? 1 : 0;
                json.Skip();
            }
        }

        return count;
    }
}
