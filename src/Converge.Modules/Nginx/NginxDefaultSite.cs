using System.Collections.Generic;

namespace Converge.Modules;

/// <summary>Takes away the site that Debian's package enables.</summary>
internal sealed record NginxDefaultSite : Resource<NginxDefaultSiteState>
{
    private const string Path = "/etc/nginx/sites-enabled/default";

    public override string Kind => "nginx-default-site";

    public override string Name => Path;

    public override IEnumerable<Provision> Provides => [Provision.Path(Path)];

    public override Query<NginxDefaultSiteState> Query =>
        PathQuestion.Ask(Path).And(PathQuestion.Ask("/etc/nginx/nginx.conf"), (link, main) => new NginxDefaultSiteState(link, main.Kind != PathKind.Missing));

    public override IEnumerable<Change> Diff(NginxDefaultSiteState state, DiffContext context)
    {
        if (state.Link.Kind is not (PathKind.Missing or PathKind.Symlink))
        {
            throw new ConvergeException($"{Path} is not the link that Debian's nginx makes, but a file of its own", "Describe it as an NginxSite, or move it out of the way.");
        }

        var comes = !state.Installed && context.PendingOf("package", "nginx") is not null;
        if (state.Link.Kind == PathKind.Symlink || comes)
        {
            yield return new Change("site", "enabled", null)
            {
                Steps = [new RunProgram("rm", ["-f", Path]) { Replaces = Path }],
                Reason = comes ? "package nginx enables it" : null,
            };
        }
    }

    public override Resource? MergeWith(Resource other) => other as NginxDefaultSite;
}

/// <summary>What is at the path of Debian's site, and whether nginx has been installed, which puts it there.</summary>
internal sealed record NginxDefaultSiteState(FileState Link, bool Installed);
