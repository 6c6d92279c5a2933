using ProviderRouter.Gateway.Startup;

return await GatewayCommandLine.RunAsync(args);
