#include "engine/features/person_sequence.h"

#include <algorithm>

#include "engine/features/streaming.h"

namespace cascadelab {
namespace {

std::optional<TokenAction> action_of(const Event& event) {
    switch (event.kind) {
        case EventKind::watch:
            return event.value < kPositiveShare ? TokenAction::left_early : TokenAction::watch;
        case EventKind::like:
            return TokenAction::like;
        case EventKind::dislike:
            return TokenAction::dislike;
        case EventKind::not_interested:
            return TokenAction::not_interested;
        case EventKind::follow:
            return TokenAction::follow;
        case EventKind::add_to_list:
            return TokenAction::add_to_list;
        case EventKind::session_start:
        case EventKind::impression:
        case EventKind::click:
        case EventKind::search:
        case EventKind::session_end:
            return std::nullopt;
    }
    CHECK(false);
}

}  // namespace

std::string_view token_action_label(TokenAction action) {
    switch (action) {
        case TokenAction::watch:
            return "watched";
        case TokenAction::left_early:
            return "left early";
        case TokenAction::like:
            return "liked";
        case TokenAction::dislike:
            return "disliked";
        case TokenAction::not_interested:
            return "not interested";
        case TokenAction::follow:
            return "followed";
        case TokenAction::add_to_list:
            return "added to list";
    }
    CHECK(false);
}

std::optional<PersonToken> token_of(const Event& event) {
    const std::optional<TokenAction> action = action_of(event);
    if (!action) return std::nullopt;
    PersonToken token;
    token.item = event.item;
    token.action = *action;
    token.surface = event.surface;
    token.time_s = event.time_s;
    if (event.kind == EventKind::watch)
        token.watch_bucket = static_cast<std::uint8_t>(std::clamp(event.value * 8, 0.0f, 7.0f));
    return token;
}

}  // namespace cascadelab
