// The centre: four places, each a card with any of the registered views; one can grow over all.
// Window's thread.
#pragma once

#include <QWidget>
#include <array>
#include <map>
#include <memory>

#include "engine/sim/snapshot/snapshot.h"
#include "ui/theme/theme.h"
#include "ui/views/registry.h"

class QSplitter;

namespace cascadelab {

class Card;
class View;

class ViewGrid : public QWidget, public Themed {
    Q_OBJECT
  public:
    static constexpr std::size_t kPlaces = 4;
    explicit ViewGrid(Selection& selection, QWidget* parent = nullptr);

    void setSnapshot(std::shared_ptr<const Snapshot> snapshot);
    void showAt(std::size_t place, const QString& name);  // swaps when it stands elsewhere
    bool grow(const QString& key);                        // over the whole centre; false: unknown
    void shrink();
    bool isGrown() const { return m_grown < kPlaces; }
    QStringList arrangement() const;  // names by place
    void arrange(const QStringList& names);
    QByteArray saveSizes() const;
    void restoreSizes(const QByteArray& state);
    void reset();
    void setTheme(const Theme& theme) override;

  signals:
    void problem(QString sentence);
    void parameterWished(QString key, double value);  // by a view

  private:
    struct Place {
        Card* card = nullptr;
        QString name;
    };
    View* viewOf(const QString& name);  // made when first asked for
    void fill(std::size_t place);
    void fillMenu(std::size_t place);
    void renewHeading(std::size_t place);
    void growPlace(std::size_t place);
    void showData(View& view);

    Selection& m_selection;
    std::vector<ViewKind> m_kinds;
    std::map<QString, View*> m_views;
    std::array<Place, kPlaces> m_places;
    QSplitter *m_rows, *m_top, *m_bottom;
    std::size_t m_grown = kPlaces;
    std::shared_ptr<const Snapshot> m_snapshot;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
