// Saves what a widget shows as a file: PNG at twice the screen's resolution, or SVG. Window's
// thread.
#pragma once

#include <QString>

class QAction;
class QWidget;

namespace cascadelab {

// By the ending of `path`, ".svg" or ".png"; false when the file cannot be written.
bool savePicture(QWidget& widget, const QString& path);
// The "Save picture…" entry of a view's menu: asks for a file named like the widget, then
// saves; owned by the widget.
QAction* makeSavePictureAction(QWidget& widget);

}  // namespace cascadelab
