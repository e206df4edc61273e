using Nin.Architectures;

namespace Nin.Explanations;

/// <summary>Where the cells of class maps lie on the picture, in its pixels.</summary>
/// <param name="Jump">Distance of neighbouring cells.</param>
/// <param name="Field">Side of the square that one cell sees.</param>
/// <param name="Start">Where the square of the first cell begins; negative where padding is seen.</param>
/// <param name="ScaleX">Picture pixels a pixel of the network's input, across.</param>
/// <param name="ScaleY">The same, down.</param>
public sealed record MapGeometry(int Jump, int Field, int Start, double ScaleX, double ScaleY)
{
    /// <summary>That of a network which is fed pictures of a size.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="picture">[C, H, W] before the resize in the model.</param>
    /// <exception cref="ModelException">The network has no class maps.</exception>
    public static MapGeometry Of(Architecture architecture, Shape picture)
    {
        var field = (architecture.Plan().ClassMaps ?? throw new ModelException(
            $"the network {architecture.Name} has no class maps", "a fully connected head hides where the evidence for a class lies", "use a network that ends with global average pooling")).ReceptiveField;
        return new(field.Jump, field.Size, field.Start, picture.Width / (double)architecture.Input.Width, picture.Height / (double)architecture.Input.Height);
    }

    /// <summary>The pixels that belong to a cell: a tile of the picture around the middle of what it sees.</summary>
    public PixelArea Cell(int row, int column) => Area(row, column, Start + (Field - Jump) / 2.0, Jump);

    /// <summary>The pixels that a cell sees, beyond the picture's edges too.</summary>
    public PixelArea Sees(int row, int column) => Area(row, column, Start, Field);

    private PixelArea Area(int row, int column, double start, double side) =>
        new((start + column * Jump) * ScaleX, (start + row * Jump) * ScaleY, side * ScaleX, side * ScaleY);
}

/// <summary>A rectangle on a picture, in its pixels.</summary>
/// <param name="X">Left edge.</param>
/// <param name="Y">Top edge.</param>
/// <param name="Width">To the right.</param>
/// <param name="Height">Down.</param>
public sealed record PixelArea(double X, double Y, double Width, double Height)
{
    /// <summary>The part that lies on a picture.</summary>
    public PixelArea On(Shape picture)
    {
        var (left, top) = (Math.Clamp(X, 0, picture.Width), Math.Clamp(Y, 0, picture.Height));
        return new(left, top, Math.Clamp(X + Width, left, picture.Width) - left, Math.Clamp(Y + Height, top, picture.Height) - top);
    }
}
