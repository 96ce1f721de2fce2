namespace Converge.Lab.Tests;

public class MachineConsoleTests
{
    [Fact]
    public void Control_sequences_of_a_terminal_are_left_out()
    {
        const string text = "\u001b[?7h\u001b]3008;start=x;type=boot\u001b\\[\u001b[0;32m  OK  \u001b[0m] Started \u001b[0;1;39mssh\u001b[0m.\r\n\u001b7\u001b8";

        Assert.Equal("[  OK  ] Started ssh.\n", MachineConsole.Plain(text));
    }

    [Fact]
    public void A_console_that_never_was_is_said() =>
        Assert.Equal("  (there is none)", new MachineConsole("/nowhere/console.log").LastLines(3));
}
