namespace ProviderRouter.Providers;

/// <summary>The providers that need no more than their name, and perhaps a key.</summary>
public static class ProviderPresets
{
    /// <summary>All of them, in the order in which they are listed: those on this machine first.</summary>
    public static IReadOnlyList<ProviderPreset> All { get; } =
    [
        Local("lm-studio", "LM Studio", "http://localhost:1234/v1"),
        Local("ollama", "Ollama", "http://localhost:11434/v1"),
        Local("llama-cpp", "llama.cpp", "http://localhost:8080/v1"),
        Local("vllm", "vLLM", "http://localhost:8000/v1"),
        Local("qwen-proxy", "Qwen proxy", "http://localhost:3000/v1"),
        Remote("dashscope", "DashScope (Qwen), China", "https://dashscope.aliyuncs.com/compatible-mode/v1", "DASHSCOPE_API_KEY"),
        Remote("dashscope-intl", "DashScope (Qwen), international", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1", "DASHSCOPE_API_KEY"),
        Remote("openai", "OpenAI", "https://api.openai.com/v1", "OPENAI_API_KEY"),
        Remote("openrouter", "OpenRouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
        Remote("groq", "Groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY"),
        Remote("together", "Together", "https://api.together.xyz/v1", "TOGETHER_API_KEY"),
        Remote("deepseek", "DeepSeek", "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY"),
        Remote("mistral", "Mistral", "https://api.mistral.ai/v1", "MISTRAL_API_KEY"),
        Remote("xai", "xAI", "https://api.x.ai/v1", "XAI_API_KEY"),
        Remote("gemini", "Gemini", "https://generativelanguage.googleapis.com/v1beta/openai", "GEMINI_API_KEY"),
        // Its list of models and its messages take no bearer token, and want the version of the API.
        new("Anthropic", Template("anthropic", "https://api.anthropic.com/v1") with
        {
            Key = new ProviderKey(EnvironmentVariable: null, "x-api-key", Prefix: ""),
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["anthropic-version"] = "2023-06-01" },
        }, "ANTHROPIC_API_KEY"),
        new("Azure OpenAI", Template("azure-openai", "") with
        {
            Key = new ProviderKey(EnvironmentVariable: null, "api-key", Prefix: ""),
            Query = "api-version=v1",
        }, "AZURE_OPENAI_API_KEY", "https://RESOURCE.openai.azure.com/openai/v1"),
        // The router itself: to have it back once it was removed.
        new("Echo, inside the router", Template(Provider.EchoType, Provider.EchoUrl) with { DefaultModel = "echo" }),
    ];

    /// <summary>The preset of this name, whatever its case, hyphens and dots; or null. <c>azure</c> is enough of its name.</summary>
    public static ProviderPreset? Find(string typed)
    {
        var wanted = Plain(typed);
        return All.FirstOrDefault(preset => Plain(preset.Name) == wanted || Plain(preset.Title) == wanted)
            ?? (wanted == "azure" ? Find("azure-openai") : null);
    }

    private static ProviderPreset Local(string name, string title, string url) => new(title, Template(name, url));

    private static ProviderPreset Remote(string name, string title, string url, string variable) => new(title, Template(name, url), variable);

    private static Provider Template(string name, string url) =>
        new() { Name = name, Type = name, BaseUrl = url, Origin = ProviderOrigin.Edited };

    private static string Plain(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
