using System.Text.Json;

namespace ProviderRouter.Gateway.Capture.EventStreams;

/// <summary>Puts an answer together from the events of one API's streams.</summary>
internal interface IStreamedAnswerReader
{
    /// <summary>Takes the next event.</summary>
    void Add(JsonElement data);

    /// <summary>The answer, as far as it came.</summary>
    /// <param name="sawDone">True when the stream held <c>data: [DONE]</c>.</param>
    StreamedAnswer Finish(bool sawDone);
}
