// The right dock: who is being looked at, what they see, why, and what the system knew; or, when an
// item is selected, its scores and its fate in that request. Window's thread.
#pragma once

#include <QWidget>
#include <functional>
#include <memory>
#include <vector>

#include "engine/sim/commands/command.h"
#include "engine/sim/snapshot/snapshot.h"
#include "ui/theme/theme.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace cascadelab {

class ElidedLabel;
class FactTable;
class ItemTile;
class PersonHead;
class SectionHeader;
class Selection;
class ShapBars;
class TopicBars;

class Inspector : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit Inspector(Selection& selection, QWidget* parent = nullptr);
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot);
    void setTheme(const Theme& theme) override;

  signals:
    void commanded(const cascadelab::Command& command);
    void candidatesRequested();
    void slateRequested();

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    QWidget* buildItem();
    QWidget* buildPerson();
    QWidget* buildButtons();
    QWidget* buildIncidents();
    QPushButton* buildTopicButton(const QString& text, const QString& help,
                                  const std::function<Command(TopicId)>& command);
    void refresh();
    void showPerson(const PersonView& person);
    void showItem();
    void showSlate();
    void showWhy();
    void showFeatures(const PersonView& person);

    Selection& m_selection;
    std::shared_ptr<const Snapshot> m_snapshot;
    QWidget* m_item = nullptr;
    ItemTile* m_itemTile = nullptr;
    FactTable* m_itemFacts = nullptr;
    QLabel* m_itemWhy = nullptr;
    QWidget* m_person = nullptr;
    PersonHead* m_head = nullptr;
    TopicBars* m_topics = nullptr;
    SectionHeader* m_slateHead = nullptr;
    std::vector<ItemTile*> m_tiles;
    SectionHeader* m_whyHead = nullptr;
    ShapBars* m_why = nullptr;
    SectionHeader* m_featuresHead = nullptr;
    FactTable* m_features = nullptr;
    QPushButton* m_candidates = nullptr;
    QWidget* m_buttons = nullptr;
    QWidget* m_incidents = nullptr;
    QLabel* m_empty = nullptr;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
