#include "ui/studies/study_checks_model.h"

#include <cmath>

#include "engine/base/text.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

QString numberText(const StudyCheck& check, double value) {
    if (!std::isfinite(value)) return StudyChecksModel::tr("no value");
    return QString::fromStdString(fixed_text(value, check.decimals()));
}

}  // namespace

void StudyChecksModel::setResult(std::shared_ptr<const StudyResult> result) {
    beginResetModel();
    m_result = std::move(result);
    endResetModel();
}

void StudyChecksModel::setTheme(const Theme& theme) {
    beginResetModel();
    m_theme = theme;
    endResetModel();
}

int StudyChecksModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_result ? 0 : static_cast<int>(m_result->checks.size());
}

int StudyChecksModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : columns;
}

QVariant StudyChecksModel::words(const StudyCheck& check, int column) const {
    switch (column) {
        case what:
            return toText(check.what);
        case published:
            return numberText(check, check.published);
        case own:
            return numberText(check, check.own);
        case tolerance:
            if (check.comparison == Comparison::at_most) return tr("at most");
            return QStringLiteral("± ") + numberText(check, check.tolerance);
        case verdict:
            return check.passed() ? QStringLiteral("✓ ") + tr("holds")
                                  : QStringLiteral("✗ ") + tr("differs");
    }
    return {};
}

QVariant StudyChecksModel::data(const QModelIndex& index, int role) const {
    const StudyCheck& check = m_result->checks[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole) return words(check, index.column());
    if (role == Qt::ToolTipRole && index.column() == what) {
        return toText(check.name) + "\n" + toText(check.what);
    }
    if (role == Qt::TextAlignmentRole && index.column() != what && index.column() != verdict) {
        return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    }
    if (role == Qt::ForegroundRole && index.column() == verdict) {
        return check.passed() ? m_theme.goodText : m_theme.badText;
    }
    if (role == Qt::FontRole && (index.column() == own || index.column() == verdict)) {
        return font(Type::small, true);
    }
    return {};
}

QVariant StudyChecksModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) {
        const bool number = section != what && section != verdict;
        return static_cast<int>((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) return {};
    const QString names[] = {tr("What is compared"), tr("Published"), tr("Here"), tr("Tolerance"),
                             tr("Verdict")};
    return names[section];
}

}  // namespace cascadelab
