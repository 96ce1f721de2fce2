using System;
using System.Collections.Generic;

namespace Converge.Core.Tests.Model;

public sealed class SecretSourceTests
{
    [Fact]
    public void A_command_says_a_secret_and_its_last_newline_is_none_of_it()
    {
        var secret = Secret.FromCommand(["sh", "-c", "printf 'said by a %s\\n' command"]);

        Assert.Equal("said by a command", secret.Reveal());
        Assert.Equal(secret.Mask, Redaction.Mask("said by a command"));
    }

    [Fact]
    public void A_command_that_fails_says_why_and_not_what_it_had_printed()
    {
        var failure = Assert.Throws<ConvergeException>(() => Secret.FromCommand(["sh", "-c", "echo half of it; echo locked >&2; exit 3"]));

        Assert.EndsWith("ended with exit code 3\n  locked", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("secret no-such-program: no-such-program cannot be run", "no-such-program")]
    [InlineData("secret true is empty", "true")]
    [InlineData("a secret from a command needs a command")]
    public void A_command_that_says_nothing_is_an_error(string message, params string[] command)
    {
        var failure = Assert.Throws<ConvergeException>(() => Secret.FromCommand(command));

        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_missing_secrets_are_allowed_no_command_is_run_and_nobody_is_asked()
    {
        using var missing = Secret.AllowMissing();
        using var asking = Secret.AskWith(_ => throw new InvalidOperationException("asked"));

        Assert.True(Secret.FromCommand(["no-such-program"]).IsMissing);
        Assert.True(Secret.FromPrompt("the door").IsMissing);
        Assert.Equal(["no-such-program", "the door"], missing.Names);
    }

    [Fact]
    public void A_secret_is_asked_for_once()
    {
        var asked = new List<string>();
        using var asking = Secret.AskWith(name =>
        {
            asked.Add(name);
            return "typed by a person";
        });

        var (first, second) = (Secret.FromPrompt("the safe"), Secret.FromPrompt("the safe"));

        Assert.Equal(("typed by a person", "typed by a person"), (first.Reveal(), second.Reveal()));
        Assert.Equal(["the safe"], asked);
        Assert.Equal("«secret the safe»", Redaction.Mask("typed by a person"));
    }

    [Fact]
    public void Without_a_terminal_or_without_an_answer_it_is_an_error_that_says_so()
    {
        var noTerminal = Assert.Throws<ConvergeException>(() => Secret.FromPrompt("the gate"));
        using var asking = Secret.AskWith(_ => "");
        var nothing = Assert.Throws<ConvergeException>(() => Secret.FromPrompt("the gate"));

        Assert.Equal("secret the gate has to be typed, and there is no terminal to ask at", noTerminal.Message);
        Assert.Equal("secret the gate was asked for, and nothing was typed", nothing.Message);
    }
}
