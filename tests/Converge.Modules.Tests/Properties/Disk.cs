using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Converge.Sessions;
using Converge.Testing;

namespace Converge.Modules.Tests.Properties;

/// <summary>The files, folders and links of an in-memory host: answers what a real one answers, and is really changed by steps.</summary>
internal sealed class Disk
{
    private readonly ConcurrentDictionary<string, UnixFileMode> _folders = new(StringComparer.Ordinal) { ["/srv"] = Mode.Octal("0755") };
    private readonly ConcurrentDictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly InMemoryHost _host;

    public Disk(InMemoryHost host)
    {
        _host = host;
        host.Answers("path", Say)
            .Runs("mkdir", call => Below(call.Arguments[2], path => _folders[path] = Mode.Octal(call.Arguments[1][1..])))
            .Runs("chmod", call => Chmod(call.Arguments[1], Mode.Octal(call.Arguments[0][^4..])))
            .Runs("ln", call => Below(call.Arguments[3], path => _links[path] = call.Arguments[2]))
            .Runs("mv", call => _links.ContainsKey(call.Arguments[1]) ? Below(call.Arguments[2], path => Move(call.Arguments[1], path)) : Nothing(call.Arguments[1]))
            .Runs("rm", call => Below(call.Arguments[1], Remove));
    }

    public void Folder(string path, UnixFileMode mode) => _folders[path] = mode;

    public void Link(string path, string target) => _links[path] = target;

    public void File(string path, string text, UnixFileMode mode) => _host.Files[path] = new InMemoryFile(Encoding.UTF8.GetBytes(text)) { Mode = mode };

    public bool HasFolder(string path) => _folders.ContainsKey(path);

    /// <summary>The in-memory host puts files anywhere; a real one needs a folder.</summary>
    public ItemResult? Refuse(ExchangeItem item) => item is StepItem { Step: PutFile put } && !HasFolder(Above(put.Path)) ? new ItemResult(Nothing(put.Path)) : null;

    private static string Above(string path) => path[..path.LastIndexOf('/')];

    private Answer Below(string path, Action<string> change)
    {
        if (!HasFolder(Above(path)))
        {
            return Nothing(path);
        }

        change(path);
        return InMemoryHost.Success;
    }

    private Answer Chmod(string path, UnixFileMode mode)
    {
        if (_folders.ContainsKey(path))
        {
            _folders[path] = mode;
        }
        else if (_host.Files.TryGetValue(path, out var file))
        {
            _host.Files[path] = file with { Mode = mode };
        }
        else
        {
            return Nothing(path);
        }

        return InMemoryHost.Success;
    }

    private static Answer Nothing(string path) => Answer.FromText("", $"{path}: No such file or directory\n", 1);

    private void Move(string link, string path)
    {
        _host.Files.TryRemove(path, out _);
        _links[path] = _links[link];
        _links.TryRemove(link, out _);
    }

    private void Remove(string path)
    {
        _host.Files.TryRemove(path, out _);
        _links.TryRemove(path, out _);
    }

    // In the form of PathQuestion. A file that was put over a link hides it.
    private Answer Say(IReadOnlyList<string> arguments)
    {
        var text = new StringBuilder();
        for (var i = 2; i <= arguments.Count; i += 2)
        {
            var (path, wanted) = (arguments[i - 2], arguments[i - 1]);
            text.Append($"path {path.Length}\n{path}\n");
            if (_host.Files.TryGetValue(path, out var file))
            {
                var sum = Convert.ToHexStringLower(SHA256.HashData(file.Bytes.Span));
                text.Append($"stat {i} {0x8000 | (int)file.Mode:x} {file.Bytes.Length} 0 0 0 root:root\n");
                text.Append(wanted.Length == 0 ? "" : $"sum {i} {sum}\n");
                text.Append(wanted.Length == 0 || wanted == "hash" || wanted == sum ? "" : $"base64 {i} {Convert.ToBase64String(file.Bytes.Span)}\n");
            }
            else if (_links.TryGetValue(path, out var target))
            {
                text.Append($"link {i} {target.Length}\n{target}\nstat {i} a1ff {target.Length} 0 0 0 root:root\n");
            }
            else if (_folders.TryGetValue(path, out var mode))
            {
                text.Append($"stat {i} {0x4000 | (int)mode:x} 4096 0 0 0 root:root\n");
            }
            else if (!HasFolder(Above(path)))
            {
                text.Append($"orphan {i}\n");
            }
        }

        return Answer.FromText(text.ToString());
    }
}
