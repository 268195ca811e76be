#include "ui/views/features/feature_rows_model.h"

#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {

namespace {

bool changed(const FeatureRow& row) {
    return row.before != row.now;
}

QString ageText(double age_s) {
    return age_s < 0 ? FeatureRowsModel::tr("never") : durationText(age_s);
}

QString orNone(const std::string& value) {
    return value.empty() ? FeatureRowsModel::tr("none") : toText(value);
}

}  // namespace

void FeatureRowsModel::setRows(std::vector<FeatureRow> rows) {
    // Most often only values move; then the reader's place stays.
    if (rows.size() == m_rows.size()) {
        m_rows = std::move(rows);
        if (!m_rows.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void FeatureRowsModel::setTheme(const Theme& theme) {
    m_theme = theme;
    if (!m_rows.empty()) emit dataChanged(index(0, 0), index(rowCount() - 1, columns - 1));
}

int FeatureRowsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FeatureRowsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant FeatureRowsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const FeatureRow& row = m_rows[static_cast<std::size_t>(index.row())];
    const bool isValue = index.column() == before || index.column() == now;
    if (role == Qt::FontRole) return font(Type::small, changed(row) && index.column() == now);
    if (role == Qt::ForegroundRole)
        return index.column() == name || (index.column() == now && changed(row)) ? m_theme.text
                                                                                 : m_theme.dim;
    if (role == Qt::TextAlignmentRole)
        return QVariant((isValue || index.column() == age ? Qt::AlignRight : Qt::AlignLeft) |
                        Qt::AlignVCenter);
    if (role == Qt::ToolTipRole)
        return changed(row) ? tr("%1 went from %2 to %3; written %4 ago by the %5 lane.")
                                  .arg(toText(row.name), orNone(row.before), orNone(row.now),
                                       ageText(row.age_s), toText(row.lane))
                            : tr("%1 (%2 lane) has not changed since the request before.")
                                  .arg(toText(row.name), toText(row.lane));
    if (role != Qt::DisplayRole) return {};
    switch (static_cast<Column>(index.column())) {
        case name:
            return toText(row.name);
        case lane:
            return toText(row.lane);
        case age:
            return ageText(row.age_s);
        case before:
            return orNone(row.before);
        case now:
            return changed(row) ? orNone(row.now) : tr("same");
        case columns:
            break;
    }
    return {};
}

QVariant FeatureRowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    if (role == Qt::TextAlignmentRole)
        return QVariant((section >= age ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const QStringList headers = {tr("Feature"), tr("Lane"), tr("Age"), tr("Before"), tr("Now")};
    return headers.value(section);
}

}  // namespace cascadelab
