#include "ui/view/picture_file.h"

#include <QAction>
#include <QCoreApplication>
#include <QFileDialog>
#include <QMessageBox>
#include <QPainter>
#include <QPixmap>
#include <QSvgGenerator>
#include <QWidget>

namespace cascadelab {

namespace {

constexpr double kSharpness = 2;  // device pixels a screen unit in a saved PNG

bool saveSvg(QWidget& widget, const QString& path) {
    QSvgGenerator generator;
    generator.setFileName(path);
    generator.setSize(widget.size());
    generator.setViewBox(widget.rect());
    QPainter painter;
    if (!painter.begin(&generator)) return false;
    painter.fillRect(widget.rect(), widget.palette().base());
    widget.render(&painter, {}, {}, QWidget::DrawChildren);
    return painter.end();
}

bool savePng(QWidget& widget, const QString& path) {
    QPixmap picture(widget.size() * kSharpness);
    picture.setDevicePixelRatio(kSharpness);
    picture.fill(widget.palette().base().color());
    widget.render(&picture, {}, {}, QWidget::DrawChildren);
    return picture.save(path, "PNG");
}

}  // namespace

bool savePicture(QWidget& widget, const QString& path) {
    return path.endsWith(QStringLiteral(".svg"), Qt::CaseInsensitive) ? saveSvg(widget, path)
                                                                      : savePng(widget, path);
}

QAction* makeSavePictureAction(QWidget& widget) {
    const auto tr = [](const char* text) { return QCoreApplication::translate("Picture", text); };
    auto* action = new QAction(tr("Save picture…"), &widget);
    QObject::connect(action, &QAction::triggered, &widget, [&widget, tr] {
        const QString path = QFileDialog::getSaveFileName(
            &widget, tr("Save picture"), widget.objectName() + QStringLiteral(".png"),
            tr("Pictures (*.png *.svg)"));
        if (path.isEmpty() || savePicture(widget, path)) return;
        QMessageBox::warning(&widget, tr("Save picture"),
                             tr("%1 cannot be written. Choose another folder.").arg(path));
    });
    return action;
}

}  // namespace cascadelab
