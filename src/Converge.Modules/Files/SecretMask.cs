using System;
using System.Text;

namespace Converge.Modules;

/// <summary>Finds secrets that were turned into ordinary text and so arrive as their mask.</summary>
internal static class SecretMask
{
    private const string Start = "«secret ";

    public static bool IsIn(string? text) => text?.Contains(Start, StringComparison.Ordinal) == true;

    // Secrets that kept their nature render as three asterisks, so whatever looks like a mask was text.
    // Rendering makes a copy, which contents without holes need not have: they are the large ones.
    public static bool IsIn(Content content) =>
        (content.HasSecret || content.HasFact ? content.Render(null) : content.Resolve(null)).Span.IndexOf(Encoding.UTF8.GetBytes(Start)) >= 0;

    public static string Mistake(string property) =>
        $"{property} holds the mask of a secret instead of the secret: write Content.Text($\"…{{secret}}…\"), which keeps it a secret";
}
