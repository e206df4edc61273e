// Live-tensor counts and libtorch's threads belong to the whole process.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
