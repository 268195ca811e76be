#include "engine/features/feature_log.h"

#include <algorithm>

#include "engine/base/error.h"
#include "engine/base/hash.h"

namespace cascadelab {

void FeatureLog::append(LoggedRequest request) {
    CHECK(request.items.empty() || request.rows.size() % request.items.size() == 0);
    Hasher hasher;
    hasher.add(m_hash).add(request.time_s).add(request.tick_s);
    hasher.add(request.person.value).add(request.request).add(request.items.size());
    for (const ItemId item : request.items) hasher.add(item.value);
    for (const PageRow& row : request.page)
        hasher.add(row.surface).add(row.anchor.value).add(row.first).add(row.count);
    hasher.add_all(std::span<const float>(request.rows));
    m_hash = hasher.value();
    m_requests.push_back(std::make_shared<const LoggedRequest>(std::move(request)));
}

void FeatureLog::forget_before(Seconds time_s) {
    const auto kept = std::ranges::find_if_not(
        m_requests, [&](const auto& request) { return request->tick_s < time_s; });
    m_requests.erase(m_requests.begin(), kept);
}

std::size_t FeatureLog::requests() const {
    return m_requests.size();
}

std::vector<std::shared_ptr<const LoggedRequest>> FeatureLog::newest(std::size_t max_rows) const {
    std::size_t rows = 0;
    auto first = m_requests.end();
    while (first != m_requests.begin() && rows + (*(first - 1))->items.size() <= max_rows) {
        --first;
        rows += (*first)->items.size();
    }
    return {first, m_requests.end()};
}

}  // namespace cascadelab
