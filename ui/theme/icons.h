// Our own icons, drawn from the resource in a theme's colour at the screen's resolution. Window's
// thread.
#pragma once

#include <QIcon>
#include <QString>

class QColor;

namespace cascadelab {

// Makes the resource known; done by everything here, needed only by who names ":/..." itself.
void loadIcons();
// `name` is a file of assets/icons without its ending; black in the file becomes `color`.
QIcon icon(const QString& name, const QColor& color);
QPixmap iconPixmap(const QString& name, const QColor& color, int size, double scale);

}  // namespace cascadelab
