using System.Text.Json;
using CsCheck;
using Nin.Json;
using Nin.Recipes;

namespace Nin.Tests.Json;

public sealed class StrictJsonTests
{
    private static readonly StrictJson Json = new((what, why, fix) => new UsageException(what, why, fix));

    [Theory]
    [InlineData("""{"optimizer":{"lerning_rate":1}}""", "there is no 'optimizer.lerning_rate'", "did you mean 'optimizer.learning_rate'?")]
    [InlineData("""{"epoch":1}""", "there is no 'epoch'", "did you mean 'epochs'?")]
    [InlineData("""{"learning_rate":1}""", "there is no 'learning_rate'", "did you mean 'optimizer.learning_rate'?")]
    [InlineData("""{"loss":{"zzzzzzzzzzz":1}}""", "there is no 'loss.zzzzzzzzzzz'", "use one of: loss.label_smoothing")]
    public void An_unknown_key_suggests_the_nearest_one(string json, string what, string fix)
    {
        var error = Fails(json);
        Assert.Equal($"file.json: {what}", error.Message);
        Assert.Equal(fix, error.Fix);
    }

    [Theory]
    [InlineData("""{"epochs":"ten"}""", "'epochs' is \"ten\"", "a whole number")]
    [InlineData("""{"epochs":1.5}""", "'epochs' is 1.5", "a whole number")]
    [InlineData("""{"epochs":3000000000}""", "'epochs' is 3000000000", "a whole number")]
    [InlineData("""{"epochs":null}""", "'epochs' is null", "a whole number")]
    [InlineData("""{"image_size":"big"}""", "'image_size' is \"big\"", "a whole number or null")]
    [InlineData("""{"name":7}""", "'name' is 7", "text")]
    [InlineData("""{"name":null}""", "'name' is null", "text")]
    [InlineData("""{"optimizer":0.1}""", "'optimizer' is 0.1", "an object")]
    [InlineData("""{"optimizer":null}""", "'optimizer' is null", "an object")]
    [InlineData("""{"optimizer":{"nesterov":1}}""", "'optimizer.nesterov' is 1", "true or false")]
    [InlineData("""{"schedule":{"milestones":5}}""", "'schedule.milestones' is 5", "a list")]
    [InlineData("""{"schedule":{"milestones":[5,"x"]}}""", "'schedule.milestones[1]' is \"x\"", "a whole number")]
    [InlineData("""{"precision":16}""", "'precision' is 16", "one of \"auto\", \"fp32\", \"bf16\"")]
    public void A_wrong_type_names_path_found_and_expected(string json, string what, string expected)
    {
        var error = Fails(json);
        Assert.Equal($"file.json: {what}", error.Message);
        Assert.Equal($"expected {expected}", error.Why);
    }

    [Fact]
    public void A_mistyped_word_suggests_the_nearest_one() =>
        Assert.Equal("did you mean 'one-cycle'?", Fails("""{"schedule":{"kind":"onecycle"}}""").Fix);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"epochs":1,"epochs":2}""")]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    public void Broken_documents_are_usage_errors(string json) => Assert.StartsWith("file.json", Fails(json).Message, StringComparison.Ordinal);

    [Fact]
    public void Comments_say_why_a_value_was_chosen()
    {
        var document = Json.Parse("""{ /* the authors' */ "batch": 128 }""", "file.json");
        Json.Check(document, typeof(TrainingOptions), "file.json");
        Assert.Equal(128, document["batch"]!.GetValue<int>());
    }

    [Fact]
    public void However_options_are_mutated_only_usage_errors_are_thrown()
    {
        var seed = JsonSerializer.Serialize(new TrainingOptions(), NinJson.Line);
        Gen.Select(Gen.Int[0, seed.Length - 2], Gen.Int[0, 12], Gen.String["{}[]\",:-019e.ntu\\d8"]).Sample((at, cut, put) =>
        {
            try
            {
                var document = Json.Parse(seed.Remove(at, Math.Min(cut, seed.Length - at)).Insert(at, put), "mutated");
                Json.Check(document, typeof(TrainingOptions), "mutated");
                document.Deserialize<TrainingOptions>(NinJson.Line);
            }
            catch (UsageException)
            {
            }
        }, iter: 3000);
    }

    private static UsageException Fails(string json) => Assert.Throws<UsageException>(() =>
    {
        var document = Json.Parse(json, "file.json");
        Json.Check(document, typeof(TrainingOptions), "file.json");
    });
}
