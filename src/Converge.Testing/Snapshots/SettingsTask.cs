using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Tasks;

namespace Converge.Testing;

/// <summary>One verification with its settings; runs when it is awaited.</summary>
public sealed class SettingsTask
{
    private readonly List<Action<StringBuilder>> _scrubbers = [];
    private readonly string _target;
    private readonly string _folder;
    private string _typeName;
    private string _methodName;
    private string? _parameters;
    private bool _mayAccept = true;

    internal SettingsTask(string target, string sourceFile, string method)
    {
        _target = target;
        _folder = Path.GetDirectoryName(sourceFile) ?? ".";
        _typeName = Path.GetFileNameWithoutExtension(sourceFile);
        _methodName = method;
    }

    /// <summary>Tells the cases of a theory apart: <c>Class.Method_text.verified.txt</c>.</summary>
    public SettingsTask UseTextForParameters(string parameters)
    {
        _parameters = parameters;
        return this;
    }

    /// <summary>Uses another name than that of the calling method.</summary>
    public SettingsTask UseMethodName(string name)
    {
        _methodName = name;
        return this;
    }

    /// <summary>Uses another name than that of the source file.</summary>
    public SettingsTask UseTypeName(string name)
    {
        _typeName = name;
        return this;
    }

    /// <summary>Edits the text before it is compared. Scrubbers run in the order in which they were added.</summary>
    public SettingsTask AddScrubber(Action<StringBuilder> scrubber)
    {
        _scrubbers.Add(scrubber);
        return this;
    }

    /// <summary>Leaves out lines that contain one of these texts.</summary>
    public SettingsTask ScrubLinesContaining(params string[] texts) =>
        ScrubLinesWithReplace(line => texts.Any(t => line.Contains(t, StringComparison.Ordinal)) ? null : line);

    /// <summary>Replaces lines; null leaves a line out.</summary>
    public SettingsTask ScrubLinesWithReplace(Func<string, string?> replace) => AddScrubber(text =>
    {
        var lines = text.ToString().Split('\n').Select(replace).OfType<string>();
        text.Clear().AppendJoin('\n', lines);
    });

    /// <summary>Fails on a difference even when the run accepts snapshots: for tests of the verification itself.</summary>
    internal SettingsTask NeverAccept()
    {
        _mayAccept = false;
        return this;
    }

    /// <summary>Runs the verification.</summary>
    /// <exception cref="VerifyException">The text differs from the verified file, or there is none yet.</exception>
    public TaskAwaiter GetAwaiter() => ToTask().GetAwaiter();

    /// <summary>Runs the verification, for callers that need a task.</summary>
    /// <exception cref="VerifyException">The text differs from the verified file, or there is none yet.</exception>
    public Task ToTask()
    {
        var name = _parameters is null ? $"{_typeName}.{_methodName}" : $"{_typeName}.{_methodName}_{Safe(_parameters)}";
        return new SnapshotFile(Path.Combine(_folder, name)).CompareAsync(Scrubbed(), _mayAccept);
    }

    private string Scrubbed()
    {
        var text = new StringBuilder(_target).Replace("\r\n", "\n");
        _scrubbers.ForEach(scrub => scrub(text));
        return text.ToString();
    }

    private static string Safe(string parameters) =>
        string.Concat(parameters.Select(c => char.IsAsciiLetterOrDigit(c) || c is '=' or '_' or '.' or '-' or ',' ? c : '-'));
}
