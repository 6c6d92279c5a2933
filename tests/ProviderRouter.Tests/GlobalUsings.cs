global using ProviderRouter.Tests.Programs;
global using Xunit;
