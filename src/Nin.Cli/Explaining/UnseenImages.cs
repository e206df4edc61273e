using Nin.Cli.Parsing;
using Nin.Data;

namespace Nin.Cli.Explaining;

/// <summary>Labelled images that a model was not trained on: the test part, else the validation part, else those that its run held out.</summary>
/// <param name="Images">A part of the data.</param>
/// <param name="Numbers">Which of them.</param>
/// <param name="Name">What they are called.</param>
internal sealed record UnseenImages(ImageSet Images, int[] Numbers, string Name)
{
    /// <summary>Finds them; where there are none, the images that it was trained on, which their name then says.</summary>
    /// <param name="modelOrRunFolder">The model.</param>
    /// <param name="data">Its data.</param>
    /// <param name="most">So many of them at most, evenly spread.</param>
    public static UnseenImages Of(string modelOrRunFolder, DataSet data, int most = int.MaxValue) =>
        data.Test is { } test ? new(test, test.Spread(most), test.Name)
        : OfValidation(modelOrRunFolder, data, most) ?? new(data.Train, data.Train.Spread(most), $"{data.Train.Name}, on which it was trained");

    /// <summary>Those of the validation part, else those that its run held out; null where there are none.</summary>
    /// <param name="modelOrRunFolder">The model.</param>
    /// <param name="data">Its data.</param>
    /// <param name="most">So many of them at most, evenly spread.</param>
    public static UnseenImages? OfValidation(string modelOrRunFolder, DataSet data, int most = int.MaxValue)
    {
        if (data.Validation is { } part) return new(part, part.Spread(most), part.Name);
        var train = data.Train;
        var held = ModelData.HeldOut(modelOrRunFolder, train);
        return held.Length == 0 ? null : new(train, [.. train.Select(held).Spread(most).Select(i => held[i])], $"the held-out part of {train.Name}");
    }

    /// <summary>They alone.</summary>
    public ImageSet Alone => Images.Select(Numbers);
}
