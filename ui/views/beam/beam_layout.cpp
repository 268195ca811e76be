#include "ui/views/beam/beam_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cascadelab {
namespace {

constexpr double kPast = 14;  // left of the first column
constexpr double kHead = 30;  // two lines over a column
constexpr double kRow = 15, kBox = 13;
constexpr double kItemsShare = 0.38;  // of the width, for the titles
constexpr double kKeptShare = 0.7;    // of the rows, when not all fit

// What one column holds, before it is cut to its room.
struct Column {
    std::size_t step = 0, kept = 0;
    std::size_t listed = 0;  // kept and pruned that are known one by one
    std::size_t all = 0;     // kept and pruned
    double left = 0, width = 0;
};

struct Room {
    std::size_t kept = 0, pruned = 0;  // with a row of their own
};

// Rows for kept and pruned; what is left over takes a row to say how much it is.
Room roomFor(const Column& column, std::size_t rows) {
    if (rows == 0) return {};
    if (column.all <= rows) return {column.kept, column.listed - column.kept};
    const auto fair = static_cast<std::size_t>(kKeptShare * static_cast<double>(rows));
    const std::size_t most = column.all == column.kept ? rows : std::max<std::size_t>(fair, 1);
    Room room;
    room.kept = column.kept <= most ? column.kept : most - 1;
    const std::size_t used = room.kept + (room.kept < column.kept ? 1 : 0);
    const std::size_t left = rows > used ? rows - used : 0;
    const std::size_t known = column.listed - column.kept, pruned = column.all - column.kept;
    room.pruned = pruned <= left ? known : std::min(known, left > 0 ? left - 1 : 0);
    return room;
}

class Builder {
  public:
    Builder(const BeamDrawing& drawing, QRectF area) : m_drawing(drawing), m_area(area) {
        m_layout.past = {area.left() + 5, area.top() + kHead + kBox / 2};
    }

    BeamLayout build() {
        const std::size_t steps = m_drawing.steps();
        const double width = m_area.width() - kPast;
        const double items = kItemsShare * width;
        const double pitch = (width - items) / static_cast<double>(steps);
        const double gap = std::clamp(0.28 * pitch, 12.0, 60.0);
        m_layout.pitch = pitch;
        for (std::size_t step = 0; step < steps; ++step) {
            Column column;
            column.step = step;
            column.left = m_area.left() + kPast + pitch * static_cast<double>(step);
            column.width = pitch - gap;
            const std::vector<BeamPrefix>& prefixes = m_drawing.beam.steps[step];
            column.kept =
                static_cast<std::size_t>(std::ranges::count(prefixes, true, &BeamPrefix::kept));
            column.listed = prefixes.size();
            column.all = std::max<std::size_t>(column.listed, m_drawing.beam.looked_at[step]);
            lay(column);
        }
        const std::size_t found = m_drawing.beam.found.size();
        lay({steps, found, found, found, m_area.right() - items, items});
        link();
        return std::move(m_layout);
    }

  private:
    // Words may reach over the gap to the next column.
    double wordsWidth(const Column& column) const {
        return column.step < m_drawing.steps() ? m_layout.pitch - 4 : column.width;
    }

    void lay(const Column& column) {
        const double top = m_area.top() + kHead;
        const auto rows = static_cast<std::size_t>(std::max(0.0, (m_area.bottom() - top) / kRow));
        const Room room = roomFor(column, rows);
        m_layout.heads.push_back(
            {column.step, column.kept, column.all - column.kept,
             QRectF(column.left, m_area.top(), wordsWidth(column), kHead - 4)});
        double best = -std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < column.listed; ++i)
            best = std::max(best, logProbabilityOf(m_drawing, {column.step, i}).value_or(best));
        double y = top;
        const auto next = [&] {
            const QRectF box(column.left, y, column.width, kBox);
            y += kRow;
            return box;
        };
        const auto add = [&](std::size_t from, std::size_t shown, std::size_t all, bool kept) {
            for (std::size_t i = from; i < from + shown; ++i) {
                const BeamPlace place{column.step, i};
                const auto nats = logProbabilityOf(m_drawing, place);
                m_layout.boxes.push_back({place, next(), nats ? std::exp(*nats - best) : 0, kept});
            }
            if (shown < all && y + kBox <= m_area.bottom()) {
                QRectF box = next();
                box.setWidth(wordsWidth(column));
                m_layout.rests.push_back({column.step, all - shown, kept, box});
            }
        };
        add(0, room.kept, column.kept, true);
        add(column.kept, room.pruned, column.all - column.kept, false);
    }

    // The right edge of a place, or of the rest it is part of.
    std::optional<QPointF> endOf(BeamPlace place) const {
        for (const BeamBox& box : m_layout.boxes)
            if (box.place == place) return QPointF(box.box.right(), box.box.center().y());
        for (const BeamRest& rest : m_layout.rests)
            if (rest.step == place.step && rest.kept)
                return QPointF(rest.box.right(), rest.box.center().y());
        return std::nullopt;
    }

    void link() {
        for (const BeamBox& box : m_layout.boxes) {
            const QPointF end(box.box.left(), box.box.center().y());
            const std::vector<BeamPlace> path = beamPath(m_drawing, box.place);
            std::optional<QPointF> from;
            if (box.place.step == 0) from = m_layout.past;
            if (path.size() > 1) from = endOf(path[path.size() - 2]);
            if (from) m_layout.links.push_back({box.place, *from, end, box.kept});
        }
    }

    const BeamDrawing& m_drawing;
    QRectF m_area;
    BeamLayout m_layout;
};

}  // namespace

std::vector<std::optional<std::size_t>> leavesOf(const BeamPicture& beam, const ItemCodes* codes) {
    std::vector<std::optional<std::size_t>> leaves(beam.found.size());
    if (!codes || beam.steps.empty()) return leaves;
    const std::vector<BeamPrefix>& last = beam.steps.back();
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        if (beam.found[i].index() >= codes->items()) continue;
        const auto path = codes->path(beam.found[i]);
        const auto found = std::ranges::find_if(last, [&](const BeamPrefix& prefix) {
            return prefix.kept && std::ranges::equal(prefix.codes, path);
        });
        if (found != last.end()) leaves[i] = static_cast<std::size_t>(found - last.begin());
    }
    return leaves;
}

std::vector<BeamPlace> beamPath(const BeamDrawing& drawing, BeamPlace place) {
    std::vector<BeamPlace> path = {place};
    while (place.step > 0) {
        std::optional<std::size_t> parent;
        if (place.step == drawing.steps())
            parent = drawing.leaves[place.index];
        else
            parent = drawing.beam.steps[place.step][place.index].parent;
        if (!parent) break;
        place = {place.step - 1, *parent};
        path.push_back(place);
    }
    std::ranges::reverse(path);
    return path;
}

std::optional<double> logProbabilityOf(const BeamDrawing& drawing, BeamPlace place) {
    if (place.step < drawing.steps())
        return drawing.beam.steps[place.step][place.index].log_probability;
    const auto leaf = drawing.leaves[place.index];
    if (!leaf) return std::nullopt;
    return drawing.beam.steps.back()[*leaf].log_probability;
}

bool isDrawn(const BeamPicture& beam) {
    constexpr float kLeast = 1e-4f;  // nats; more than rounding
    for (const std::vector<BeamPrefix>& step : beam.steps)
        for (const BeamPrefix& prefix : step)
            if (prefix.score > prefix.log_probability + kLeast) return true;
    return false;
}

BeamLayout layoutBeam(const BeamDrawing& drawing, QRectF area) {
    return drawing.steps() == 0 ? BeamLayout{} : Builder(drawing, area).build();
}

std::optional<BeamPlace> beamPlaceAt(const BeamLayout& layout, QPointF position) {
    for (const BeamBox& box : layout.boxes)
        if (box.box.contains(position)) return box.place;
    return std::nullopt;
}

}  // namespace cascadelab
