// What a person did, event by event, as sequence models read it: the streaming feature `sequence`.
// A watch is one token, also when it was left early (its click says nothing more); what a person
// says of an item (like, dislike, not interested, follow, add to list) is one more. Impressions,
// clicks, searches and the ends of sessions are none. A value; one thread at a time.
#pragma once

#include <optional>
#include <string_view>

#include "engine/base/error.h"
#include "engine/features/kept_list.h"
#include "engine/world/events/event.h"

namespace cascadelab {

enum class TokenAction : std::uint8_t {
    watch,       // at least a tenth
    left_early,  // less
    like,
    dislike,
    not_interested,
    follow,
    add_to_list,
};
inline constexpr std::size_t kTokenActionCount = 7;
std::string_view token_action_label(TokenAction action);  // "left early"

struct PersonToken {
    ItemId item;
    TokenAction action = TokenAction::watch;
    std::uint8_t watch_bucket = 0;  // eighth of the item that was watched, 0..7; 0 for the rest
    Surface surface = Surface::home;
    Seconds time_s = 0;
    friend bool operator==(const PersonToken&, const PersonToken&) = default;
};

// Twelve bytes.
class PackedToken {
  public:
    PackedToken() = default;
    explicit PackedToken(const PersonToken& token)
        : m_item(token.item),
          m_time_s(static_cast<std::int32_t>(token.time_s)),
          m_action(token.action),
          m_watch_bucket(token.watch_bucket),
          m_surface(token.surface) {
        CHECK(token.time_s == m_time_s);
    }
    operator PersonToken() const { return {m_item, m_action, m_watch_bucket, m_surface, m_time_s}; }

  private:
    ItemId m_item;
    std::int32_t m_time_s = 0;
    TokenAction m_action = TokenAction::watch;
    std::uint8_t m_watch_bucket = 0;
    Surface m_surface = Surface::home;
};

struct PersonSequence {
    KeptList<PersonToken, PackedToken> tokens;  // oldest first, at most features.sequence_events
    std::uint64_t seen = 0;                     // ever
};

// The token an event is, or none.
std::optional<PersonToken> token_of(const Event& event);

}  // namespace cascadelab
