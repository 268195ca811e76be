#include "ui/items/candidate_model.h"

#include <array>

#include "engine/base/text.h"
#include "ui/words/items.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

struct Heading {
    const char* name;
    const char* help;
};
constexpr std::array<Heading, CandidateModel::kColumns> kHeadings = {{
    {QT_TR_NOOP("Rank"), QT_TR_NOOP("Place after ranking")},
    {QT_TR_NOOP("Item"), QT_TR_NOOP("Title")},
    {QT_TR_NOOP("Fate"), QT_TR_NOOP("What became of it")},
    {QT_TR_NOOP("Row"), QT_TR_NOOP("Row of the page it stands in")},
    {QT_TR_NOOP("Value"), QT_TR_NOOP("Weighted sum of the predictions")},
    {QT_TR_NOOP("p(click)"), QT_TR_NOOP("Predicted probability of a click")},
    {QT_TR_NOOP("p(watch)"), QT_TR_NOOP("Predicted probability of watching at least half")},
    {QT_TR_NOOP("p(like)"), QT_TR_NOOP("Predicted probability of a like")},
    {QT_TR_NOOP("p(not int.)"), QT_TR_NOOP("Predicted probability of “not interested”")},
    {QT_TR_NOOP("Re-rank"), QT_TR_NOOP("Score by which re-ranking chose")},
    {QT_TR_NOOP("Source"), QT_TR_NOOP("Who proposed it; the first is credited")},
    {QT_TR_NOOP("Retrieval"), QT_TR_NOOP("Score of its source, on the source's own scale")},
    {QT_TR_NOOP("Topic"), QT_TR_NOOP("Main topic of the item")},
}};

bool isWords(int column) {
    return column == CandidateModel::title || column == CandidateModel::fate ||
           column == CandidateModel::source || column == CandidateModel::topic ||
           column == CandidateModel::pageRow;
}

bool wasRanked(const Candidate& candidate) {
    return candidate.rank != kUnranked;
}

}  // namespace

void CandidateModel::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    auto trace = snapshot && snapshot->focus ? snapshot->focus->trace : nullptr;
    const bool same = trace == m_trace;
    if (!same) beginResetModel();
    m_snapshot = std::move(snapshot);
    m_trace = std::move(trace);
    if (!same) endResetModel();
}

const Candidate* CandidateModel::candidate(int row) const {
    if (!m_trace || row < 0 || row >= rowCount()) return nullptr;
    return &m_trace->candidates[static_cast<std::size_t>(row)];
}

int CandidateModel::rowOf(ItemId item) const {
    for (int row = 0; row < rowCount(); ++row) {
        if (candidate(row)->item == item) return row;
    }
    return -1;
}

int CandidateModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_trace ? 0 : static_cast<int>(m_trace->candidates.size());
}

int CandidateModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : kColumns;
}

QVariant CandidateModel::number(const Candidate& c, int column) const {
    switch (static_cast<Column>(column)) {
        case retrieval:
            return c.retrieval_score;
        case click:
            return c.click;
        case watch:
            return c.watch;
        case like:
            return c.like;
        case notInterested:
            return c.not_interested;
        case value:
            return c.value;
        case rank:
            return c.rank + 1;
        case rerank:
            return c.rerank_score;
        case title:
        case topic:
        case source:
        case fate:
        case pageRow:
        case kColumns:
            return text(c, column);
    }
    return {};
}

QString CandidateModel::text(const Candidate& c, int column) const {
    switch (static_cast<Column>(column)) {
        case title:
            return itemTitle(*m_snapshot, c.item);
        case topic:
            return topicName(*m_snapshot, topicOf(*m_snapshot, c.item));
        case source:
            return sourcesText(c);
        case fate:
            return fateText(c);
        case pageRow:
            if (const PageRow* home = cascadelab::rowOf(*m_trace, c))
                return rowTitle(*m_snapshot, *home);
            return QString("–");
        case rank:
            return wasRanked(c) ? QString::number(c.rank + 1) : QString("–");
        case retrieval:
            return toText(fixed_text(c.retrieval_score, 3));
        case rerank:
            return c.rerank_score == 0 ? QString("–") : toText(fixed_text(c.rerank_score, 3));
        case click:
        case watch:
        case like:
        case notInterested:
            // Before the first ranker nothing is predicted.
            if (c.click == 0 && c.watch == 0) return QString("–");
            [[fallthrough]];
        case value:
            // In a generated feed nobody valued anything.
            if (m_trace->maker != FeedMaker::cascade) return QString("–");
            return wasRanked(c) ? toText(fixed_text(number(c, column).toDouble(), 3))
                                : QString("–");
        case kColumns:
            break;
    }
    return {};
}

QVariant CandidateModel::data(const QModelIndex& index, int role) const {
    const Candidate* c = candidate(index.row());
    if (!c) return {};
    switch (role) {
        case Qt::DisplayRole:
            return text(*c, index.column());
        case Qt::EditRole:
            return number(*c, index.column());
        case Qt::TextAlignmentRole:
            return static_cast<int>((isWords(index.column()) ? Qt::AlignLeft : Qt::AlignRight) |
                                    Qt::AlignVCenter);
        case Qt::ToolTipRole:
            return itemTitle(*m_snapshot, c->item) + "\n" + whyText(*m_snapshot, *c);
        default:
            return {};
    }
}

QVariant CandidateModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= kColumns) return {};
    const Heading& heading = kHeadings[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole) return tr(heading.name);
    if (role == Qt::ToolTipRole) return tr(heading.help);
    if (role == Qt::TextAlignmentRole) {
        return static_cast<int>((isWords(section) ? Qt::AlignLeft : Qt::AlignRight) |
                                Qt::AlignVCenter);
    }
    return {};
}

}  // namespace cascadelab
