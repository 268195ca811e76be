#include "engine/world/domain/titles.h"

#include <algorithm>

#include "engine/base/error.h"
#include "engine/world/domain/title_words.h"

namespace cascadelab {
namespace {

std::string_view pick(Words words, Stream& stream) {
    const auto count = static_cast<std::uint64_t>(std::ranges::count(words, '|')) + 1;
    for (std::uint64_t skip = stream.below(count); skip > 0; --skip) {
        words.remove_prefix(words.find('|') + 1);
    }
    return words.substr(0, words.find('|'));
}

Words words_for(char slot, const TopicWords& words, std::size_t subtopic) {
    switch (slot) {
        case 's':
            return words.subjects[subtopic];
        case 'a':
            return words.adjectives;
        case 'n':
            return words.nouns;
        case 'p':
            return kPlaces;
        case 'f':
            return kFirstNames;
        default:
            CHECK(false);
    }
}

// A pattern with every {x} replaced by a word; a slot that comes twice gets two draws.
std::string fill(std::string_view pattern, const TopicWords& words, std::size_t subtopic,
                 Stream& stream) {
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] != '{') {
            text += pattern[i];
            continue;
        }
        text += pick(words_for(pattern[i + 1], words, subtopic), stream);
        i += 2;
    }
    if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

const TopicWords& topic_words(DomainPackName pack, TopicId topic) {
    switch (pack) {
        case DomainPackName::films_series:
            return kFilmsSeriesWords[topic.index()];
        case DomainPackName::short_video:
            return kShortVideoWords[topic.index()];
    }
    CHECK(false);
}

}  // namespace

std::string make_title(DomainPackName pack, TopicId topic, std::size_t subtopic, Stream& stream) {
    CHECK(topic.index() < kTopicCount && subtopic < kSubtopicCount);
    const TopicWords& words = topic_words(pack, topic);
    const std::string_view pattern = pick(words.patterns, stream);
    return fill(pattern, words, subtopic, stream);
}

std::string first_name(Stream& stream) {
    return std::string(pick(kFirstNames, stream));
}

std::string creator_name(DomainPackName pack, TopicId topic, Stream& stream) {
    const TopicWords& words = topic_words(pack, topic);
    const std::string_view pattern = pick(words.creators, stream);
    return fill(pattern, words, stream.below(kSubtopicCount), stream);
}

}  // namespace cascadelab
