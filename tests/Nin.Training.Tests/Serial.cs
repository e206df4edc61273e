// Live-tensor counts and libtorch's threads belong to the whole process.
[assembly: Xunit.Parallelization(Mode = Xunit.ParallelMode.None)]
