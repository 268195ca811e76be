// Every candidate of the explained request as a table: sources, scores, rank and fate in words.
// Window's thread.
#pragma once

#include <QAbstractTableModel>
#include <memory>

#include "engine/sim/snapshot/snapshot.h"

namespace cascadelab {

class CandidateModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column {
        rank,
        title,
        fate,
        pageRow,
        value,
        click,
        watch,
        like,
        notInterested,
        rerank,
        source,
        retrieval,
        topic,
        kColumns
    };
    using QAbstractTableModel::QAbstractTableModel;

    void setSnapshot(
        std::shared_ptr<const Snapshot> snapshot);  // cheap when the request is the same
    const Candidate* candidate(int row) const;
    int rowOf(ItemId item) const;  // -1 when it is not a candidate

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    // DisplayRole: words; EditRole: the number itself, for sorting and export.
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QVariant number(const Candidate& candidate, int column) const;
    QString text(const Candidate& candidate, int column) const;

    std::shared_ptr<const Snapshot> m_snapshot;
    std::shared_ptr<const CascadeTrace> m_trace;
};

}  // namespace cascadelab
