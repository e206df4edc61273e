using System.CommandLine;
using System.Runtime.InteropServices;
using Nin.Cli.Consoles;
using Nin.Cli.Parsing;
using Nin.Cli.Predicting;
using Nin.Server;

namespace Nin.Cli.Commands;

/// <summary><c>nin serve</c>: models behind HTTP. Nothing of libtorch is loaded.</summary>
internal static class ServeCommand
{
    /// <summary>The command.</summary>
    public static Command Create(Output output)
    {
        var words = new Argument<string[]>("models") { Description = "model.onnx files or runs, each as it is or as name=model; the model that ships when left out", Arity = ArgumentArity.ZeroOrMore };
        var host = new Option<string>("--host") { Description = "address to bind; 127.0.0.1 when left out, * for all", HelpName = "address" };
        var port = new Option<string>("--port") { Description = "port; 8080 when left out, 0 for any that is free", HelpName = "n" };
        var command = new NinCommand("serve", "serves models over HTTP, with a page",
            new Example("nin serve", "the model that ships, at http://127.0.0.1:8080"))
        {
            words, host, port,
        };
        command.SetAction(async (parse, _) =>
        {
            var models = (parse.GetValue(words) is { Length: > 0 } typed ? typed.Select(Named) : [new("fashion-mnist", ShippedModel.Path())]).ToList();
            var options = new ServerOptions();
            if (parse.GetValue(host) is { } address) options = options with { Host = address };
            if (parse.GetValue(port) is { } number) options = options with { Port = int.Parse(FlagValue.Whole.Parse(port.Name, port.Description!, number)) };
            await using var server = await NinServer.Start(models, options);
            output.Answer(new { url = server.Address }, [$"listening on {server.Address}"]);
            var stop = new TaskCompletionSource<PosixSignal>();
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
            var signal = await stop.Task;
            await server.Stop();
            return signal == PosixSignal.SIGTERM ? 143 : 130;

            void Stop(PosixSignalContext context) => context.Cancel = stop.TrySetResult(context.Signal);
        });
        return command;
    }

    private static ModelFile Named(string word) => word.Split('=', 2) is [var name, var path]
        ? new(name, ModelAndPictures.Find(path) ?? path)
        : new(Path.GetFileNameWithoutExtension(word), ModelAndPictures.Find(word) ?? word);
}
