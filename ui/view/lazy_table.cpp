#include "ui/view/lazy_table.h"

namespace cascadelab {

void LazyTable::setContent(QStringList headers, int rows, Cell cell) {
    // The same shape with new values keeps the reader's place in the table.
    if (headers == m_headers && rows == m_rows) {
        m_cell = std::move(cell);
        if (rows > 0) emit dataChanged(index(0, 0), index(rows - 1, int(headers.size()) - 1));
        return;
    }
    beginResetModel();
    m_headers = std::move(headers);
    m_rows = rows;
    m_cell = std::move(cell);
    endResetModel();
}

int LazyTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : m_rows;
}

int LazyTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_headers.size());
}

QVariant LazyTable::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || !m_cell) return {};
    if (role == Qt::DisplayRole) return m_cell(index.row(), index.column());
    if (role == Qt::TextAlignmentRole &&
        m_cell(index.row(), index.column()).typeId() != QMetaType::QString)
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant LazyTable::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole) return {};
    return orientation == Qt::Horizontal ? QVariant(m_headers.value(section))
                                         : QVariant(section + 1);
}

}  // namespace cascadelab
