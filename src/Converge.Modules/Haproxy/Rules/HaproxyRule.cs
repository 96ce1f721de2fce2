namespace Converge.Modules;

/// <summary>
/// One rule of a frontend, listen or backend. Rules are evaluated, and written, in the order in which they stand. Made by <see cref="HttpRequest"/>,
/// <see cref="HttpResponse"/>, <see cref="TcpRequest"/>, <see cref="Use"/>, <see cref="Redirect"/>, <see cref="Stick"/>, or by an <see cref="Acl"/>.
/// </summary>
public sealed record HaproxyRule
{
    internal HaproxyRule(string keyword, Content arguments) => (Keyword, Arguments) = (keyword, arguments);

    internal string Keyword { get; }

    internal Content Arguments { get; }

    internal HaproxyCondition? Condition { get; private init; }

    internal bool IsUnless { get; private init; }

    /// <summary>The name of the ACL that this rule declares.</summary>
    internal string? Declares { get; init; }

    /// <summary>The backend that this rule chooses.</summary>
    internal BackendReference? Chooses { get; init; }

    /// <summary>A rule as the manual writes it, at its place among the others. Nothing is quoted.</summary>
    public static HaproxyRule Raw(string line) => line.Trim().Split(' ', 3) switch
    {
        ["acl", var name, var criterion] => new Acl(name, criterion),
        ["use_backend", var name, var condition] => new HaproxyRule("use_backend", Content.Text($"{name} {condition}")) { Chooses = name },
        [var keyword, .. var rest] => new HaproxyRule(keyword, Content.Text(string.Join(' ', rest))),
        [] => new HaproxyRule("", Content.Empty),
    };

    /// <summary>The ACL's declaration.</summary>
    public static implicit operator HaproxyRule(Acl acl) => new("acl", Content.Text($"{acl.Name} {acl.Criterion}")) { Declares = acl.Name };

    /// <summary>The rule applies when the condition holds.</summary>
    public HaproxyRule If(HaproxyCondition condition) => this with { Condition = condition, IsUnless = false };

    /// <summary>The rule applies when the condition does not hold.</summary>
    public HaproxyRule Unless(HaproxyCondition condition) => this with { Condition = condition, IsUnless = true };

    /// <summary>All that follows the keyword.</summary>
    internal Content ToContent() => Condition is null
        ? Arguments
        : Content.Text($"{Arguments} {(IsUnless ? "unless" : "if")} {Condition.ToString()}");
}
