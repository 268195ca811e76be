// Where wall-clock time goes, by name. Never part of a run. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace cascadelab {

// Wall-clock time spent so far, in seconds: "sessions", "barrier", "batch", "training_wait",
// "metrics", "hash" and, in the background, "train_two_tower" and so on.
struct ProfileEntry {
    std::string name;
    double seconds = 0;
    std::uint64_t count = 0;
};

// Adds the wall-clock time of a block to a named entry of the profile.
class Profile {
  public:
    class Span {
      public:
        Span(Profile& profile, const char* name);
        ~Span();
        Span(const Span&) = delete;
        Span& operator=(const Span&) = delete;

      private:
        Profile& m_profile;
        const char* m_name;
        std::chrono::steady_clock::time_point m_begin;
    };
    std::vector<ProfileEntry> entries() const;

  private:
    std::map<std::string, ProfileEntry> m_entries;
};

}  // namespace cascadelab
