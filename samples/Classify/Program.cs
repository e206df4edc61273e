// Labels for picture files: dotnet run --project samples/Classify -- models/fashion-mnist.onnx samples/*.png
using Nin.Inference;

if (args.Length < 2)
{
    Console.Error.WriteLine("usage: Classify model.onnx picture...");
    return 2;
}
using var classifier = Classifier.Load(args[0]);
foreach (var (path, prediction, error) in classifier.ClassifyFiles(args.Skip(1)))
    Console.WriteLine(prediction is null ? $"{path}: {error!.Message}" : $"{path}: {prediction.Label}, {prediction.Probability:P1}");
return 0;
