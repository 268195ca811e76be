#include "engine/serving/station.h"

#include <algorithm>
#include <functional>

#include "engine/base/error.h"

namespace cascadelab {

Station::Station(int servers) {
    CHECK(servers >= 1);
    m_free_at_s.assign(static_cast<std::size_t>(servers), 0.0);
}

Service Station::arrive(double arrival_s, double service_s) {
    CHECK(arrival_s >= m_last_arrival_s && service_s >= 0);
    m_last_arrival_s = arrival_s;
    std::ranges::pop_heap(m_free_at_s, std::greater());
    const double start_s = std::max(arrival_s, m_free_at_s.back());
    m_free_at_s.back() = start_s + service_s;
    m_busy_s += service_s;
    const Service service{start_s, start_s + service_s};
    std::ranges::push_heap(m_free_at_s, std::greater());
    return service;
}

}  // namespace cascadelab
