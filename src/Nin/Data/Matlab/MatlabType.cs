namespace Nin.Data.Matlab;

/// <summary>The types of the elements that a MATLAB 5 file consists of.</summary>
internal enum MatlabType
{
    Int8 = 1,
    UInt8 = 2,
    Int16 = 3,
    UInt16 = 4,
    Int32 = 5,
    UInt32 = 6,
    Single = 7,
    Double = 9,
    Matrix = 14,
    Compressed = 15,
}

/// <summary>What MATLAB calls the class of an array; what follows <see cref="UInt32"/> are integers of 64 bits, functions and opaque objects.</summary>
internal enum MatlabClass
{
    Cell = 1,
    Structure = 2,
    Object = 3,
    Characters = 4,
    Sparse = 5,
    Double = 6,
    Single = 7,
    Int8 = 8,
    UInt8 = 9,
    Int16 = 10,
    UInt16 = 11,
    Int32 = 12,
    UInt32 = 13,
}
