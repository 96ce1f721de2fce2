using System.Collections.Generic;
using System.Threading.Tasks;
using Converge.Sessions;

namespace Converge.Core.Tests.Sessions;

internal static class SessionExchanges
{
    /// <summary>One exchange to which nobody listens.</summary>
    public static Task<IReadOnlyList<ItemResult>> RunAsync(this IHostSession session, params IReadOnlyList<ExchangeItem> items) =>
        session.ExchangeAsync(items, null, TestContext.Current.CancellationToken);
}
