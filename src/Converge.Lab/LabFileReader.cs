using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Converge.Lab;

/// <summary>Turns JSON into a <see cref="LabFile"/> and reports all its mistakes at once.</summary>
internal static partial class LabFileReader
{
    internal static readonly string[] Suites = ["bookworm", "trixie", "sid"];
    private static readonly string[] Users = ["ops", "root"];

    public static LabFile Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LabException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    public static LabFile Parse(string json, string source)
    {
        var file = Deserialize(json, source);
        var mistakes = Mistakes(file).ToList();
        return mistakes.Count == 0
            ? file
            : throw new LabException(string.Join('\n', mistakes.Select(m => $"{source}: {m}")));
    }

    private static LabFile Deserialize(string json, string source)
    {
        try
        {
            return JsonSerializer.Deserialize(json, LabJson.Default.LabFile)
                ?? throw new LabException($"{source}: is null; a lab file is a JSON object");
        }
        catch (JsonException e)
        {
            // Line numbers of System.Text.Json count from 0.
            var place = e.LineNumber is { } line ? $"{source}:{line + 1}" : source;
            throw new LabException($"{place}: {e.Path ?? "$"}: {Sentence(e.Message)}", e);
        }
    }

    // The serializer speaks of .NET types, and repeats the place: "… Path: $.x | LineNumber: 3 | BytePositionInLine: 9."
    private static string Sentence(string message)
    {
        if (message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
            return "is not a property of a lab file";
        if (message.Contains("could not be converted to", StringComparison.Ordinal))
            return "has a value of the wrong type";
        const string missing = "was missing required properties including: ";
        if (message.IndexOf(missing, StringComparison.Ordinal) is >= 0 and var found)
            return $"lacks {message[(found + missing.Length)..]}";
        var tail = message.IndexOf(" Path: $", StringComparison.Ordinal);
        return tail < 0 ? message : message[..tail];
    }

    private static IEnumerable<string> Mistakes(LabFile file)
    {
        if (!LabName().IsMatch(file.Name))
            yield return $"name: '{file.Name}' is not 1 to 12 lower-case letters, digits and hyphens, letter first";
        if (!Users.Contains(file.User))
            yield return $"user: '{file.User}' is not one of {string.Join(", ", Users)}";
        if (!Suites.Contains(file.Suite))
            yield return $"suite: {UnknownSuite(file.Suite)}";
        foreach (var suite in file.Packages.Keys.Where(s => !Suites.Contains(s)))
            yield return $"packages.{suite}: {UnknownSuite(suite)}";
        foreach (var (suite, names) in file.Packages)
        foreach (var name in names.Where(n => !PackageName().IsMatch(n)))
            yield return $"packages.{suite}: '{name}' is not a Debian package name";
        if (!Subnet.TryParse(file.Controller, out var subnet))
            yield return $"controller: '{file.Controller}' is not a private IPv4 address with a prefix length of 8 to 30, such as 10.77.0.1/24";
        if (file.Hosts.Count == 0)
            yield return "hosts: is empty; a lab has at least one host";
        for (var i = 0; i < file.Hosts.Count; i++)
        foreach (var mistake in HostMistakes(file, i, subnet))
            yield return $"hosts[{i}].{mistake}";
    }

    private static IEnumerable<string> HostMistakes(LabFile file, int index, Subnet? subnet)
    {
        var host = file.Hosts[index];
        var earlier = file.Hosts.Take(index).ToList();
        if (!HostName().IsMatch(host.Name))
            yield return $"name: '{host.Name}' is not 1 to 15 lower-case letters, digits and hyphens, letter first";
        else if (host.Name is "controller" or "localhost")
            yield return $"name: '{host.Name}' is reserved";
        if (earlier.Any(h => h.Name == host.Name))
            yield return $"name: '{host.Name}' is used twice";
        if (earlier.Any(h => h.Address == host.Address))
            yield return $"address: {host.Address} is used twice";
        if (host.Suite is { } suite && !Suites.Contains(suite))
            yield return $"suite: {UnknownSuite(suite)}";
        if (subnet is not null && !subnet.HasRoomFor(host.Address))
            yield return $"address: '{host.Address}' is not a host address of {file.Controller} other than the controller's";
    }

    private static string UnknownSuite(string suite) => $"'{suite}' is not one of {string.Join(", ", Suites)}";

    // The link to this machine is named cl-NAME, and Linux allows 15 characters for an interface.
    [GeneratedRegex("^[a-z][a-z0-9-]{0,11}$")]
    private static partial Regex LabName();

    [GeneratedRegex("^[a-z][a-z0-9-]{0,14}$")]
    private static partial Regex HostName();

    // Debian Policy 5.6.1.
    [GeneratedRegex("^[a-z0-9][a-z0-9+.-]+$")]
    private static partial Regex PackageName();
}
