using Xunit.Sdk;
using Xunit.v3;

// Labs are heavy, and several tests here bring up the same one.
[assembly: Parallelization(Mode = ParallelMode.None)]
