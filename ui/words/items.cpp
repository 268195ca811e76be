#include "ui/words/items.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

#include <QCoreApplication>
#include <QStringList>

namespace cascadelab {
namespace {

constexpr Seconds kNewFor = 2 * kDay;  // younger items carry the badge "new"

QString translated(const char* text) {
    return QCoreApplication::translate("item", text);
}

const ItemView* viewOf(const Snapshot& snapshot, ItemId item) {
    if (!snapshot.cards || item.index() >= snapshot.cards->items.size()) return nullptr;
    return &snapshot.cards->items[item.index()];
}

const PageRow* rowIn(const Snapshot& snapshot, const Candidate& candidate) {
    const bool known = snapshot.focus && snapshot.focus->trace;
    return known ? rowOf(*snapshot.focus->trace, candidate) : nullptr;
}

QString rankText(const Candidate& candidate) {
    return translated("Ranked %1 of its request").arg(candidate.rank + 1);
}

// In a generated feed nobody ranks or re-ranks: the page is filled in the decoder's own order.
// Empty for any other feed, and for what a slot or a filter decided.
QString generatedText(const Snapshot& snapshot, const Candidate& candidate) {
    const bool isGenerated = snapshot.focus && snapshot.focus->trace &&
                             snapshot.focus->trace->maker == FeedMaker::generative;
    if (!isGenerated || candidate.source != Source::generative) return {};
    if (candidate.explored || candidate.unfamiliar || candidate.promoted) return {};
    const QString number =
        translated("Number %1 of what the decoder generated").arg(candidate.rank + 1);
    if (candidate.fate == Fate::shown) return number + QLatin1Char('.');
    if (candidate.fate == Fate::score) return number + translated("; the page was full before it.");
    return {};
}

}  // namespace

QString inSentence(const QString& name) {
    QStringList words = name.split(QLatin1Char(' '));
    for (QString& word : words)
        if (word.size() < 2 || word != word.toUpper()) word = word.toLower();
    return words.join(QLatin1Char(' '));
}

QString itemTitle(const Snapshot& snapshot, ItemId item) {
    const ItemView* view = viewOf(snapshot, item);
    return view ? toText(view->title) : translated("Item %1").arg(item.value);
}

QString personName(const Snapshot& snapshot, PersonId person) {
    const bool isKnown = snapshot.cards && person.index() < snapshot.cards->people.size();
    return isKnown ? toText(snapshot.cards->people[person.index()].name)
                   : translated("Person %1").arg(person.value);
}

QString topicName(const Snapshot& snapshot, std::size_t topic) {
    return snapshot.cards && topic < 8 ? toText(snapshot.cards->topics[topic]) : QString();
}

std::size_t topicOf(const Snapshot& snapshot, ItemId item) {
    const ItemView* view = viewOf(snapshot, item);
    return view ? view->topic : 0;
}

QString itemLine(const Snapshot& snapshot, ItemId item) {
    const ItemView* view = viewOf(snapshot, item);
    if (!view) return {};
    return inSentence(topicName(snapshot, view->topic)) + " · " + lengthText(view->duration_s);
}

QString itemAge(const Snapshot& snapshot, ItemId item) {
    const ItemView* view = viewOf(snapshot, item);
    if (!view) return {};
    const Seconds age = snapshot.now_s - view->released_s;
    return age < 0 ? translated("not yet released")
                   : translated("released %1 ago").arg(durationText(static_cast<double>(age)));
}

QString rowTitle(const Snapshot& snapshot, const PageRow& row) {
    const QString heading = toText(surface_label(row.surface));
    return row.anchor.valid() ? heading + " " + itemTitle(snapshot, row.anchor) : heading;
}

const PageRow* rowOf(const CascadeTrace& trace, const Candidate& candidate) {
    if (candidate.position < 0) return nullptr;
    return row_at(trace.rows, static_cast<std::size_t>(candidate.position));
}

const Candidate* findCandidate(const Snapshot& snapshot, ItemId item) {
    if (!snapshot.focus || !snapshot.focus->trace) return nullptr;
    for (const Candidate& candidate : snapshot.focus->trace->candidates) {
        if (candidate.item == item) return &candidate;
    }
    return nullptr;
}

QString sourcesText(const Candidate& candidate) {
    QStringList names = {inSentence(toText(source_label(candidate.source)))};
    for (const Source source : every<Source>) {
        if (source == candidate.source || !proposed_by(candidate, source)) continue;
        names.append(inSentence(toText(source_label(source))));
    }
    return names.join(", ");
}

QString badgeText(const Snapshot& snapshot, const Candidate& candidate) {
    if (candidate.explored) return translated("explore");
    if (candidate.unfamiliar) return translated("new topic");
    if (candidate.promoted) return translated("promoted");
    const ItemView* view = viewOf(snapshot, candidate.item);
    if (view && snapshot.now_s - view->released_s < kNewFor) return translated("new");
    if (view && !view->franchise.empty()) return translated("franchise");
    return {};
}

QString fateText(const Candidate& candidate) {
    if (candidate.fate == Fate::shown) {
        return translated("shown at place %1").arg(candidate.position + 1);
    }
    return toText(fate_label(candidate.fate));
}

QString whyText(const Snapshot& snapshot, const Candidate& candidate) {
    const Params params = snapshot.params ? *snapshot.params : Params{};
    if (const QString generated = generatedText(snapshot, candidate); !generated.isEmpty())
        return generated;
    if (candidate.stopped)
        return translated("Stopped by the policy gate: %1.")
            .arg(toText(fate_label(candidate.fate)));
    switch (candidate.fate) {
        case Fate::shown:
            if (candidate.filled)
                return translated("Placed by the policy gate, where the page was short.");
            if (candidate.explored) return translated("Placed by an exploration slot.");
            if (candidate.unfamiliar)
                return translated("Placed by a slot for topics that are rare in the profile.");
            if (candidate.source == Source::oracle)
                return translated("Placed by the oracle, which knows the hidden utility.");
            if (candidate.source == Source::browsing)
                return translated("Drawn evenly from all that may be shown; nobody chose it.");
            if (candidate.promoted)
                return translated("Placed by the rule that promotes one new item.");
            if (const PageRow* row = rowIn(snapshot, candidate)) {
                return rankText(candidate) +
                       translated("; it stands in the row “%1”.").arg(rowTitle(snapshot, *row));
            }
            return rankText(candidate) + translated(", kept by re-ranking.");
        case Fate::watched:
            return translated("Dropped by the filter: already watched.");
        case Fate::shown_recently:
            return translated("Dropped by the filter: shown and ignored less than %1 ago.")
                .arg(durationText(params.policy.repeat_after_h * kHour));
        case Fate::not_licensed:
            return translated("Dropped by the filter: not licensed in this region.");
        case Fate::not_interested:
            return translated("Dropped by the filter: this person said “not interested”.");
        case Fate::below_cut:
            return rankText(candidate) +
                   translated("; only the best %1 are re-ranked.").arg(params.ranking.keep);
        case Fate::diversity:
            return rankText(candidate) + translated("; too close to what was already on the page.");
        case Fate::franchise_cap:
            return rankText(candidate) + translated("; the page already had %1 of its franchise.")
                                             .arg(params.rerank.franchise_cap);
        case Fate::topic_cap:
            return rankText(candidate) +
                   translated("; its topic already had its share of the page.");
        case Fate::score:
            return rankText(candidate) + translated("; others scored higher.");
    }
    return {};
}

}  // namespace cascadelab
