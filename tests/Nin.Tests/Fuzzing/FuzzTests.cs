namespace Nin.Tests.Fuzzing;

/// <summary>However a file is damaged: a typed error that names it, no crash, no hang, no memory taken on a length's word. tests/soak/fuzz feeds ten times as many.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    public static TheoryData<string> Parsers => [.. FuzzSubjects.All.Select(subject => subject.Name)];

    [Theory]
    [MemberData(nameof(Parsers))]
    public void Damaged_files_are_read_or_refused(string parser) => output.WriteLine(new FuzzCampaign(FuzzSubjects.All.Single(subject => subject.Name == parser)).Run());
}
