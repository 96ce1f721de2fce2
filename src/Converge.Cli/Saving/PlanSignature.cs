using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Converge.Cli.Saving;

/// <summary>
/// Signatures of saved plans by SSH keys, in the format of <c>ssh-keygen -Y</c> (PROTOCOL.sshsig of OpenSSH), in a file beside the plan. The
/// ssh-keygen program does it, so that agents, hardware keys and certificates work, and so that anyone can verify without us.
/// </summary>
internal static class PlanSignature
{
    /// <summary>A signature for another purpose is none for a plan.</summary>
    private const string Namespace = "converge-plan";

    /// <summary>Where the signature of a plan is.</summary>
    public static string PathOf(string plan) => plan + ".sig";

    /// <summary>Signs these bytes of a plan.</summary>
    /// <param name="plan">Path of the plan.</param>
    /// <param name="bytes">All of it.</param>
    /// <param name="key">A private key, or the public half of a key that an agent holds.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="ConvergeException">ssh-keygen is not there, or does not sign with this key.</exception>
    public static async Task SignAsync(string plan, byte[] bytes, string key, CancellationToken ct)
    {
        var signed = await RunAsync(["-Y", "sign", "-f", key, "-n", Namespace], bytes, ct);
        if (signed.ExitCode != 0 || !signed.Output.StartsWith("-----BEGIN SSH SIGNATURE-----", StringComparison.Ordinal))
        {
            throw new ConvergeException($"{plan} cannot be signed with {key}\n{Indented(signed.Error)}", "It takes a private key, or the public half of a key that ssh-agent holds.");
        }

        try
        {
            await File.WriteAllTextAsync(PathOf(plan), signed.Output, ct);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConvergeException($"{PathOf(plan)} cannot be written: {e.Message}", null, e);
        }
    }

    /// <summary>Who signed these bytes of a plan.</summary>
    /// <returns>The principal, as the file of allowed signers calls it.</returns>
    /// <exception cref="ConvergeException">There is no signature, it does not fit, or nobody of the allowed signers made it.</exception>
    public static async Task<string> VerifyAsync(string plan, byte[] bytes, string allowedSigners, CancellationToken ct)
    {
        var signature = PathOf(plan);
        if (!File.Exists(allowedSigners))
        {
            throw new ConvergeException($"there is no {allowedSigners}, which names the allowed signers", "A line is a name, a blank, and a public key (ALLOWED SIGNERS in ssh-keygen(1)).");
        }

        if (!File.Exists(signature))
        {
            throw new ConvergeException($"{plan} is not signed: there is no {signature}", $"Sign the plan when it is made:\n    converge plan SCRIPT --out {ShellQuote.ForReading(plan)} --sign KEY");
        }

        var found = await RunAsync(["-Y", "find-principals", "-s", signature, "-f", allowedSigners], [], ct);
        var principal = found.Output.Split('\n')[0];
        if (found.ExitCode != 0 || principal.Length == 0)
        {
            throw new ConvergeException($"{plan} is signed by nobody whom {allowedSigners} allows\n{Indented(found.Error)}");
        }

        var verified = await RunAsync(["-Y", "verify", "-f", allowedSigners, "-I", principal, "-n", Namespace, "-s", signature], bytes, ct);
        return verified.ExitCode == 0
            ? principal
            : throw new ConvergeException($"the signature of {plan} by {Redaction.Clean(principal)} is not good\n{Indented(verified.Error + verified.Output)}", "The plan was changed after it was signed, or the signature is for something else.");
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(IEnumerable<string> arguments, byte[] input, CancellationToken ct)
    {
        var start = new ProcessStartInfo("ssh-keygen", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            try
            {
                var (output, error) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
                await FeedAsync(process, input, ct);
                await process.WaitForExitAsync(ct);
                return (process.ExitCode, await output, await error);
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill();
                }
            }
        }
        catch (Win32Exception e)
        {
            throw new ConvergeException($"ssh-keygen, which signs and verifies plans, cannot be started: {e.Message}", "Install OpenSSH's client programs.", e);
        }
    }

    // Whoever refuses its arguments ends before it has read anything: its exit code and its words tell more than the broken pipe.
    private static async Task FeedAsync(Process process, byte[] input, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
        }
    }

    private static string Indented(string said) => string.Join('\n', Redaction.Clean(said).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => $"  {l.TrimEnd()}"));
}
