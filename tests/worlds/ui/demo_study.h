// A made-up study of the vector indexes, for pictures and tests of its view.
#pragma once

#include <cmath>
#include <memory>

#include "engine/bench/index_study.h"

namespace cascadelab {

inline std::shared_ptr<const IndexStudy> demoStudy() {
    IndexStudy study;
    study.vectors = StudyVectors::enlarged;
    study.given = 5000;
    study.items = 100000;
    study.dims = 32;
    study.k = 100;
    study.queries = 200;
    study.cells = 256;
    study.curves.push_back({IndexChoice::exact, 0.01, {{0, 1, 0.52}}});
    IndexCurve ivf{IndexChoice::ivf, 0.9, {}};
    for (const int probes : {1, 2, 3, 4, 6, 8, 12, 17, 24, 32, 48})
        ivf.points.push_back({probes, 1 - 0.62 * std::exp(-0.55 * probes), 0.014 + 0.006 * probes});
    study.curves.push_back(ivf);
    IndexCurve hnsw{IndexChoice::hnsw, 12.4, {}};
    for (const int ef : {100, 150, 225, 320, 338, 506, 640})
        hnsw.points.push_back({ef, 1 - 2.6 / ef - 0.2 * std::exp(-ef / 80.0), 0.0004 * ef});
    study.curves.push_back(hnsw);
    return std::make_shared<const IndexStudy>(std::move(study));
}

}  // namespace cascadelab
