namespace Nin;

/// <summary>An error that its reader can mend. It says what happened, why, and what to do; the command line prints it on three lines.</summary>
public abstract class NinException : Exception
{
    private protected NinException(string what, string why, string fix, Exception? inner = null) : base(what, inner)
    {
        Why = why;
        Fix = fix;
    }

    /// <summary>The reason: what was found and what was expected.</summary>
    public string Why { get; }

    /// <summary>The remedy, as a command where there is one.</summary>
    public string Fix { get; }

    /// <summary>The process exit code that stands for this kind of error.</summary>
    public abstract int ExitCode { get; }
}
