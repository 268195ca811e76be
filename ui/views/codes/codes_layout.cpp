#include "ui/views/codes/codes_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/plot/treemap.h"

namespace cascadelab {
namespace {

constexpr double kStripHeight = 15;
constexpr double kStripGap = 2;     // below the cells of a strip
constexpr double kNameWidth = 44;   // "level 1"
constexpr double kWordsWidth = 62;  // "12 of 64 dead" does not fit a narrow view; "12 dead" does
constexpr double kMostCellWidth = 60;
constexpr int kNested = 3;        // levels of the tree that are drawn
constexpr double kLeastSide = 5;  // px; smaller areas are drawn whole
constexpr double kNameHeight = 12;
constexpr double kNamedWidth = 30, kNamedHeight = 34;  // px; smaller areas carry no name

// What is left of an area for those that nest in it.
QRectF insideOf(const CodeArea& area) {
    const double edge = area.digits == 1 ? 1.5 : 1;
    QRectF inside = area.box.adjusted(edge, edge, -edge, -edge);
    if (!area.name.isNull()) inside.setTop(area.name.bottom());
    return inside;
}

struct Nesting {
    const CodePicture& picture;
    std::span<const double> sums;
    int levels;

    void lay(CodeTree::Node parent, int digits, QRectF inside, CodesLayout& layout) const {
        const CodeTree::Children children = picture.tree.children(parent);
        std::vector<std::size_t> order(children.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const auto sumOf = [&](std::size_t k) { return sums[children.node(k)]; };
        std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
            return sumOf(a) != sumOf(b) ? sumOf(a) > sumOf(b) : a < b;
        });
        std::vector<double> weights;
        for (const std::size_t k : order) weights.push_back(sumOf(k));
        const std::vector<QRectF> boxes = squarifiedCells(weights, inside);
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (boxes[i].isNull()) continue;
            CodeArea area{children.node(order[i]), digits, true, boxes[i], {}};
            const bool named =
                digits == 1 && boxes[i].width() >= kNamedWidth && boxes[i].height() >= kNamedHeight;
            if (named)
                area.name = {boxes[i].left() + 4, boxes[i].top() + 1, boxes[i].width() - 6,
                             kNameHeight};
            const QRectF rest = insideOf(area);
            area.whole = digits >= levels || std::min(rest.width(), rest.height()) < kLeastSide;
            layout.areas.push_back(area);
            if (!area.whole) lay(area.node, digits + 1, rest, layout);
        }
    }
};

}  // namespace

CodePicture pictureOf(const SemanticIds& ids) {
    CodePicture picture{CodeTree(ids), {}, {}};
    const int levels = ids.items() > 0 ? ids.levels() : 0;
    for (int level = 0; level < levels; ++level)
        picture.uses.emplace_back(static_cast<std::size_t>(ids.codes_at(level)));
    std::vector<double> tangled(ids.items());
    for (std::size_t i = 0; i < ids.items(); ++i) {
        const std::span<const Code> codes = ids.codes(ItemId(i));
        for (std::size_t level = 0; level < codes.size(); ++level)
            ++picture.uses[level][codes[level]];
        tangled[i] = picture.tree.item_count(picture.tree.find(codes)) > 1 ? 1 : 0;
    }
    picture.tangled = sumsByNode(picture.tree, tangled);
    for (CodeTree::Node node = 0; node < picture.tangled.size(); ++node)
        picture.tangled[node] /= std::max(1.0, static_cast<double>(picture.tree.item_count(node)));
    return picture;
}

std::vector<double> sumsByNode(const CodeTree& tree, std::span<const double> ofItem) {
    std::vector<double> sums(tree.nodes());
    for (CodeTree::Node node = 0; node < sums.size(); ++node)
        for (const ItemId item : tree.items(node))
            if (item.index() < ofItem.size()) sums[node] += ofItem[item.index()];
    return sums;
}

double codeStripsHeight(const CodePicture& picture) {
    return kStripHeight * static_cast<double>(picture.uses.size());
}

void layoutCodeStrips(const CodePicture& picture, QRectF area, CodesLayout& layout) {
    for (std::size_t level = 0; level < picture.uses.size(); ++level) {
        const std::vector<std::size_t>& uses = picture.uses[level];
        const auto codes = static_cast<double>(uses.size());
        const double top = area.top() + kStripHeight * static_cast<double>(level);
        const double height = kStripHeight - kStripGap;
        const double room = std::max(1.0, area.width() - kNameWidth - kWordsWidth);
        const double width = std::min(kMostCellWidth, room / codes);
        CodeStrip strip;
        strip.line = {area.left(), top, area.width(), kStripHeight};
        strip.name = {area.left(), top, kNameWidth - 4, height};
        strip.cells = {area.left() + kNameWidth, top, width * codes, height};
        strip.words = {strip.cells.right() + 6, top, kWordsWidth - 6, height};
        layout.strips.push_back(strip);
        const double most = std::max(1.0, static_cast<double>(*std::ranges::max_element(uses)));
        for (std::size_t code = 0; code < uses.size(); ++code) {
            const QRectF box(strip.cells.left() + width * static_cast<double>(code), top, width,
                             height);
            layout.codes.push_back({static_cast<int>(level), static_cast<Code>(code), box,
                                    static_cast<double>(uses[code]) / most});
        }
    }
}

void layoutCodeAreas(const CodePicture& picture, std::span<const double> sums, QRectF area,
                     CodesLayout& layout) {
    const int levels = std::min(kNested, static_cast<int>(picture.uses.size()));
    if (levels == 0 || area.isEmpty()) return;
    Nesting{picture, sums, levels}.lay(CodeTree::kRoot, 1, area, layout);
}

std::optional<CodeArea> codeAreaAt(const CodesLayout& layout, QPointF position) {
    std::optional<CodeArea> inner;
    for (const CodeArea& area : layout.areas)
        if (area.box.contains(position) && (!inner || area.digits > inner->digits)) inner = area;
    return inner;
}

std::optional<CodeStripCell> codeStripCellAt(const CodesLayout& layout, QPointF position) {
    for (const CodeStripCell& cell : layout.codes)
        if (cell.box.contains(position)) return cell;
    return std::nullopt;
}

}  // namespace cascadelab
