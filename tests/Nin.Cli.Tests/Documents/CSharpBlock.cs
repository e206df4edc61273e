using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nin.Cli.Tests.Documents;

/// <summary>A block of C# in a document, as the whole program of a project that references Nin's libraries.</summary>
internal static class CSharpBlock
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly MetadataReference[] _references =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>What the compiler says against it; warnings count.</summary>
    public static IEnumerable<string> Errors(string code) =>
        Compiled(code).GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => $"{diagnostic}");

    /// <summary>Runs it in a folder, as a process beside the command's libraries.</summary>
    /// <returns>What it wrote to standard output.</returns>
    public static string Run(string code, string folder)
    {
        var program = BesideTests("Block.dll");
        Assert.True(Compiled(code).Emit(program).Success);
        var start = new ProcessStartInfo("dotnet", ["exec", "--depsfile", BesideTests("Nin.Cli.deps.json"), "--runtimeconfig", BesideTests("Nin.Cli.runtimeconfig.json"), program]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment.Remove("NIN_DATA");
        start.Environment.Remove("NIN_RUNS");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static CSharpCompilation Compiled(string code) =>
        CSharpCompilation.Create("Block", [Parsed(ImplicitUsings), Parsed(code)], _references, new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));

    private static string BesideTests(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static SyntaxTree Parsed(string code) => CSharpSyntaxTree.ParseText(code, new(LanguageVersion.Latest));
}
