using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Runtime.CompilerServices;

namespace Converge;

/// <summary>A value that must never show: not in a plan, a log, a diff, an argument list or an error.</summary>
/// <remarks>
/// Put it into file content with <see cref="Content.Text(ContentTextHandler)"/>: <c>Content.Text($"password = {secret}\n")</c>. Put into an
/// ordinary string it becomes <see cref="Mask"/>, and validation refuses the resource that carries it.
/// </remarks>
[DebuggerDisplay("{Mask}")]
public sealed class Secret
{
    private readonly string _value;

    private Secret(string name, string value)
    {
        if (value.Length == 0)
        {
            throw new ConvergeException($"secret {name} is empty", "Give it a value: an empty secret protects nothing.");
        }

        Name = name;
        _value = value;
    }

    /// <summary>How messages call it: the variable or file it came from.</summary>
    public string Name { get; }

    /// <summary>What stands for the value wherever a person or a log could read it.</summary>
    public string Mask => $"«secret {Name}»";

    /// <summary>It is not set, and that is allowed for now (<see cref="AllowMissing"/>): its value is a stand-in, not worth a check.</summary>
    public bool IsMissing { get; private init; }

    /// <summary>Reads an environment variable of this process.</summary>
    /// <exception cref="ConvergeException">The variable is not set or empty. In a script a mistake instead, shown together with all others.</exception>
    public static Secret FromEnvironment(string variable, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value
            ? Known(variable, value)
            : Missing(
                variable,
                new ConvergeException($"secret {variable} is not set", $"Set it before the run, for example:\n    read -rs {variable} && export {variable}"),
                new SourceLocation(file, line));

    /// <summary>Reads a file of the controller; one final newline is not part of the secret.</summary>
    /// <param name="path">Relative to the current directory; in a script, to the script.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ConvergeException">The file cannot be read or is empty. In a script a mistake instead, shown together with all others.</exception>
    public static Secret FromFile(string path, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        try
        {
            var text = File.ReadAllText(ScriptScope.Resolve(path, file));
            return Known(Path.GetFileName(path), text.EndsWith('\n') ? text[..^1].TrimEnd('\r') : text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Missing(
                Path.GetFileName(path),
                new ConvergeException($"secret file {path} cannot be read: {e.Message}", "Create the file, readable by you alone (chmod 600).", e),
                new SourceLocation(file, line));
        }
    }

    /// <summary>
    /// Runs a program of the controller, such as a password manager, and takes what it prints on standard output; one final newline is not part of the
    /// secret. It is run when the script is, also for a plan, but not where missing secrets are allowed (<see cref="AllowMissing"/>).
    /// </summary>
    /// <param name="command">The program and its arguments, which no shell sees; not secret themselves. It may take 2 minutes.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ConvergeException">It cannot be run, fails or prints nothing. In a script a mistake instead, shown together with all others.</exception>
    /// <example>
    /// <code>
    /// var password = Secret.FromCommand(["pass", "show", "foobar/db"]);
    /// </code>
    /// </example>
    public static Secret FromCommand(IReadOnlyList<string> command, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var at = new SourceLocation(file, line);
        if (command.Count == 0)
        {
            return Missing("of no command", new ConvergeException("a secret from a command needs a command", "For example: Secret.FromCommand([\"pass\", \"show\", \"foobar/db\"])"), at);
        }

        var name = string.Join(' ', command);
        try
        {
            return MissingSecrets.Current is null ? Known(name, SecretCommand.Read(name, command)) : Missing(name, new ConvergeException($"secret {name} is not asked for"), at);
        }
        catch (ConvergeException e)
        {
            return Missing(name, e, at);
        }
    }

    /// <summary>Asks the person at the terminal, without showing what is typed; once for each name in a run.</summary>
    /// <param name="name">What to ask for: <c>password of the database</c>.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <exception cref="ConvergeException">There is no terminal, or nothing was typed. In a script a mistake instead, shown together with all others.</exception>
    public static Secret FromPrompt(string name, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var at = new SourceLocation(file, line);
        if (MissingSecrets.Current is not null || SecretPrompt.Current is not { } prompt)
        {
            return Missing(name, new ConvergeException($"secret {name} has to be typed, and there is no terminal to ask at", "Run it at a terminal, or take the secret from elsewhere: Secret.FromEnvironment, FromFile or FromCommand."), at);
        }

        return prompt.Answer(name) is { Length: > 0 } typed ? Known(name, typed) : Missing(name, new ConvergeException($"secret {name} was asked for, and nothing was typed", "Run again and type it."), at);
    }

    /// <summary>Until the result is disposed, <see cref="FromPrompt"/> asks through this: it is given the name, and gives what was typed or null.</summary>
    public static SecretPrompt AskWith(Func<string, string?> ask) => new(ask);

    /// <summary>A secret that the program already holds.</summary>
    public static Secret FromValue(string name, string value) => Known(name, value);

    /// <summary>The value itself. Whoever calls this answers for where it goes.</summary>
    [SuppressMessage("Design", "CA1024:Use properties where appropriate", Justification = "A property would be printed by debuggers, records and serializers.")]
    public string Reveal() => _value;

    /// <summary>
    /// Until the result is disposed, a secret that is not set is no mistake: what only looks at the script (<c>check</c>, <c>render</c>,
    /// snapshot tests) needs no secrets.
    /// </summary>
    public static MissingSecrets AllowMissing() => new();

    /// <summary>The mask, never the value.</summary>
    public override string ToString() => Mask;

    private static Secret Known(string name, string value)
    {
        var secret = new Secret(name, value);
        Redaction.Learn(secret, value);
        return secret;
    }

    /// <summary>Throws, or in a script reports, unless missing secrets are allowed. The stand-in never reaches a host.</summary>
    private static Secret Missing(string name, ConvergeException why, SourceLocation at)
    {
        if (MissingSecrets.Current is { } allowed)
        {
            allowed.Note(name);
        }
        else
        {
            ScriptScope.Refuse(why, at);
        }

        // Short and plain, so that a module that checks its secrets finds nothing to object to. Not redacted: it is no secret.
        return new Secret(name, "missing") { IsMissing = true };
    }
}
