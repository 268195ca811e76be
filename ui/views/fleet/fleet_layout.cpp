#include "ui/views/fleet/fleet_layout.h"

#include <algorithm>

#include "ui/view/fleet_words.h"

namespace cascadelab {
namespace {

constexpr double kWireRoom = 14;   // px between two columns
constexpr double kLeastBox = 92;   // px wide, on the map
constexpr double kLowestBox = 34;  // px high, on the map
constexpr double kTallestBox = 88;
constexpr double kBoxGap = 8, kPad = 6;
constexpr double kHead = 16, kTallestRow = 34;  // of the list
constexpr double kServersFrom = 470;            // px; a narrower list has no strip of servers
constexpr double kMostIncidents = 3;
constexpr double kName = 15, kLine = 13, kStrip = 6;

struct Columns {
    std::vector<std::size_t> of;     // column of a station
    std::vector<std::size_t> sizes;  // stations in a column
    double tallest() const {
        return static_cast<double>(sizes.empty() ? 1 : *std::ranges::max_element(sizes));
    }
};

Columns columnsOf(const std::vector<StationSection>& stations) {
    Columns columns{fleetColumns(stations), {}};
    for (const std::size_t column : columns.of) {
        if (columns.sizes.size() <= column) columns.sizes.resize(column + 1);
        ++columns.sizes[column];
    }
    return columns;
}

// What stands in a box of the map, from top to bottom as far as it goes.
void fillBox(FleetBox& place) {
    const QRectF inside = place.box.adjusted(kPad, 3, -kPad, -3);
    place.name = {inside.left(), inside.top(), inside.width(), kName};
    double top = inside.top() + kName;
    const auto line = [&](double height) {
        if (top + height > inside.bottom() + 0.5) return QRectF();
        const QRectF here(inside.left(), top, inside.width(), height);
        top += height;
        return here;
    };
    place.busy = line(kLine);
    place.times = line(kLine);
    place.queue = line(kLine + 2);
    place.servers = line(kLine + kStrip + 2);
}

void layoutMap(const std::vector<StationSection>& stations, const Columns& columns, QRectF area,
               FleetLayout& layout) {
    const auto count = static_cast<double>(columns.sizes.size());
    const double width = (area.width() - (count - 1) * kWireRoom) / count;
    std::vector<double> next(columns.sizes.size());
    std::vector<double> high(columns.sizes.size());
    for (std::size_t c = 0; c < next.size(); ++c) {
        const auto size = static_cast<double>(columns.sizes[c]);
        high[c] = std::min(kTallestBox, (area.height() - (size - 1) * kBoxGap) / size);
        next[c] = area.center().y() - (size * high[c] + (size - 1) * kBoxGap) / 2;
    }
    for (std::size_t s = 0; s < stations.size(); ++s) {
        const std::size_t c = columns.of[s];
        FleetBox place;
        place.station = s;
        place.box = {area.left() + static_cast<double>(c) * (width + kWireRoom), next[c], width,
                     high[c]};
        next[c] += high[c] + kBoxGap;
        fillBox(place);
        layout.boxes.push_back(place);
    }
    const auto before = stationsBefore(stations);
    for (std::size_t s = 0; s < stations.size(); ++s) {
        const QRectF& to = layout.boxes[s].box;
        for (const std::size_t from : before[s]) {
            const QRectF& box = layout.boxes[from].box;
            layout.wires.push_back(
                {from, s, {box.right(), box.center().y()}, {to.left(), to.center().y()}});
        }
    }
}

void layoutList(std::size_t stations, QRectF area, FleetLayout& layout) {
    layout.isList = true;
    if (stations == 0) return;
    const double head = std::min(kHead, area.height() / 4);
    layout.head = {area.left(), area.top(), area.width(), head};
    const double row =
        std::min(kTallestRow, (area.height() - head) / static_cast<double>(stations));
    const bool hasServers = area.width() >= kServersFrom;
    // Shares of the width: name, bar, its words, queue, servers, times.
    const double names = hasServers ? 0.25 : 0.32, bars = hasServers ? 0.18 : 0.19;
    const double busy = 0.1, queue = 0.13, servers = hasServers ? 0.14 : 0;
    for (std::size_t s = 0; s < stations; ++s) {
        const double top = area.top() + head + row * static_cast<double>(s);
        double left = area.left();
        const auto column = [&](double share) {
            const QRectF place(left, top, std::max(0.0, share * area.width() - 6), row);
            left += share * area.width();
            return share > 0 ? place : QRectF();
        };
        FleetBox place;
        place.station = s;
        place.box = {area.left(), top, area.width(), row};
        place.name = column(names).adjusted(11, 0, 0, 0);
        const QRectF bar = column(bars);
        const double high = std::clamp(0.4 * row, 3.0, 10.0);
        place.bar = {bar.left(), bar.center().y() - high / 2, bar.width(), high};
        place.busy = column(busy);
        place.queue = column(queue);
        place.servers = column(servers);
        place.times = {left, top, std::max(0.0, area.right() - left), row};
        layout.boxes.push_back(place);
    }
}

}  // namespace

std::vector<std::size_t> fleetColumns(const std::vector<StationSection>& stations) {
    const auto before = stationsBefore(stations);
    std::vector<std::size_t> columns(stations.size());
    for (std::size_t s = 0; s < stations.size(); ++s)
        for (const std::size_t from : before[s])
            columns[s] = std::max(columns[s], columns[from] + 1);
    return columns;
}

FleetLayout layoutFleet(const std::vector<StationSection>& stations, std::size_t incidents,
                        QRectF area) {
    FleetLayout layout;
    if (incidents > 0) {
        const double lines = std::min(kMostIncidents, static_cast<double>(incidents));
        const double high = std::min(kIncidentLine * lines, area.height() / 4);
        layout.incidents = {area.left(), area.top(), area.width(), high};
        area.setTop(area.top() + high + 4);
    }
    area.setHeight(std::max(0.0, area.height()));
    const Columns columns = columnsOf(stations);
    const auto count = static_cast<double>(std::max<std::size_t>(1, columns.sizes.size()));
    const double width = (area.width() - (count - 1) * kWireRoom) / count;
    const double lowest = (area.height() - (columns.tallest() - 1) * kBoxGap) / columns.tallest();
    if (width >= kLeastBox && lowest >= kLowestBox)
        layoutMap(stations, columns, area, layout);
    else
        layoutList(stations.size(), area, layout);
    return layout;
}

}  // namespace cascadelab
