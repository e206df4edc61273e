using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Nin.Training.Distributed;

/// <summary>
/// The few functions of Open MPI's C interface that are called here. Their return codes are left alone: on an error MPI's own handler says what happened and
/// ends the job before they return.
/// </summary>
internal static unsafe partial class OpenMpi
{
    private const string Library = "libmpi.so.40"; // since Open MPI 4.0, which keeps its ABI

    private const int Serialized = 2; // MPI_THREAD_SERIALIZED: any thread, one at a time
    private const int Shared = 0; // MPI_COMM_TYPE_SHARED: the ranks of one machine

    private const int LongestVersion = 256; // MPI_MAX_LIBRARY_VERSION_STRING

    private static nint _library;

    /// <summary>Every rank of the job.</summary>
    public static nint World => Symbol("ompi_mpi_comm_world");

    /// <summary>The type of a .NET number, for reductions and messages.</summary>
    /// <exception cref="NotSupportedException">MPI is not asked for such numbers here.</exception>
    public static nint TypeOf<T>() where T : unmanaged => Symbol(
        typeof(T) == typeof(float) ? "ompi_mpi_float"
        : typeof(T) == typeof(double) ? "ompi_mpi_double"
        : typeof(T) == typeof(int) ? "ompi_mpi_int"
        : typeof(T) == typeof(byte) ? "ompi_mpi_byte"
        : throw new NotSupportedException($"{typeof(T)} is not sent"));

    /// <summary>Loads and starts MPI, once a process.</summary>
    /// <exception cref="EnvironmentException">Open MPI is not installed.</exception>
    public static void Start()
    {
        try
        {
            _library = NativeLibrary.Load(Library, Assembly.GetExecutingAssembly(), null);
        }
        catch (DllNotFoundException e)
        {
            throw new EnvironmentException($"cannot load Open MPI ({Library})", e.Message.ReplaceLineEndings(" ").Trim(), "apt-get install openmpi-bin, or start nin without mpirun", e);
        }
        Init(null, null, Serialized, out _);
    }

    /// <summary>What is installed, by its own name, such as Open MPI v4.1.4; null where it is not. Starts nothing.</summary>
    public static string? Version()
    {
        if (!NativeLibrary.TryLoad(Library, Assembly.GetExecutingAssembly(), null, out _)) return null;
        var text = stackalloc byte[LongestVersion];
        LibraryVersion(text, out var length);
        return Encoding.UTF8.GetString(text, length).Split(',')[0];
    }

    /// <summary>The ranks of the machine of this one.</summary>
    public static nint SplitByMachine(int rank)
    {
        Split(World, Shared, rank, Symbol("ompi_mpi_info_null"), out var local);
        return local;
    }

    /// <summary>Adds numbers up over all ranks, in place.</summary>
    public static void Sum<T>(Span<T> numbers, nint communicator) where T : unmanaged
    {
        // 1 stands for MPI_IN_PLACE.
        fixed (T* first = numbers) AllReduce((void*)1, first, numbers.Length, TypeOf<T>(), Symbol("ompi_mpi_op_sum"), communicator);
    }

    private static nint Symbol(string name) => NativeLibrary.GetExport(_library, name);

    [LibraryImport(Library, EntryPoint = "MPI_Init_thread")]
    private static partial void Init(int* count, byte*** arguments, int required, out int provided);

    [LibraryImport(Library, EntryPoint = "MPI_Get_library_version")]
    private static partial void LibraryVersion(byte* text, out int length);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_split_type")]
    private static partial void Split(nint communicator, int type, int key, nint info, out nint split);

    [LibraryImport(Library, EntryPoint = "MPI_Allreduce")]
    private static partial void AllReduce(void* from, void* to, int count, nint type, nint operation, nint communicator);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_rank")]
    public static partial void RankIn(nint communicator, out int rank);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_size")]
    public static partial void SizeOf(nint communicator, out int size);

    [LibraryImport(Library, EntryPoint = "MPI_Comm_dup")]
    public static partial void Duplicate(nint communicator, out nint copy);

    [LibraryImport(Library, EntryPoint = "MPI_Bcast")]
    public static partial void Broadcast(void* values, int count, nint type, int root, nint communicator);

    [LibraryImport(Library, EntryPoint = "MPI_Allgather")]
    public static partial void AllGather(void* from, int count, nint type, void* to, int countEach, nint typeEach, nint communicator);

    [LibraryImport(Library, EntryPoint = "MPI_Iallgather")]
    public static partial void BeginAllGather(void* from, int count, nint type, void* to, int countEach, nint typeEach, nint communicator, out nint request);

    [LibraryImport(Library, EntryPoint = "MPI_Test")]
    public static partial void Test(ref nint request, out int isDone, nint status);

    [LibraryImport(Library, EntryPoint = "MPI_Barrier")]
    public static partial void Barrier(nint communicator);

    [LibraryImport(Library, EntryPoint = "MPI_Abort")]
    public static partial void Abort(nint communicator, int code);

    [LibraryImport(Library, EntryPoint = "MPI_Finalize")]
    public static partial void End();
}
