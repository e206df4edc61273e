// The request of the page as a program would make it.

/** @param picture { name, type, sample } or null before the first; @param path what is asked; @param key whether the server wants one. */
export function curl(picture, path, key) {
    const url = location.origin + path;
    const from = picture.sample ? '-' : quoted(picture.name);
    return [
        ...(picture.sample ? [`curl -s ${location.origin}${picture.sample} |`] : []),
        `curl -s --data-binary @${from} -H "Content-Type: ${picture.type}"${key ? ' -H "Authorization: Bearer $NIN_API_KEY"' : ''} "${url}"`,
    ].join('\n  ');
}

/** The same as a program that <c>dotnet run</c> takes as it is. */
export function csharp(picture, path, key) {
    const read = picture.sample ? `await client.GetByteArrayAsync(${literal(picture.sample)})` : `await File.ReadAllBytesAsync(${literal(picture.name)})`;
    return [
        'using System.Text.Json;',
        '',
        `using var client = new HttpClient { BaseAddress = new(${literal(location.origin)}) };`,
        ...(key ? ['client.DefaultRequestHeaders.Authorization = new("Bearer", Environment.GetEnvironmentVariable("NIN_API_KEY"));'] : []),
        `var picture = ${read};`,
        `using var content = new ByteArrayContent(picture) { Headers = { ContentType = new(${literal(picture.type)}) } };`,
        `using var answer = await client.PostAsync(${literal(path)}, content);`,
        'answer.EnsureSuccessStatusCode();',
        '',
        'using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());',
        'var best = json.RootElement.GetProperty("predictions")[0];',
        'Console.WriteLine($"{best.GetProperty("label")} {best.GetProperty("probability").GetDouble():P1}");',
    ].join('\n');
}

/** For a POSIX shell. */
const quoted = text => /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll('\'', '\'\\\'\'')}'`;

/** A C# string; JSON's escapes are a part of C#'s. */
const literal = text => JSON.stringify(text);
