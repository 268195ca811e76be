// What this machine has and what this process takes of it. Never read by a stage: it decides only
// whether a run may start, and what a report says. Any thread.
#pragma once

namespace cascadelab {

double machine_memory_mib();  // physical memory
double peak_memory_mib();     // the most this process has held so far

}  // namespace cascadelab
