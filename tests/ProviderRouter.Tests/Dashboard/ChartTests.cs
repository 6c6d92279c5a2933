using ProviderRouter.Tests.Dashboard.Browser;

namespace ProviderRouter.Tests.Dashboard;

/// <summary>Charts fit their room, and stay as they are while that does.</summary>
public sealed class ChartTests(BrowserRun browser) : BrowserTest(browser)
{
    private const string Drawn = "[data-chart=requests] .uplot";

    [Theory]
    [InlineData("document.body.append(Object.assign(document.createElement('div'), { style: 'height: 500px' }))", true)]
    [InlineData("document.body.style.width = '700px'", false)]
    [InlineData("document.documentElement.style.fontSize = '24px'", false)]
    public async Task They_are_drawn_anew_where_their_room_changed(string change, bool stays)
    {
        await using var setup = await Setup.StartAsync();
        await setup.SendToAsync("lm-studio", "fake-small", stream: false, say: "Hello");
        await using var tab = await OpenAsync(setup.Router.Url);
        await tab.Page.Clock.InstallAsync();
        await tab.GoAsync("/ui/stats?by=hour");
        await tab.SettledAsync();
        await WaitOutAsync(tab);
        await tab.Page.EvalOnSelectorAsync(Drawn, "chart => chart.id = 'first'");

        await tab.Page.EvaluateAsync($"() => {{ {change}; }}");
        await WaitOutAsync(tab);

        Assert.Equal(stays, await tab.Page.Locator("#first").CountAsync() == 1);
        Assert.Equal(1, await tab.Page.Locator(Drawn).CountAsync());
    }

    [Theory]
    [InlineData("durations", "5,5,null,null,null,null,null,null,null,9", 2)]
    [InlineData("durations", "null,null,null,null,null,null,null,null,null,9", 1)]
    [InlineData("durations", "5,null,5,null,5,null,null,null,null,null", 3)]
    [InlineData("requests", "2,0,0,0,0,3,0,0,0,9", 3)]
    public async Task What_stands_alone_is_seen_and_lines_end_where_nothing_came(string kind, string values, int marks)
    {
        await using var setup = await Setup.StartAsync();
        await using var tab = await OpenAsync(setup.Router.Url);
        // An hour before: too many points for each to have a dot.
        var (before, first) = (60, 1_790_000_040L);
        var times = Enumerable.Range(0, before + 10).Select(minute => $"{first + (minute * 60)}");
        string Column(string ends, string rest) => $"[{string.Concat(Enumerable.Repeat($"{rest},", before))}{ends}]";
        var nothing = Column("null,null,null,null,null,null,null,null,null,null", "null");
        var durations = kind == "durations" ? Column(values, "null") : nothing;
        var counts = Column(kind == "requests" ? values : "0,0,0,0,0,0,0,0,0,0", "0");
        var zeros = Column("0,0,0,0,0,0,0,0,0,0", "0");
        await AnswerSeriesAsync(tab, $"[[{string.Join(',', times)}],{counts},{zeros},{durations},{nothing},{zeros}]");

        await tab.GoAsync("/ui?window=15m");
        await tab.SettledAsync();

        Assert.Equal(marks, (await MarksAsync(tab, kind)).Length);
    }

    [Fact]
    public async Task A_single_hour_has_its_name_and_edge_bars_are_whole()
    {
        await using var setup = await Setup.StartAsync();
        await using var tab = await OpenAsync(setup.Router.Url);
        await tab.Page.AddInitScriptAsync("""
            window.__texts = [];
            const fill = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (text, ...rest) { __texts.push(text); return fill.call(this, text, ...rest); };
            """);
        await AnswerSeriesAsync(tab, "[[1790010000],[4],[0],[5],[9],[0]]");
        await tab.GoAsync("/ui");
        await tab.SettledAsync();
        Assert.Contains("17:00", await tab.Page.EvaluateAsync<string[]>("__texts"));
        Assert.Single(await MarksAsync(tab, "requests"));
        await tab.Page.UnrouteAllAsync();

        await AnswerSeriesAsync(tab, "[[1790010000,1790013600,1790017200],[4,4,4],[0,0,0],[5,5,5],[9,9,9],[0,0,0]]");
        await tab.GoAsync("/ui");
        await tab.SettledAsync();
        var widths = await MarksAsync(tab, "requests");
        Assert.Equal(3, widths.Length);
        Assert.InRange(widths.Max() - widths.Min(), 0, 1);
    }

    private static Task<IAsyncDisposable> AnswerSeriesAsync(Tab tab, string columns) =>
        tab.Page.RouteAsync("**/ui/series*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = columns }));

    /// <summary>How wide each thing is that is drawn in the first colour, from left to right.</summary>
    private static Task<int[]> MarksAsync(Tab tab, string kind) => tab.Page.EvaluateAsync<int[]>("""
        kind => {
          const canvas = document.querySelector(`[data-chart=${kind}] canvas`);
          const probe = document.body.appendChild(document.createElement('i'));
          probe.style.color = 'var(--accent)';
          const [r, g, b] = getComputedStyle(probe).color.match(/\d+/g).map(Number);
          probe.remove();
          const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          const widths = [];
          for (let x = 0, run = 0; x <= width; x++) {
            let seen = false;
            for (let y = 0; x < width && y < height && !seen; y++) {
              const at = (y * width + x) * 4;
              seen = data[at] === r && data[at + 1] === g && data[at + 2] === b && data[at + 3] === 255;
            }
            if (seen) run++;
            else if (run) { widths.push(run); run = 0; }
          }
          return widths;
        }
        """, kind);

    /// <summary>Lets the page see what has changed, and then its timers run out.</summary>
    private static async Task WaitOutAsync(Tab tab)
    {
        await tab.SettledAsync();
        await tab.Page.Clock.FastForwardAsync(1_000);
    }
}
