#include "engine/sim/training/ranker_rows.h"

#include <cmath>

#include "engine/cascade/request/ranking_columns.h"

namespace cascadelab {

RankerRows ranker_rows(const FrozenLog& view) {
    const auto columns = static_cast<Eigen::Index>(ranking_columns().size());
    std::size_t most = 0;
    for (const auto& request : view.requests) most += request->items.size();
    RankerRows data{{Matrix(most, columns), Matrix(most, kOutcomeCount), {}},
                    Matrix(most, columns)};
    Matrix &rows = data.shown.rows, &labels = data.shown.labels;
    Eigen::Index count = 0;
    const Catalogue& catalogue = *view.join.catalogue;
    join_point_in_time(view.join, view.requests, [&](const JoinedRequest& joined) {
        const LoggedRequest& request = *joined.request;
        const RequestContext context{request.time_s, (*view.devices)[request.person.index()]};
        const RowFiller filler(context, joined.person, *joined.store, view.join.params,
                               catalogue.cards, catalogue.content);
        data.shown.requests.push_back(count);
        for (std::size_t i = 0; i < request.items.size(); ++i, ++count) {
            const float* logged = request.rows.data() + static_cast<Eigen::Index>(i) * columns;
            const ServedColumns served{logged[0],
                                       logged[1],
                                       logged[2],
                                       logged[3],
                                       static_cast<float>(i),
                                       static_cast<float>(surface_at(request.page, i))};
            filler.fill(request.items[i], served, rows.data() + count * columns);
            data.served.row(count) = Eigen::Map<const Eigen::RowVectorXf>(logged, columns);
            const Outcome& outcome = joined.outcomes[i];
            labels.row(count) << outcome.click, outcome.long_watch, outcome.like,
                outcome.not_interested;
        }
    });
    rows.conservativeResize(count, columns);
    labels.conservativeResize(count, kOutcomeCount);
    data.served.conservativeResize(count, columns);
    return data;
}

float skew_of(const RankerRows& data) {
    const Matrix& rows = data.shown.rows;
    if (rows.rows() == 0) return 0;
    double sum = 0;
    const auto first = static_cast<Eigen::Index>(kServedColumns);
    for (Eigen::Index c = first; c < rows.cols(); ++c) {
        const auto served = data.served.col(c).array();
        const float deviation = std::sqrt((served - served.mean()).square().mean());
        if (deviation > 1e-6f) sum += (rows.col(c).array() - served).abs().mean() / deviation;
    }
    return static_cast<float>(sum / static_cast<double>(rows.cols() - first));
}

}  // namespace cascadelab
