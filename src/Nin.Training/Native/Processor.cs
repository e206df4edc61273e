using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Nin.Training.Native;

/// <summary>The processor's name and what it can do.</summary>
public static class Processor
{
    /// <summary>As the processor spells it.</summary>
    public static string Name { get; } = ReadName();

    /// <summary>The vector instructions that matter here, widest first.</summary>
    public static IReadOnlyList<string> Features =>
    [
        .. new (string Name, bool Present)[]
        {
            ("AMX-BF16", Leaf7(0, register: 'd', bit: 22)),
            ("AVX512-BF16", Leaf7(1, register: 'a', bit: 5)),
            ("AVX512-VNNI", Leaf7(0, register: 'c', bit: 11)),
            ("AVX-512", Avx512F.IsSupported),
            ("AVX2", Avx2.IsSupported),
        }.Where(feature => feature.Present).Select(feature => feature.Name),
    ];

    /// <summary>Whether the processor multiplies bfloat16.</summary>
    public static bool HasBf16 => Leaf7(1, register: 'a', bit: 5) || Leaf7(0, register: 'd', bit: 22);

    private static bool Leaf7(int subleaf, char register, int bit)
    {
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < 7) return false;
        var (a, _, c, d) = X86Base.CpuId(7, subleaf);
        return ((register switch { 'a' => a, 'c' => c, _ => d } >> bit) & 1) != 0;
    }

    private static string ReadName()
    {
        if (!X86Base.IsSupported || (uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax < 0x80000004) return RuntimeInformation.ProcessArchitecture.ToString();
        var text = new StringBuilder();
        for (var leaf = 0x80000002; leaf <= 0x80000004; leaf++)
        {
            var (a, b, c, d) = X86Base.CpuId(unchecked((int)leaf), 0);
            foreach (var word in new[] { a, b, c, d }) text.Append(Encoding.ASCII.GetString(BitConverter.GetBytes(word)));
        }
        return text.ToString().Replace("\0", "", StringComparison.Ordinal).Trim();
    }
}
