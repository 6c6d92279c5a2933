using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ProviderRouter.Tests.Programs;

/// <summary>A certificate for 127.0.0.1 that nobody trusts, but a program that is started with <see cref="Trust"/>.</summary>
internal sealed class TestCertificate : IDisposable
{
    private readonly string path;

    public TestCertificate(TestFolder folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=fake-upstream", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        Certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        path = Path.Combine(folder.Path, "fake-upstream.pem");
        File.WriteAllText(path, Certificate.ExportCertificatePem());
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The variable of the environment that makes a program on Linux trust it.</summary>
    public (string, string) Trust => ("SSL_CERT_FILE", path);

    public void Dispose() => Certificate.Dispose();
}
