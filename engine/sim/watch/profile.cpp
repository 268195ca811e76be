#include "engine/sim/watch/profile.h"

namespace cascadelab {

Profile::Span::Span(Profile& profile, const char* name)
    : m_profile(profile), m_name(name), m_begin(std::chrono::steady_clock::now()) {}

Profile::Span::~Span() {
    ProfileEntry& entry = m_profile.m_entries[m_name];
    entry.name = m_name;
    entry.seconds +=
        std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count();
    ++entry.count;
}

std::vector<ProfileEntry> Profile::entries() const {
    std::vector<ProfileEntry> all;
    for (const auto& [name, entry] : m_entries) all.push_back(entry);
    return all;
}

}  // namespace cascadelab
