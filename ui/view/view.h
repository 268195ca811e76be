// What every view of the centre is: a picture of the last snapshot, with a title, one line that
// says what exactly is shown, and a table twin. A view keeps the last snapshot it was given and
// never asks the engine. Window's thread.
#pragma once

#include <QList>
#include <QWidget>
#include <memory>

#include "engine/sim/snapshot/snapshot.h"
#include "ui/theme/theme.h"

class QAbstractItemModel;
class QAction;

namespace cascadelab {

class View : public QWidget, public Themed {
    Q_OBJECT
  public:
    using QWidget::QWidget;

    // Given once, by the list of views: "taste_drift" and "Taste drift".
    void setIdentity(const QString& key, const QString& title);
    QString key() const { return objectName(); }
    QString title() const { return accessibleName(); }

    virtual QString subtitle() const { return {}; }  // model, sample, scale
    virtual QString tag() const { return {}; }       // what must not be overlooked
    virtual void setSnapshot(std::shared_ptr<const Snapshot> snapshot) = 0;
    void setTheme(const Theme& theme) override = 0;

    // The same content as a table, for "View data" and CSV; owned by the view. Null: none yet.
    virtual QAbstractItemModel* table() { return nullptr; }
    // The view's own choices for its card's menu; owned by the view.
    virtual QList<QAction*> menuActions() { return {}; }

  signals:
    void headingChanged();                            // subtitle() or tag() says something new
    void parameterWished(QString key, double value);  // an empty view offers what would fill it
};

inline void View::setIdentity(const QString& key, const QString& title) {
    setObjectName(key);
    setAccessibleName(title);
}

}  // namespace cascadelab
