using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace Converge.Cli.Tests.Saving;

/// <summary>Against the real ssh-keygen, both ways.</summary>
public sealed class SignatureTests : IDisposable
{
    private readonly PlanFolder _folder = new();

    public SignatureTests()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/ssh-keygen"), "ssh-keygen is not installed");
        foreach (var name in new[] { "alice", "mallory" })
        {
            Keygen("", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", _folder[name]);
        }

        File.WriteAllText(Signers, $"alice@example.org namespaces=\"converge-plan\" {File.ReadAllText(_folder["alice.pub"])}");
    }

    private string Signers => _folder["allowed_signers"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_plan_that_is_signed_by_an_allowed_signer_is_applied_and_says_by_whom()
    {
        await _folder.SaveAsync("--sign", _folder["alice"]);

        var code = await _folder.ApplyAsync("--require-signature", Signers);

        Assert.Equal(0, code);
        Assert.Contains("signed by alice@example.org\n", _folder.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ssh_keygen_verifies_what_we_signed()
    {
        await _folder.SaveAsync("--sign", _folder["alice"]);

        var code = Keygen(await PlanTextAsync(), "-Y", "verify", "-f", Signers, "-I", "alice@example.org", "-n", "converge-plan", "-s", _folder.Signature);

        Assert.Equal(0, code);
    }

    [Fact]
    public async Task We_verify_what_ssh_keygen_signed()
    {
        await _folder.SaveAsync();
        Keygen("", "-q", "-Y", "sign", "-f", _folder["alice"], "-n", "converge-plan", _folder.Plan);

        Assert.Equal(0, await _folder.ApplyAsync("--require-signature", Signers));
    }

    [Theory]
    [InlineData("no signature", "is not signed: there is no")]
    [InlineData("another signer", "is signed by nobody whom")]
    [InlineData("another purpose", "is not good")]
    [InlineData("an edited plan", "is not good")]
    [InlineData("a broken signature", "is signed by nobody whom")]
    [InlineData("no allowed signers", "which names the allowed signers")]
    public async Task What_is_not_signed_as_required_is_refused_before_any_host_is_asked(string what, string why)
    {
        await _folder.SaveAsync("--sign", _folder[what == "another signer" ? "mallory" : "alice"]);
        switch (what)
        {
            case "no signature":
                await _folder.SaveAsync();
                break;
            case "another purpose":
                File.Delete(_folder.Signature);
                Keygen("", "-q", "-Y", "sign", "-f", _folder["alice"], "-n", "file", _folder.Plan);
                break;
            case "an edited plan":
                await File.AppendAllTextAsync(_folder.Plan, "\n", TestContext.Current.CancellationToken);
                break;
            case "a broken signature":
                await File.WriteAllTextAsync(_folder.Signature, "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n", TestContext.Current.CancellationToken);
                break;
            case "no allowed signers":
                File.Delete(Signers);
                break;
        }

        var asked = _folder.Stage.Hosts["web1"].Exchanges.Count;
        var code = await _folder.ApplyAsync("--require-signature", Signers);

        Assert.Equal((1, asked), (code, _folder.Stage.Hosts["web1"].Exchanges.Count));
        Assert.Contains(why, _folder.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_none_is_said()
    {
        var code = await _folder.Stage.RunAsync("plan", _folder.Script, "--out", _folder.Plan, "--sign", _folder["nobody"]);

        Assert.Equal(1, code);
        Assert.Contains("cannot be signed with", _folder.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_of_a_script_is_wrong_use() =>
        Assert.Equal(2, await _folder.Stage.RunAsync("apply", _folder.Script, "--yes", "--require-signature", Signers));

    private Task<string> PlanTextAsync() => File.ReadAllTextAsync(_folder.Plan, TestContext.Current.CancellationToken);

    private static int Keygen(string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ssh-keygen", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return process.ExitCode;
    }
}
