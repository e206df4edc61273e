namespace Nin.Server.Browser;

/// <summary>What a page does that it should not: requests to elsewhere, errors, violations of the content security policy.</summary>
internal sealed class Behaviour
{
    public Behaviour(IPage page, Uri address)
    {
        page.Request += (_, request) =>
        {
            var url = new Uri(request.Url);
            if (url.Scheme is not "blob" && url.Authority != address.Authority) Strangers.Add(request.Url);
        };
        page.Response += (_, response) => Refusals += response.Status >= 400 ? 1 : 0;
        page.PageError += (_, error) => Complaints.Add(error);
        page.Console += (_, message) =>
        {
            // The browser reports a refused request here too; those are counted above.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal)) Complaints.Add(message.Text);
        };
    }

    /// <summary>Addresses outside the server.</summary>
    public List<string> Strangers { get; } = [];

    /// <summary>Answers that are no success.</summary>
    public int Refusals { get; private set; }

    /// <summary>Errors; violations of the policy are among them.</summary>
    public List<string> Complaints { get; } = [];
}
