using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Converge.Modules;

/// <summary>What systemd says of units, and what is recorded of what they took in: one <c>systemctl show</c> for all units of a host.</summary>
internal static class UnitQuestion
{
    // The time of a process's own folder in /proc is that at which it was started: one program less than with date.
    private const string Script = """
        command -v systemctl >/dev/null || { echo none; exit; }
        folder=/var/lib/converge/services records=
        for unit; do
          if [ -f "$folder/$unit" ]; then
            records="$records $folder/$unit"
            printf 'record %s\n' "$unit"
            while IFS= read -r line; do printf 'input %s\n' "$line"; done <"$folder/$unit"
          fi
        done
        set -f
        stat -c 'recorded %Y %n' -- /proc/self/ $records || { printf 'now '; date +%s; }
        TZ=UTC exec systemctl show -p Id -p Names -p LoadState -p ActiveState -p SubState -p UnitFileState -p Type -p RemainAfterExit \
          -p CanReload -p NeedDaemonReload -p ActiveEnterTimestamp -p StateChangeTimestamp -- "$@"
        """;

    private static readonly Question<IReadOnlyDictionary<string, UnitStatus>> _question = new("systemd-unit", Script, Read);

    public static Query<UnitStatus> Ask(string unit) =>
        _question.Ask(unit).Select(answers => answers.TryGetValue(unit, out var status) ? status : throw new ProbeException($"systemd did not say what {unit} is"));

    public static IReadOnlyDictionary<string, UnitStatus> Read(Answer answer)
    {
        var now = DateTimeOffset.UnixEpoch;
        var records = new Dictionary<string, InputRecord>(StringComparer.Ordinal);
        var recordedAt = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var units = new Dictionary<string, UnitStatus>(StringComparer.Ordinal);
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        var unit = "";
        foreach (var line in answer.RequireSuccess("systemctl show").Text.Split('\n'))
        {
            switch (line.Split(' ', 2))
            {
                case ["none"]:
                    throw new ProbeException("the host has no systemd", "Service and SystemdUnit speak only to systemd so far.");
                case ["now", var seconds]:
                    now = Epoch(seconds);
                    break;
                case ["record", var name]:
                    records[unit = name] = InputRecord.Empty;
                    break;
                case ["recorded", var written] when written.Split(' ') is [var seconds, "/proc/self/"]:
                    now = Epoch(seconds);
                    break;
                case ["recorded", var written] when written.Split(' ') is [var seconds, var path]:
                    recordedAt[path[(path.LastIndexOf('/') + 1)..]] = Epoch(seconds);
                    break;
                case ["input", var input]:
                    records[unit] = records[unit].With(input);
                    break;
                case [""]:
                    Add(units, properties, now);
                    properties.Clear();
                    break;
                default:
                    var assignment = line.Split('=', 2);
                    properties[assignment[0]] = assignment[1];
                    break;
            }
        }

        Add(units, properties, now);
        return units.ToDictionary(u => u.Key, u => u.Value with
        {
            Record = records.GetValueOrDefault(u.Key, InputRecord.Empty),
            RecordedAt = recordedAt.TryGetValue(u.Key, out var at) ? at : null,
        }, StringComparer.Ordinal);
    }

    private static DateTimeOffset Epoch(string seconds) => DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds, CultureInfo.InvariantCulture));

    // A unit answers to each of its names.
    private static void Add(Dictionary<string, UnitStatus> units, Dictionary<string, string> properties, DateTimeOffset now)
    {
        if (!properties.TryGetValue("Id", out var id))
        {
            return;
        }

        var status = new UnitStatus(id)
        {
            LoadState = properties["LoadState"],
            ActiveState = properties["ActiveState"],
            SubState = properties["SubState"],
            UnitFileState = properties["UnitFileState"],
            RunsOnce = properties.GetValueOrDefault("Type") == "oneshot" && properties.GetValueOrDefault("RemainAfterExit") != "yes",
            CanReload = properties["CanReload"] == "yes",
            NeedDaemonReload = properties["NeedDaemonReload"] == "yes",
            StartedAt = Time(properties["ActiveEnterTimestamp"]),
            StateChangedAt = Time(properties.GetValueOrDefault("StateChangeTimestamp", "")),
            Now = now,
        };
        foreach (var name in properties["Names"].Split(' ').Append(id))
        {
            units[name] = status;
        }
    }

    // Mon 2026-11-23 10:28:29 UTC
    private static DateTimeOffset? Time(string text) => text.Length == 0 || text == "n/a"
        ? null
        : DateTimeOffset.ParseExact(text, "ddd yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
