#include "ui/theme/icons.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

#include "engine/base/error.h"

// The resource lies in a static library and must be asked for; outside every namespace, as Qt
// wants.
static void loadResource() {
    Q_INIT_RESOURCE(cascadelab);
}

namespace cascadelab {

void loadIcons() {
    loadResource();
}

QPixmap iconPixmap(const QString& name, const QColor& color, int size, double scale) {
    loadIcons();
    QFile file(":/icons/" + name + ".svg");
    CHECK(file.open(QIODevice::ReadOnly));
    QByteArray svg = file.readAll();
    svg.replace("#000", color.name().toLatin1());

    QPixmap pixmap(qRound(size * scale), qRound(size * scale));
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(svg).render(&painter);
    painter.end();
    pixmap.setDevicePixelRatio(scale);
    return pixmap;
}

QIcon icon(const QString& name, const QColor& color) {
    QIcon result;
    for (const int scale : {1, 2, 3}) result.addPixmap(iconPixmap(name, color, 18, scale));
    return result;
}

}  // namespace cascadelab
