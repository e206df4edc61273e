using Nin.Cli;
using Nin.Cli.Consoles;

return NinCommandLine.Run(args, Terminal.OfProcess());
