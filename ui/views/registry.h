// All views that can be put into the centre, by their key. A new view adds one line in
// registry.cpp. Window's thread.
#pragma once

#include <QString>
#include <functional>
#include <vector>

namespace cascadelab {

class Selection;
class View;

struct ViewKind {
    QString name;   // stable: settings and --view use it, "embedding"
    QString title;  // "Embedding space"
    std::function<View*(Selection&, QWidget* parent)> make;
};

std::vector<ViewKind> viewKinds();
// The key that a former key has become; any other is given back as it is.
QString presentKey(const QString& key);

}  // namespace cascadelab
