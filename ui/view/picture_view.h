// A view that is one picture. What all pictures do alike stands here: they are laid out anew when
// their content, their size or their theme changes; the pointer gets a sentence for what lies under
// it, and a click chooses that; arrow keys go from one thing to the next and pin its sentence in
// the picture, Return chooses it, Escape lets go; there is a table twin and a file to save; and
// while there is nothing to draw, a sentence says what would fill the place, with a button where
// one parameter would do. A picture itself has only its geometry, its painting and its content.
// Window's thread.
#pragma once

#include <optional>
#include <vector>

#include "ui/view/lazy_table.h"
#include "ui/view/view.h"

class QPainter;
class QPushButton;

namespace cascadelab {

class Selection;

class PictureView : public View {
    Q_OBJECT
  public:
    // description: what the picture shows, in a sentence for those who do not see it.
    PictureView(Selection& selection, const QString& description, QWidget* parent);

    void setSnapshot(std::shared_ptr<const Snapshot> snapshot) final;
    void setTheme(const Theme& theme) override;
    QAbstractItemModel* table() override;
    QList<QAction*> menuActions() final;
    QSize minimumSizeHint() const override { return {260, 200}; }

    // The sentence of what stands at a position; empty beside everything.
    virtual QString wordsAt(QPointF) const { return {}; }

  protected:
    // What is said in place of a picture; with words for a button, where one press would fill it:
    // the parameter it wishes for, unless the view fills itself.
    struct Lack {
        QString sentence;
        QString button = {}, tip = {};
        QString key = {};
        double value = 0;
    };
    // The same content as a table.
    struct Twin {
        QStringList headers;
        int rows = 0;
        LazyTable::Cell cell;
    };

    // Reads what is drawn from snapshot(), which may be null; whether anything of it is new.
    virtual bool take() = 0;
    virtual bool hasPicture() const = 0;
    virtual Lack lack() const = 0;
    virtual void place() {}                           // for what was taken and size()
    virtual void paint(QPainter&) const {}            // where there is a picture
    virtual Twin twin() const { return {}; }          // likewise
    virtual QList<QAction*> choices() { return {}; }  // above "Save picture…" in the menu
    virtual void chooseAt(QPointF) {}                 // by a click or by Return
    virtual void pointAt(std::optional<QPointF>) {}   // where the pointer or the pin stands
    virtual std::vector<QPointF> stops() const { return {}; }  // of the keys, in reading order
    virtual void fill();                                       // by the button of an empty place
    virtual void selectionChanged() { update(); }

    void renew();    // other content: places it, says the heading again and paints
    void arrange();  // the same content in another size or choice
    Selection& selection() const { return m_selection; }
    const Theme& theme() const { return m_theme; }
    const std::shared_ptr<const Snapshot>& snapshot() const { return m_snapshot; }

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

  private:
    std::vector<QPointF> reachable() const;  // the stops of what is drawn
    void pin(std::optional<std::size_t> stop);
    void paintPin(QPainter& painter) const;
    void offer();
    QRectF sentencePlace(const QString& sentence) const;

    Selection& m_selection;
    QString m_description;
    Theme m_theme = Theme::dark();
    std::shared_ptr<const Snapshot> m_snapshot;
    std::optional<std::size_t> m_pinned;  // among the stops
    bool m_isReached = false;             // by keyboard: the frame says so
    QPushButton* m_fill = nullptr;        // made when first offered
    QAction* m_saveAction;
    LazyTable* m_table;
};

}  // namespace cascadelab
