using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using Converge.Cli.Output;

namespace Converge.Cli.Commands;

/// <summary>The argument and the options that verbs with a script share.</summary>
internal sealed class CommonOptions
{
    private readonly Argument<string> _script = new("SCRIPT") { Description = "The script that describes the fleet, such as site.csx" };
    private readonly Option<string[]> _variables = new("--var") { HelpName = "NAME=VALUE", Description = "A value for a Var of the script; may be repeated" };
    private readonly Option<string?> _hosts = new("--hosts") { HelpName = "SELECTOR", Description = "Only these hosts: 'web1', 'web*', 'role:lb and not lb2'" };
    private readonly Option<string?> _sshConfig = new("--ssh-config") { HelpName = "FILE", Description = "The ssh_config to use instead of ~/.ssh/config" };
    private readonly Option<bool> _acceptNew = new("--accept-new-host-keys") { Description = "Remember the keys of new hosts; a changed key is still refused" };
    private readonly Option<string?> _transport = new("--transport") { HelpName = "NAME", Description = "openssh: the ssh program, with agents, jump hosts and kept connections (the default where it is installed); builtin: needs no ssh program" };
    private readonly Option<int?> _keep = new("--keep") { HelpName = "SECONDS", Description = "How long openssh connections are kept for the next run (60); 0 closes them" };
    private readonly Option<string?> _maxImpact = new("--max-impact") { HelpName = "IMPACT", Description = "Refuse what does more to what is running: none, runtime, reload, restart, failover or data" };
    private readonly Option<bool> _json = new("--json") { Description = "One JSON event a line, ending with a summary" };
    private readonly Option<bool> _diff = new("--diff") { Description = "Show the differences of files (the default)" };
    private readonly Option<bool> _noDiff = new("--no-diff") { Description = "Do not show the differences of files" };
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Also show what is unchanged, every step and its output" };

    /// <summary>Adds the script and the options of a verb that touches no host.</summary>
    public void AddScriptTo(Command verb)
    {
        verb.Arguments.Add(_script);
        Add(verb, _variables, _json);
    }

    /// <summary>As <see cref="AddScriptTo"/>, where a saved plan may stand in the script's place.</summary>
    public void AddScriptOrPlanTo(Command verb)
    {
        _script.Description += ", or a saved plan (NAME.plan)";
        AddScriptTo(verb);
    }

    /// <summary>Adds the option of a verb that may be about some hosts only.</summary>
    public void AddSelectorTo(Command verb) => Add(verb, _hosts);

    /// <summary>Adds the options of a verb that talks to hosts.</summary>
    public void AddConnectionTo(Command verb, bool select = true) => Add(verb, [.. select ? new Option[] { _hosts } : [], _sshConfig, _acceptNew, _transport, _keep]);

    /// <summary>Adds the options of a verb that makes a plan and shows it.</summary>
    public void AddPlanTo(Command verb) => Add(verb, _maxImpact, _diff, _noDiff, _verbose);

    /// <summary>Whether programs listen, even where the rest of the command line makes no sense.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <exception cref="UsageException">A variable is no NAME=VALUE, or is given twice; the diff is asked for and refused.</exception>
    public RunSettings Read(ParseResult parsed)
    {
        if (parsed.GetValue(_diff) && parsed.GetValue(_noDiff))
        {
            throw new UsageException("--diff and --no-diff contradict each other");
        }

        if (parsed.GetValue(_transport) is not (null or RunSettings.OpenSsh or RunSettings.BuiltIn))
        {
            throw new UsageException($"there is no transport '{parsed.GetValue(_transport)}'", "There are: openssh, builtin");
        }

        if (parsed.GetValue(_keep) is < 0 or > 3600)
        {
            throw new UsageException("--keep takes 0 to 3600 seconds");
        }

        return new RunSettings
        {
            Script = parsed.GetRequiredValue(_script),
            Variables = Variables(parsed.GetValue(_variables) ?? []),
            Hosts = parsed.GetValue(_hosts),
            SshConfig = parsed.GetValue(_sshConfig),
            AcceptNewHostKeys = parsed.GetValue(_acceptNew),
            Transport = parsed.GetValue(_transport),
            Keep = parsed.GetValue(_keep) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            MaxImpact = Impact(parsed.GetValue(_maxImpact)),
            Json = parsed.GetValue(_json),
            Diff = !parsed.GetValue(_noDiff),
            Verbose = parsed.GetValue(_verbose),
        };
    }

    private static void Add(Command verb, params Option[] options)
    {
        foreach (var option in options)
        {
            verb.Options.Add(option);
        }
    }

    private static Impact? Impact(string? word)
    {
        var impacts = Enum.GetValues<Impact>().ToDictionary(ChangeLine.Word);
        return word is null ? null
            : impacts.TryGetValue(word, out var impact) ? impact
            : throw new UsageException($"there is no impact '{word}'", $"There are, from harmless to grave: {string.Join(", ", impacts.Keys)}");
    }

    private static Dictionary<string, string> Variables(IEnumerable<string> given)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
            {
                throw new UsageException($"--var {text} is no NAME=VALUE", "For example:\n    --var db=mariadb");
            }

            if (!variables.TryAdd(text[..equals], text[(equals + 1)..]))
            {
                throw new UsageException($"--var {text[..equals]} is given twice");
            }
        }

        return variables;
    }
}
