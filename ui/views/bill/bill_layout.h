// The bill of a month as a stacked bar by stage and as rows by item: what stands where. Pure; any
// thread.
#pragma once

#include <QRectF>
#include <string>
#include <vector>

#include "engine/sim/snapshot/fleet_section.h"

namespace cascadelab {

// A stage and its items, the dearest first in both.
struct BillStage {
    std::string stage;
    double usd = 0;                  // a month
    std::vector<std::size_t> lines;  // places in the bill
};
std::vector<BillStage> billStages(const Bill& bill);

// Colours are told apart up to here; what costs less shares the last.
inline constexpr std::size_t kStageColours = 8;
inline std::size_t stageColour(std::size_t stage) {
    return stage < kStageColours ? stage : kStageColours - 1;
}

struct BillPart {
    std::size_t stage = 0;  // place among the stages
    QRectF box, name;       // name: null without room
};
struct BillRow {
    std::size_t stage = 0;
    std::size_t line = 0;                      // place in the bill
    QRectF row, swatch, label, how, usd, bar;  // how: null without room
};
struct BillLayout {
    QRectF figures;               // a month, a thousand, a person
    QRectF stack;                 // the whole bar
    std::vector<BillPart> parts;  // of it, left to right, exactly filling it
    std::vector<BillRow> rows;    // as many as have room, in the order of the stages
    QRectF rest;                  // what of the rows had none; null: all had
    QRectF chart;                 // null without room
};
BillLayout layoutBill(const Bill& bill, const std::vector<BillStage>& stages, bool hasChart,
                      QRectF area);

}  // namespace cascadelab
