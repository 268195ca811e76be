// Names that read like names: titles of items, names of creators and of people, drawn from the
// words of a domain. Pure functions of a stream; any thread.
#pragma once

#include <string>

#include "engine/world/domain/domain_pack.h"

namespace cascadelab {

// A readable title of a topic, e.g. "The Yak Herders of Altai"; sequels of a franchise carry their
// number.
std::string make_title(DomainPackName pack, TopicId topic, std::size_t subtopic, Stream& stream);

// Names without a surname, from many places; the name under which a creator publishes.
std::string first_name(Stream& stream);
std::string creator_name(DomainPackName pack, TopicId topic, Stream& stream);

}  // namespace cascadelab
