namespace Nin.Tests.Fuzzing;

/// <summary>However a file is damaged: a typed error that names it, no crash, no hang, no memory taken on a length's word. tests/soak/fuzz feeds ten times as many.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    public static TheoryData<string> Parsers => [.. FuzzSubjects.All.Select(subject => subject.Name)];

    /// <summary>NIN_FUZZ_INPUTS sets how many, NIN_FUZZ_SEED the first seed.</summary>
    [Theory]
    [MemberData(nameof(Parsers))]
    public void Damaged_files_are_read_or_refused(string parser) =>
        output.WriteLine(new FuzzCampaign(FuzzSubjects.All.Single(subject => subject.Name == parser)).Run(Number("NIN_FUZZ_SEED", 0), Number("NIN_FUZZ_INPUTS", 10_000)));

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;
}
