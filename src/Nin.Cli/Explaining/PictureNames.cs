namespace Nin.Cli.Explaining;

/// <summary>Names for what is written of pictures: their own, without folder and extension, each once.</summary>
internal sealed class PictureNames
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>"1", then "1-2" for another folder's 1.</summary>
    public string For(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? name : $"{name}-{n}").First(_taken.Add);
    }
}
