// Pictures as they are kept in the tree: small, in as few colours as the comparison of pictures can
// well bear. Any thread.
#pragma once

#include <QImage>
#include <QString>

namespace cascadelab {

// The picture in at most 256 colours. The most frequent colours stay as they are; of the others,
// those in one cell of a grid become their mean. Cells are as wide as half the bounds of
// compareByBlocks() allow.
QImage inFewColours(const QImage& picture);

// Writes that picture as a PNG and makes its folder; false when it cannot be written.
bool keepPicture(const QImage& picture, const QString& path);

}  // namespace cascadelab
