using System;
using System.Collections.Generic;
using System.Linq;

namespace Converge.Modules;

/// <summary>Users and groups that conditions ask for: <c>{ http_auth(admins) }</c>.</summary>
/// <param name="Name">One word.</param>
/// <example>
/// <code>
/// var admins = new Userlist("admins")
/// {
///     Users = { new("alice", Secret.FromEnvironment("ALICE_HASH")) { Hashed = true } },
/// };
/// </code>
/// </example>
public sealed record Userlist(string Name)
{
    /// <summary>In the order of the script.</summary>
    public IList<HaproxyUser> Users { get; init; } = [];

    internal SectionLines ToLines()
    {
        var section = new SectionLines($"userlist {Name}");
        foreach (var group in Users.SelectMany(u => u.Groups).Distinct().Order(StringComparer.Ordinal))
        {
            section.Add($"group {HaproxyText.Word(group)}");
        }

        foreach (var user in Users)
        {
            var groups = user.Groups.Count == 0 ? "" : $" groups {string.Join(',', user.Groups)}";
            var keyword = user.Hashed ? "password" : "insecure-password";
            section.Add("user", Content.Text($"{HaproxyText.Word(user.Name)} {keyword} {HaproxyText.SecretWord("", user.Password)}{groups}"));
        }

        return section;
    }
}

/// <summary>A user of a <see cref="Userlist"/>.</summary>
/// <param name="Name">As the client gives it.</param>
/// <param name="Password">The password, or its hash.</param>
public sealed record HaproxyUser(string Name, Secret Password)
{
    /// <summary>The password is given as <c>crypt(3)</c> knows it, such as <c>$6$…</c>. Strong hashes cost processor time at every request.</summary>
    public bool Hashed { get; init; }

    /// <summary>Groups that conditions may ask for.</summary>
    public IList<string> Groups { get; init; } = [];
}
