using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nin.Cli.Tests.Documents;

/// <summary>A block of C# in a document, compiled as the whole program of a project that references Nin's libraries.</summary>
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
        CSharpCompilation.Create("Block", [Parsed(ImplicitUsings), Parsed(code)], _references, new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable))
            .GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => $"{diagnostic}");

    private static SyntaxTree Parsed(string code) => CSharpSyntaxTree.ParseText(code, new(LanguageVersion.Latest));
}
