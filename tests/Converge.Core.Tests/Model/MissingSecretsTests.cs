namespace Converge.Core.Tests.Model;

public sealed class MissingSecretsTests
{
    private const string Variable = "CONVERGE_TESTS_SECRET_THAT_IS_NOT_SET";

    [Fact]
    public void A_secret_that_is_not_set_is_an_error()
    {
        var failure = Assert.Throws<ConvergeException>(() => Secret.FromEnvironment(Variable));

        Assert.Equal($"secret {Variable} is not set", failure.Message);
    }

    [Fact]
    public void Where_missing_secrets_are_allowed_it_is_a_placeholder_and_its_name_is_kept()
    {
        using var missing = Secret.AllowMissing();

        var secret = Secret.FromEnvironment(Variable);

        Assert.True(secret.IsMissing);
        Assert.Equal([Variable], missing.Names);
        Assert.Equal("***", Content.FromSecret(secret).ToString());
    }

    [Fact]
    public void A_placeholder_is_no_secret_that_other_text_is_cleaned_of()
    {
        using var missing = Secret.AllowMissing();

        var secret = Secret.FromEnvironment(Variable);

        Assert.Equal(secret.Reveal(), Redaction.Mask(secret.Reveal()));
    }

    [Fact]
    public void Afterwards_it_is_an_error_again()
    {
        Secret.AllowMissing().Dispose();

        Assert.Throws<ConvergeException>(() => Secret.FromFile("/does/not/exist"));
    }
}
