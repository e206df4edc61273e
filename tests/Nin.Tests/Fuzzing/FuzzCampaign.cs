using System.Diagnostics;
using System.Globalization;

namespace Nin.Tests.Fuzzing;

/// <summary>Feeds a parser with damaged files. Each is read or refused by a typed error, within a second and within bounded memory.</summary>
internal sealed class FuzzCampaign(FuzzSubject subject)
{
    /// <summary>What an error names: the file, or once it was understood, the flag or the network that makes no sense.</summary>
    private static readonly string[] Places = [FuzzSubject.File, "--", "network '"];

    private const long MostBytes = 64L << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private int _refused;
    private long _mostBytes;
    private TimeSpan _slowest;

    /// <summary>Reads the sound files, then damaged ones. NIN_FUZZ_INPUTS sets how many, NIN_FUZZ_SEED the first seed.</summary>
    /// <returns>A line for the report.</returns>
    public string Run()
    {
        var (firstSeed, inputs) = (Number("NIN_FUZZ_SEED", 0), Number("NIN_FUZZ_INPUTS", 10_000));
        foreach (var seed in subject.Seeds) subject.Read(seed.Wrap(seed.Content));
        var mutator = new Mutator(subject.Seeds);
        for (var i = 0; i < inputs; i++) Try(mutator.Make(firstSeed + i), firstSeed + i);
        return string.Create(CultureInfo.InvariantCulture,
            $"{subject.Name,-20} {inputs,8} inputs: {inputs - _refused,7} read, {_refused,8} refused; slowest {_slowest.TotalMilliseconds,6:0.0} ms, most memory {_mostBytes / 1048576.0,5:0.0} MiB");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;

    private void Try(byte[] input, int seed)
    {
        var peak = subject.IsNative ? FreshPeak() : 0;
        var (before, clock) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.StartNew());
        Read(input, seed);
        var (bytes, time) = (GC.GetAllocatedBytesForCurrentThread() - before, clock.Elapsed);
        if (subject.IsNative) bytes = Math.Max(bytes, Peak() - peak);
        // A busy machine may hold up any input, but not the same one three times.
        for (var again = 0; again < 3 && time > Longest; again++) time = Time(input, seed);
        Assert.True(time < Longest, $"{subject.Name}, seed {seed}: {time.TotalSeconds:0.0} s for {input.Length} bytes");
        Assert.True(bytes < MostBytes, $"{subject.Name}, seed {seed}: {bytes} bytes of memory for a file of {input.Length}");
        _mostBytes = Math.Max(_mostBytes, bytes);
        if (time > _slowest) _slowest = time;
    }

    /// <summary>Lets the peak begin again at what is taken now (proc(5), clear_refs).</summary>
    private static long FreshPeak()
    {
        if (OperatingSystem.IsLinux()) File.WriteAllText("/proc/self/clear_refs", "5");
        return Peak();
    }

    /// <summary>The most memory that this process has had, native memory too; 0 where the system does not tell.</summary>
    private static long Peak()
    {
        const string Label = "VmHWM:";
        var line = OperatingSystem.IsLinux() ? File.ReadLines("/proc/self/status").FirstOrDefault(each => each.StartsWith(Label, StringComparison.Ordinal)) : null;
        return line is null ? 0 : 1024 * long.Parse(line.AsSpan()[Label.Length..^"kB".Length], CultureInfo.InvariantCulture);
    }

    private TimeSpan Time(byte[] input, int seed)
    {
        var clock = Stopwatch.StartNew();
        Read(input, seed);
        return clock.Elapsed;
    }

    private void Read(byte[] input, int seed)
    {
        try
        {
            subject.Read(input);
        }
        catch (NinException error)
        {
            _refused++;
            Assert.True(Places.Any(error.Message.Contains) && error.Why.Length > 0 && error.Fix.Length > 0, $"{subject.Name}, seed {seed}: the error does not say where: {error.Message}");
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException($"{subject.Name}, seed {seed}: {Convert.ToHexString(input.AsSpan(0, Math.Min(200, input.Length)))}", fault);
        }
    }
}
