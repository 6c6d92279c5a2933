using FakeUpstream.Chat;
using FakeUpstream.Endpoints;

namespace FakeUpstream;

/// <summary>Every route of the provider.</summary>
internal static class Routes
{
    public static void MapProviderRoutes(this WebApplication app)
    {
        app.MapGet("/v1/models", Models.ListAsync);
        app.MapGet("/v1/models/{id}", Models.GetAsync);
        app.MapPost("/v1/chat/completions", ChatScenarios.AnswerAsync);
        app.MapPost("/v1/completions", Completions.AnswerAsync);
        app.MapPost("/v1/embeddings", Embeddings.AnswerAsync);
        app.MapPost("/v1/responses", Responses.AnswerAsync);
        app.MapPost("/v1/messages", Messages.AnswerAsync);

        app.MapPost("/v1/files", Files.UploadAsync);
        app.MapGet("/v1/files", Files.ListAsync);
        app.MapGet("/v1/files/{id}", Files.GetAsync);
        app.MapGet("/v1/files/{id}/content", Files.ContentAsync);
        app.MapDelete("/v1/files/{id}", Files.DeleteAsync);
        app.MapPost("/v1/audio/speech", Audio.SpeechAsync);
        app.MapPost("/v1/audio/transcriptions", Audio.TranscribeAsync);
        app.MapPost("/v1/images/generations", Images.GenerateAsync);

        app.Map("/v1/mirror/{**rest}", Mirror.AnswerAsync);
        app.Map("/v1/early", Early.AnswerAsync);
        app.Map("/v1/sink", Sink.AnswerAsync);
        app.MapGet("/v1/source", Source.AnswerAsync);
        app.MapGet("/v1/realtime", Realtime.EchoAsync);
        app.Map("/{**rest}", NotFound.AnswerAsync);
    }
}
