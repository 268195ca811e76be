// An item and a candidate in words: one line of facts, badges, and why it is or is not on the page.
// Pure functions of a snapshot; any thread.
#pragma once

#include <QString>

#include "engine/sim/snapshot/snapshot.h"

namespace cascadelab {

// A name as it stands inside a sentence: "crime drama", but "HSTU" and "DIY".
QString inSentence(const QString& name);
QString itemTitle(const Snapshot& snapshot, ItemId item);       // "The Yak Herders of Altai"
QString personName(const Snapshot& snapshot, PersonId person);  // "Ana Silva"
QString topicName(const Snapshot& snapshot, std::size_t topic);
std::size_t topicOf(const Snapshot& snapshot, ItemId item);
QString itemLine(const Snapshot& snapshot, ItemId item);  // "documentary · 54 min"
QString itemAge(const Snapshot& snapshot, ItemId item);   // "released 4 h ago"

// The heading of a row: "Because you watched The Yak Herders of Altai".
QString rowTitle(const Snapshot& snapshot, const PageRow& row);
// The row that an item stands in; nullptr when it is not on the page or the page is a feed.
const PageRow* rowOf(const CascadeTrace& trace, const Candidate& candidate);

// The candidate of an item in the explained request; nullptr when it was not retrieved.
const Candidate* findCandidate(const Snapshot& snapshot, ItemId item);
QString sourcesText(const Candidate& candidate);  // "two-tower, co-visitation"
QString badgeText(const Snapshot& snapshot, const Candidate& candidate);  // "new", "explore"
QString fateText(const Candidate& candidate);  // "shown at place 3", "franchise cap"
// One sentence: what happened to it and at which stage.
QString whyText(const Snapshot& snapshot, const Candidate& candidate);

}  // namespace cascadelab
