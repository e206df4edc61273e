using System.Text.Json;
using System.Text.Json.Nodes;
using Nin.Json;

namespace Nin.Cli.Rendering;

/// <summary>Any document as lines: its values under their names, its lists of records as tables.</summary>
internal static class DocumentText
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(object document)
    {
        var fields = JsonSerializer.SerializeToNode(document, NinJson.Line)!.AsObject();
        var tables = fields.Where(field => field.Value is JsonArray { Count: > 0 } list && list.All(item => item is JsonObject)).ToArray();
        return
        [
            .. TextTable.Pairs(fields.Except(tables).Where(field => field.Key != "schema_version").Select(field => (Words(field.Key), Text(field.Value)))),
            .. tables.SelectMany(table => (string[])["", $"{Words(table.Key)}:", .. Table(table.Value!.AsArray())]),
        ];
    }

    private static IEnumerable<string> Table(JsonArray rows)
    {
        string[] names = [.. rows.SelectMany(row => row!.AsObject().Select(field => field.Key)).Distinct()];
        bool IsNumber(string name) => rows.All(row => row![name] is null || row[name]!.GetValueKind() == JsonValueKind.Number);
        return TextTable.Lines([.. names.Select(name => IsNumber(name) ? $">{Words(name)}" : Words(name))], rows.Select(row => names.Select(name => Text(row![name])).ToArray()));
    }

    private static string Words(string name) => name.Replace('_', ' ');

    private static string Text(JsonNode? value) => value switch
    {
        null => "-",
        JsonArray { Count: 0 } => "none",
        JsonArray list => string.Join(", ", list.Select(Text)),
        JsonObject record => string.Join(", ", record.Select(field => $"{Words(field.Key)} {Text(field.Value)}")),
        _ when value.GetValueKind() == JsonValueKind.Number => Number(value.GetValue<double>()),
        _ when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>() ? "yes" : "no",
        _ => value.ToString(),
    };

    private static string Number(double number) => number == Math.Floor(number) ? NumberText.Count(number) : $"{number:0.####}";
}
