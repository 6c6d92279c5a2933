using Microsoft.Playwright;
using ProviderRouter.Tests.Dashboard.Browser;

[assembly: AssemblyFixture(typeof(BrowserRun))]

namespace ProviderRouter.Tests.Dashboard.Browser;

/// <summary>One browser for all tests of the run, started by the first that asks for it.</summary>
public sealed class BrowserRun : IAsyncDisposable
{
    /// <summary>So long the browser may take for what has no time limit of its own.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> started = new(StartAsync);

    /// <summary>A window with nothing in its cache and storage.</summary>
    internal async Task<IBrowserContext> OpenContextAsync(WindowLook look)
    {
        var (_, browser) = await started.Value;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = look.Width, Height = look.Height },
            ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = look.Zone,
            AcceptDownloads = true,
        }).WaitAsync(Patience);
        context.SetDefaultTimeout(30_000);
        return context;
    }

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        var program = Chromium.Find();
        var driver = await Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = program,
            Args = Chromium.Flags,
            // Chromium refuses to run as root with one.
            ChromiumSandbox = !Environment.IsPrivilegedProcess,
        }));
    }

    public async ValueTask DisposeAsync()
    {
        if (started is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            var (driver, browser) = await started.Value;
            try
            {
                await browser.CloseAsync().WaitAsync(Patience);
            }
            catch (TimeoutException)
            {
                // All tests have passed or failed by now; the driver takes it along.
            }

            driver.Dispose();
        }
    }
}
