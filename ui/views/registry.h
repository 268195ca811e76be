// All views that can be put into the centre, by their short name. A new view adds one line in
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

}  // namespace cascadelab
