using PublicApiGenerator;

namespace Nin.Cli.Tests;

/// <summary>What programs may call changes only on purpose: a file a package says all of it.</summary>
public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions _options = new() { IncludeAssemblyAttributes = false };

    public static TheoryData<Type> Packages => [typeof(Architectures.Architecture), typeof(Images.ImageDecoder), typeof(Training.TrainingRun), typeof(Inference.Classifier), typeof(Reports.RunReport), typeof(Server.NinServer)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_interface_is_known(Type type) => Snapshot.Check(type.Assembly.GeneratePublicApi(_options), name: type.Assembly.GetName().Name!);
}
