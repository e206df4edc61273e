namespace Nin;

/// <summary>A flag, an option or a name that does not make sense. Exit code 2.</summary>
public sealed class UsageException(string what, string why, string fix, Exception? inner = null) : NinException(what, why, fix, inner)
{
    /// <inheritdoc />
    public override int ExitCode => 2;
}

/// <summary>A data set that is missing, damaged or unfit for the job. Exit code 3.</summary>
public sealed class DataException(string what, string why, string fix, Exception? inner = null) : NinException(what, why, fix, inner)
{
    /// <inheritdoc />
    public override int ExitCode => 3;
}

/// <summary>A network description, weights or checkpoint file that is missing, damaged or does not fit. Exit code 4.</summary>
public sealed class ModelException(string what, string why, string fix, Exception? inner = null) : NinException(what, why, fix, inner)
{
    /// <inheritdoc />
    public override int ExitCode => 4;
}

/// <summary>Something that this machine lacks: a native library, a device, a writable folder. Exit code 5.</summary>
public sealed class EnvironmentException(string what, string why, string fix, Exception? inner = null) : NinException(what, why, fix, inner)
{
    /// <inheritdoc />
    public override int ExitCode => 5;
}

/// <summary>A result below the bar that was asked for, or two engines that disagree. Exit code 6.</summary>
public sealed class GateException(string what, string why, string fix) : NinException(what, why, fix)
{
    /// <inheritdoc />
    public override int ExitCode => 6;
}

/// <summary>A network that no longer sees its input: the loss rests at ln K for good. Exit code 7.</summary>
public sealed class CollapseException(string what, string why, string fix) : TrainingException(what, why, fix);

/// <summary>A training that diverged, or that is stuck at chance for good. Exit code 7.</summary>
public class TrainingException(string what, string why, string fix) : NinException(what, why, fix)
{
    /// <inheritdoc />
    public override int ExitCode => 7;
}

/// <summary>The output folder could not be written to: full, read-only or gone. Exit code 1.</summary>
public sealed class OutputException(string what, string why, string fix, Exception? inner = null) : NinException(what, why, fix, inner)
{
    /// <inheritdoc />
    public override int ExitCode => 1;
}

/// <summary>A file that does not become a picture. Exit code 3.</summary>
public sealed class ImageException(ImageFault fault, string what, string why, string fix, Exception? inner = null) : NinException(what, why, fix, inner)
{
    /// <summary>What is wrong with it, for programs.</summary>
    public ImageFault Fault => fault;

    /// <inheritdoc />
    public override int ExitCode => 3;
}

/// <summary>What keeps a file from becoming a picture.</summary>
public enum ImageFault
{
    /// <summary>It could not be read from the disk.</summary>
    Unreadable,

    /// <summary>It is no picture, or of a format that is not supported.</summary>
    UnknownFormat,

    /// <summary>It has more bytes or pixels than are allowed.</summary>
    TooLarge,

    /// <summary>It begins as a picture, but its content is incomplete or wrong.</summary>
    Damaged,
}
