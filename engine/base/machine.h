// What this machine has and what this process takes of it. Never read by a stage: it decides only
// whether a run may start, and what a report says. And what keeps results apart from the machine:
//   - Matrix products are cut into blocks, and sums so ordered, by cache sizes that the build names
//     (CMakeLists.txt), never by those Eigen would ask the processor for.
//   - Roots and reciprocals are exact: no instruction that approximates is compiled in, and a test
//     reads the binaries for them.
//   - The C library picks the code of exp, log, sin, pow and their like by the processor, and every
//     x86-64-v3 processor of either make gets the variant with fused multiply and add. Another
//     release of the C library, or GLIBC_TUNABLES that hides these instructions, may round
//     otherwise.
//   - hnswlib would pick its distance at run time; the index names the function itself.
//   - XGBoost asks the processor nothing and is called with one thread.
//   - SQLite's sums and averages are of whole numbers, so their order does not matter.
//   - Only Eigen's own memory, which begins at whole packets, is summed or goes through exp. With
//     other memory the address would decide which elements fall outside a packet.
// Any thread.
#pragma once

namespace cascadelab {

double machine_memory_mib();  // physical memory
double peak_memory_mib();     // the most this process has held so far

// Overrules whatever block sizes somebody set in this process. Called where computing begins.
void keep_block_sizes();

}  // namespace cascadelab
