// Trains on a share of Fashion-MNIST: dotnet run --project samples/Train -- 0.1
using Nin.Data;
using Nin.Recipes;
using Nin.Runs;
using Nin.Training;

var options = OptionsReader.Read(new TrainingOptions(), "fashion-mnist", [new("epochs", "1"), new("fraction", args.FirstOrDefault("1"))]);
var run = RunStore.Default().Create("train", "sample");
var ended = TrainingRun.Train(options, DataCatalogue.Load(options.Data, root: null), run, report: _ => { });
Console.WriteLine($"{ended.TestAccuracy:P2} in {ended.Seconds:0} s: {run.Onnx}");
