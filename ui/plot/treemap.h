// Areas for amounts: a rectangle cut into one cell an amount, as square as they come. Says where
// cells stand; painting is the view's. Pure; any thread.
#pragma once

#include <QRectF>
#include <span>
#include <vector>

namespace cascadelab {

// One cell a weight, in the order of the weights, together exactly the area, each as large as its
// share of the weights. A cell of no weight is null, and all are when there is none at all.
// Squarest when weights fall (squarified treemap; Bruls, Huizing and van Wijk 2000).
std::vector<QRectF> squarifiedCells(std::span<const double> weights, QRectF area);

}  // namespace cascadelab
