using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Converge.Modules;

/// <summary>A user account. A new one has no password that fits (locked) unless <see cref="PasswordHash"/> is given.</summary>
/// <param name="UserName">Login name.</param>
/// <example>
/// <code>
/// host.Add(new User("app") { System = true, Home = "/srv/app", Groups = ["ssl-cert"] });
/// </code>
/// </example>
public sealed record User(string UserName) : Resource<UserState>
{
    /// <summary>Number. Null: left as found, the next free one for a new account.</summary>
    public int? Uid { get; init; }

    /// <summary>Primary group, by name; it must exist. Null: left as found, a group of the same name for a new account.</summary>
    public string? Group { get; init; }

    /// <summary>Supplementary groups, by name. Null: left as found.</summary>
    public IReadOnlyList<string>? Groups { get; init; }

    /// <summary>The account is in no supplementary group but <see cref="Groups"/>. Default: others stay.</summary>
    public bool GroupsExactly { get; init; }

    /// <summary>Home folder: the path that is recorded; the folder itself is a <see cref="Directory"/>. Null: left as found.</summary>
    public string? Home { get; init; }

    /// <summary>Login shell. Null: left as found; <c>/usr/sbin/nologin</c> for a new system account, the system's default for others.</summary>
    public string? Shell { get; init; }

    /// <summary>Full name or remark. Null: left as found.</summary>
    public string? Comment { get; init; }

    /// <summary>Password as <c>crypt(5)</c> hash, such as <c>mkpasswd</c> prints. Null: left as found, locked for a new account.</summary>
    public Secret? PasswordHash { get; init; }

    /// <summary>A new account gets a number of the system's range. An existing one keeps its number.</summary>
    public bool System { get; init; }

    /// <summary>The account shall not exist. Its files stay.</summary>
    public bool Absent { get; init; }

    /// <inheritdoc/>
    public override string Kind => "user";

    /// <inheritdoc/>
    public override string Name => UserName;

    /// <inheritdoc/>
    public override IEnumerable<Provision> Provides => Group is null ? [Provision.User(UserName), Provision.Group(UserName)] : [Provision.User(UserName)];

    /// <inheritdoc/>
    public override IEnumerable<Provision> Needs =>
        (Groups ?? []).Append(Group ?? UserName).Select(Provision.Group);

    /// <inheritdoc/>
    public override Query<UserState> Query => AccountQuestion.AskUser(UserName, PasswordHash is not null);

    /// <inheritdoc/>
    public override IEnumerable<Change> Diff(UserState state, DiffContext context) => (Absent, state.Exists) switch
    {
        (true, true) => [new Change("account", Number(state.Uid), null) { Steps = [new RunProgram("userdel", [UserName])] }],
        (true, false) => [],
        (false, false) when context.Brought<BroughtAccount>(Provision.User(UserName)) is var (by, _) => [Change.DecidedAfter("account", "as described", by.ToString())],
        (false, false) => Creation(state, context),
        (false, true) => Modification(state),
    };

    /// <inheritdoc/>
    public override IEnumerable<string> Mistakes() =>
    [
        .. AccountName.Mistakes(UserName, "user"),
        .. (Groups ?? []).Concat(Group is null ? [] : [Group]).SelectMany(g => AccountName.Mistakes(g, "group")),
        .. Uid is < 0 ? ["Uid is negative"] : Array.Empty<string>(),
        .. Home is not null ? AbsolutePath.Mistakes(Home).Select(m => $"Home: {m}") : [],
        .. Shell is not null ? AbsolutePath.Mistakes(Shell).Select(m => $"Shell: {m}") : [],
        .. new[] { Home, Shell, Comment }.Any(text => text?.AsSpan().IndexOfAny(':', '\n') >= 0) ? ["Home, Shell and Comment cannot hold a colon or a newline"] : Array.Empty<string>(),
        .. GroupsExactly && Groups is null ? ["GroupsExactly speaks of Groups, which it does not have"] : Array.Empty<string>(),
    ];

    /// <summary>Two that agree are one; their supplementary groups are put together.</summary>
    public override Resource? MergeWith(Resource other) =>
        other is User user && user.Absent == Absent && user.GroupsExactly == GroupsExactly && Agree.On(Uid, user.Uid, out var uid)
        && Agree.On(Group, user.Group, out var group) && Agree.On(Home, user.Home, out var home) && Agree.On(Shell, user.Shell, out var shell)
        && Agree.On(Comment, user.Comment, out var comment) && Agree.On(PasswordHash?.Reveal(), user.PasswordHash?.Reveal(), out _)
            ? this with
            {
                Uid = uid,
                Group = group,
                Groups = Groups is null && user.Groups is null ? null : [.. (Groups ?? []).Union(user.Groups ?? [])],
                Home = home,
                Shell = shell,
                Comment = comment,
                PasswordHash = PasswordHash ?? user.PasswordHash,
                System = System || user.System,
                After = [.. After.Union(user.After)],
            }
            : null;

    private IEnumerable<Change> Creation(UserState state, DiffContext context)
    {
        // useradd refuses to make a group that is there already.
        var group = Group ?? (state.HasGroupOfItsName || context.PendingOf("group", UserName) is not null ? UserName : null);
        var shell = Shell ?? (System ? "/usr/sbin/nologin" : null);
        var add = new RunProgram("useradd",
        [
            "--no-create-home",
            .. System ? ["--system"] : Array.Empty<string>(),
            .. Option("--uid", Uid is { } uid ? Number(uid) : null),
            .. group is null ? ["--user-group"] : Option("--gid", group),
            .. Option("--groups", Groups is { Count: > 0 } ? string.Join(',', Groups) : null),
            .. Option("--home-dir", Home),
            .. Option("--shell", shell),
            .. Option("--comment", Comment),
            UserName,
        ]);
        return
        [
            new Change("account", null, System ? "a system user" : "a user") { Steps = [add] },
            .. PasswordHash is null ? Array.Empty<Change>() : [Password(null)],
        ];
    }

    private List<Change> Modification(UserState state)
    {
        var changes = new List<Change>();
        void Compare(string property, string found, string? wanted, string option)
        {
            if (wanted is not null && wanted != found)
            {
                changes.Add(new Change(property, found.Length == 0 ? null : found, wanted) { Steps = [new RunProgram("usermod", [option, wanted, UserName])] });
            }
        }

        Compare("uid", Number(state.Uid), Uid is { } uid ? Number(uid) : null, "--uid");
        Compare("group", state.Group, Group, "--gid");
        Compare("home", state.Home, Home, "--home");
        Compare("shell", state.Shell, Shell, "--shell");
        Compare("comment", state.Comment, Comment, "--comment");
        changes.AddRange(GroupChanges(state));
        if (PasswordHash is not null && state.PasswordHash?.Reveal() != PasswordHash.Reveal())
        {
            changes.Add(Password("another"));
        }

        return changes;
    }

    private IEnumerable<Change> GroupChanges(UserState state)
    {
        // The primary group is not among the supplementary ones, and being told twice does no harm.
        var wanted = (Groups ?? []).Where(g => g != state.Group).Distinct().Order(StringComparer.Ordinal).ToList();
        var missing = wanted.Except(state.Groups).ToList();
        var surplus = GroupsExactly ? state.Groups.Except(wanted).ToList() : [];
        if (Groups is null || missing.Count + surplus.Count == 0)
        {
            return [];
        }

        var after = state.Groups.Except(surplus).Union(missing).Order(StringComparer.Ordinal);
        string[] arguments = GroupsExactly ? ["--groups", string.Join(',', wanted)] : ["--append", "--groups", string.Join(',', missing)];
        return [new Change("groups", string.Join(", ", state.Groups), string.Join(", ", after)) { Steps = [new RunProgram("usermod", [.. arguments, UserName])] }];
    }

    private Change Password(string? found) => new("password", found, "as given")
    {
        Steps = [new RunProgram("chpasswd", ["--encrypted"]) { Input = Content.Text($"{UserName}:{PasswordHash!}\n") }],
    };

    private static string[] Option(string name, string? value) => value is null ? [] : [name, value];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
