// Where a widget writes words, and pictures in which one of them is not as it should be: what a
// comparison of pictures has to notice. Window's thread.
#pragma once

#include <QImage>
#include <QRect>
#include <QString>
#include <vector>

class QWidget;

namespace cascadelab {

struct LabelPlace {
    QString text;
    QRect place;  // in the widget; pixels
};

// Every run of words that the widget and its children paint, in the order of painting; also where
// something else covers it.
std::vector<LabelPlace> labelPlaces(QWidget& widget);

// The picture a share of a pixel further: what a rasteriser makes of other parts of a pixel.
QImage withPartsOfAPixel(const QImage& picture, QPoint towards, double share);
// The picture with what stands in a place moved, its ground closed behind it.
QImage withMoved(const QImage& picture, const QRect& place, QPoint by);
// The picture with the ground in a place and nothing on it.
QImage withErased(const QImage& picture, const QRect& place);
// Pixels of a place that stand out from its ground.
int inkIn(const QImage& picture, const QRect& place);

}  // namespace cascadelab
