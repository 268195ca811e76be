// What this machine has and what this process takes of it. Never read by a stage: it decides only
// whether a run may start, and what a report says. And what keeps results apart from the machine:
//   - matrix products are cut into blocks, and sums so ordered, by cache sizes that the build names
//     (CMakeLists.txt), never by those Eigen would ask the processor for;
//   - roots and reciprocals are exact: no instruction that approximates is compiled in, and a test
//     reads the binaries for them;
//   - the C library's exp, log, sin and pow choose their code by the processor, but between
//   variants
//     of which every x86-64-v3 processor takes the one with fused multiply and add;
//   - hnswlib and Eigen choose theirs when they are compiled; XGBoost is called with one thread and
//     its Debian build has one variant of its arithmetic; SQLite adds in extended precision.
// Any thread.
#pragma once

namespace cascadelab {

double machine_memory_mib();  // physical memory
double peak_memory_mib();     // the most this process has held so far

// Overrules whatever block sizes somebody set in this process. Called where computing begins.
void keep_block_sizes();

}  // namespace cascadelab
