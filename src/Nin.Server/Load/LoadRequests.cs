using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Nin.Server.Load;

/// <summary>Requests that are ready to be sent over and over.</summary>
/// <param name="Path">For example <c>/predict</c>.</param>
/// <param name="ContentType">Of the bodies.</param>
/// <param name="JsonLength">How much of a body is JSON, where tensors follow; else null.</param>
/// <param name="Bodies">Sent in turns.</param>
internal sealed record LoadRequests(string Path, string ContentType, int? JsonLength, IReadOnlyList<byte[]> Bodies)
{
    private const int Different = 16;

    /// <summary>Tensors of noise for a model, as bytes; the probabilities are asked for in the same form.</summary>
    /// <param name="model">Its name.</param>
    /// <param name="input">[C, H, W].</param>
    /// <param name="images">In each.</param>
    public static LoadRequests Tensors(string model, int[] input, int images)
    {
        var random = new Random(0);
        var values = new float[images * input.Aggregate(1, (product, side) => product * side)];
        var header = JsonSerializer.SerializeToUtf8Bytes(new
        {
            inputs = new[] { new { name = "images", datatype = "FP32", shape = (int[])[images, .. input], parameters = new { binary_data_size = values.Length * sizeof(float) } } },
            outputs = new[] { new { name = "probabilities", parameters = new { binary_data = true } } },
        });
        return new($"/v2/models/{Uri.EscapeDataString(model)}/infer", "application/octet-stream", header.Length, [.. Enumerable.Range(0, Different).Select(_ => Body())]);

        byte[] Body()
        {
            for (var i = 0; i < values.Length; i++) values[i] = random.NextSingle();
            return [.. header, .. MemoryMarshal.AsBytes(values.AsSpan())];
        }
    }

    /// <summary>Picture files: as they are where one is sent at a time, else as a form.</summary>
    public static LoadRequests Pictures(string model, IReadOnlyList<string> files, int images)
    {
        var path = $"/predict?model={Uri.EscapeDataString(model)}";
        if (images == 1) return new(path, "application/octet-stream", null, [.. files.Select(File.ReadAllBytes)]);
        const string Boundary = "----nin-bench";
        return new(path, $"multipart/form-data; boundary={Boundary}", null, [.. files.Select((_, first) => Form(first))]);

        byte[] Form(int first)
        {
            var form = new MemoryStream();
            for (var i = 0; i < images; i++)
            {
                form.Write(Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{i}\"\r\n\r\n"));
                form.Write(File.ReadAllBytes(files[(first + i) % files.Count]));
                form.Write("\r\n"u8);
            }
            form.Write(Encoding.ASCII.GetBytes($"--{Boundary}--\r\n"));
            return form.ToArray();
        }
    }
}
