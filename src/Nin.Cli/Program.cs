using Nin.Cli;
using Nin.Cli.Consoles;
using Nin.Training.Distributed;

// mpirun hands its processes a terminal each and passes on what they write there; escapes would end up in the midst of it.
if (Launcher.Rank is not null) Environment.SetEnvironmentVariable("TERM", "dumb");

return NinCommandLine.Run(args, Terminal.OfProcess());
