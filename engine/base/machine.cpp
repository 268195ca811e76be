#include "engine/base/machine.h"

#include <sys/resource.h>
#include <unistd.h>

#include <Eigen/Core>

namespace cascadelab {

double machine_memory_mib() {
    const auto pages = static_cast<double>(sysconf(_SC_PHYS_PAGES));
    return pages * static_cast<double>(sysconf(_SC_PAGESIZE)) / (1024 * 1024);
}

double peak_memory_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

void keep_block_sizes() {
    Eigen::setCpuCacheSizes(EIGEN_DEFAULT_L1_CACHE_SIZE, EIGEN_DEFAULT_L2_CACHE_SIZE,
                            EIGEN_DEFAULT_L3_CACHE_SIZE);
}

}  // namespace cascadelab
