using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Converge.Bench.Measuring;

namespace Converge.Bench.Hosts;

/// <summary>
/// 20 resources that do no harm, since all hosts of a <see cref="LoopbackFleet"/> are this machine: files and folders in one place of their own, and
/// what every Debian has. Once one host has them, all have.
/// </summary>
internal sealed class FleetState(string folder)
{
    private const int Files = 11, Folders = 4;

    private readonly string _place = Path.Combine(Path.GetTempPath(), "converge-bench-fleet");

    /// <summary>A script for so many hosts.</summary>
    public string Script(int hosts)
    {
        var path = Path.Combine(folder, $"fleet-{hosts}.csx");
        var text = new StringBuilder($$"""
            for (var i = 0; i < {{hosts}}; i++)
            {
                var host = Host($"host{i}", $"127.1.{i / 200}.{i % 200 + 1}");
                host.Add(new Directory("{{_place}}") { Owner = "root", Group = "root", Mode = Mode.Octal("0755") });
                for (var folder = 1; folder < {{Folders}}; folder++)
                {
                    host.Add(new Directory($"{{_place}}/{folder}") { Owner = "root", Group = "root", Mode = Mode.Octal("0755") });
                }

                for (var file = 0; file < {{Files}}; file++)
                {
                    host.Add(new File($"{{_place}}/{file % 3 + 1}/{file}.conf") { Content = $"setting = {file}\n", Owner = "root", Group = "root", Mode = Mode.Octal("0644") });
                }

                host.Add(new Symlink("{{_place}}/current") { Target = "{{_place}}/1" });
                host.Add(new User("root") { Home = "/root" });
                host.Add(new Package("openssh-server"));
                host.Add(new Package("coreutils"));
                host.Add(new Package("dpkg"));
            }

            """);
        File.WriteAllText(path, text.ToString());
        return path;
    }

    /// <summary>A playbook that says the same, in as few tasks as loops allow.</summary>
    public ShellCommand Ansible(string sshConfig, KeptConnections connections, int hosts)
    {
        var inventory = Path.Combine(folder, $"inventory-{hosts}.ini");
        File.WriteAllLines(inventory, Enumerable.Range(0, hosts).Select(LoopbackFleet.NameOf));
        var playbook = Path.Combine(folder, "fleet.yml");
        File.WriteAllText(playbook, Playbook());
        return new ShellCommand("ansible-playbook", ["-i", inventory, "-f", hosts.ToString(), playbook])
        {
            Environment = new Dictionary<string, string>(connections.ForAnsible(sshConfig))
            {
                ["ANSIBLE_PIPELINING"] = "True",
                ["ANSIBLE_PYTHON_INTERPRETER"] = "/usr/bin/python3",
            },
            Verdict = outcome => outcome.ExitCode != 0 ? $"exit code {outcome.ExitCode}"
                : outcome.Output.Contains("changed: [", StringComparison.Ordinal) ? "something was changed" : null,
        };
    }

    public void Remove()
    {
        if (Directory.Exists(_place))
        {
            Directory.Delete(_place, recursive: true);
        }
    }

    private string Playbook()
    {
        var folders = string.Join(", ", Enumerable.Range(1, Folders - 1).Select(f => $"{_place}/{f}").Prepend(_place));
        var files = string.Join(", ", Enumerable.Range(0, Files));
        return $$$"""
            - hosts: all
              gather_facts: false
              tasks:
                - ansible.builtin.file: { path: "{{ item }}", state: directory, owner: root, group: root, mode: "0755" }
                  loop: [{{{folders}}}]
                - ansible.builtin.copy: { dest: "{{{_place}}}/{{ item % 3 + 1 }}/{{ item }}.conf", content: "setting = {{ item }}\n", owner: root, group: root, mode: "0644" }
                  loop: [{{{files}}}]
                - ansible.builtin.file: { path: {{{_place}}}/current, state: link, src: {{{_place}}}/1 }
                - ansible.builtin.user: { name: root, home: /root }
                - ansible.builtin.apt: { name: [openssh-server, coreutils, dpkg] }

            """;
    }
}
