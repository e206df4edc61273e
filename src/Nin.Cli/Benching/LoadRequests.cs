using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Nin.Images;

namespace Nin.Cli.Benching;

/// <summary>Whole requests of HTTP/1.1 that are ready to be sent over and over.</summary>
internal static class LoadRequests
{
    private const int Different = 16;
    private const string Boundary = "----nin-bench";

    /// <summary>Tensors of noise for a model, as bytes; the probabilities are asked for in the same form.</summary>
    /// <param name="options">The server, and images in a request.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="input">[C, H, W] of the model.</param>
    public static byte[][] Tensors(LoadOptions options, string model, int[] input)
    {
        var random = new Random(0);
        var values = new float[options.Images * input.Aggregate(1, (product, side) => product * side)];
        var header = JsonSerializer.SerializeToUtf8Bytes(new
        {
            inputs = new[] { new { name = "images", datatype = "FP32", shape = (int[])[options.Images, .. input], parameters = new { binary_data_size = values.Length * sizeof(float) } } },
            outputs = new[] { new { name = "probabilities", parameters = new { binary_data = true } } },
        });
        return [.. Enumerable.Range(0, Different).Select(_ => Request(options, $"/v2/models/{Uri.EscapeDataString(model)}/infer", $"Content-Type: application/octet-stream\r\nInference-Header-Content-Length: {header.Length}\r\n", Body()))];

        byte[] Body()
        {
            for (var i = 0; i < values.Length; i++) values[i] = random.NextSingle();
            return [.. header, .. MemoryMarshal.AsBytes(values.AsSpan())];
        }
    }

    /// <summary>Picture files: as they are where one is sent at a time, else as a form.</summary>
    public static byte[][] Pictures(LoadOptions options, string model)
    {
        var (path, files) = ($"/predict?model={Uri.EscapeDataString(model)}", options.Pictures.Take(Different).ToArray());
        return options.Images == 1
            ? [.. files.Select(file => Request(options, path, "Content-Type: application/octet-stream\r\n", ImageFile.Read(file)))]
            : [.. files.Select((_, first) => Request(options, path, $"Content-Type: multipart/form-data; boundary={Boundary}\r\n", Form(first)))];

        byte[] Form(int first)
        {
            var form = new MemoryStream();
            for (var i = 0; i < options.Images; i++)
            {
                form.Write(Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{i}\"\r\n\r\n"));
                form.Write(ImageFile.Read(files[(first + i) % files.Length]));
                form.Write("\r\n"u8);
            }
            form.Write(Encoding.ASCII.GetBytes($"--{Boundary}--\r\n"));
            return form.ToArray();
        }
    }

    private static byte[] Request(LoadOptions options, string path, string headers, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {options.Server.Authority}\r\n{headers}{(options.ApiKey is { } key ? $"X-API-Key: {key}\r\n" : "")}Content-Length: {body.Length}\r\n\r\n"), .. body];
}
