// Where the tree of codes stands: a strip of all codes a level, dead ones included, and under it
// the first three levels of the tree as nested areas. Pure; any thread.
#pragma once

#include <QRectF>
#include <optional>
#include <span>
#include <vector>

#include "engine/models/semantic_ids/code_tree.h"

namespace cascadelab {

// The IDs as a picture needs them, read off once and kept while they stay the same.
struct CodePicture {
    CodeTree tree;
    std::vector<std::vector<std::size_t>> uses;  // items by code, of each level; 0: a dead code
    std::vector<double> tangled;  // of each node's items: share whose codes another item has too
};
CodePicture pictureOf(const SemanticIds& ids);
// A weight an item added up over every node's items.
std::vector<double> sumsByNode(const CodeTree& tree, std::span<const double> ofItem);

struct CodeStripCell {
    int level = 0;
    Code code = 0;
    QRectF box;
    double amount = 0;  // items over the most of a code of its level; 0: dead
};
struct CodeStrip {
    QRectF line, cells, name, words;  // words: how many are dead
};
struct CodeArea {
    CodeTree::Node node = CodeTree::kRoot;
    int digits = 0;      // of its prefix: 1 to 3
    bool whole = false;  // nothing nests in it: this is where colour says health
    QRectF box;
    QRectF name;  // null: no room
};
struct CodesLayout {
    std::vector<CodeStrip> strips;
    std::vector<CodeStripCell> codes;
    std::vector<CodeArea> areas;  // parents before children
};

double codeStripsHeight(const CodePicture& picture);
void layoutCodeStrips(const CodePicture& picture, QRectF area, CodesLayout& layout);
// sums: of every node, what areas are as large as.
void layoutCodeAreas(const CodePicture& picture, std::span<const double> sums, QRectF area,
                     CodesLayout& layout);

// The innermost area and the cell of a strip under a position.
std::optional<CodeArea> codeAreaAt(const CodesLayout& layout, QPointF position);
std::optional<CodeStripCell> codeStripCellAt(const CodesLayout& layout, QPointF position);

}  // namespace cascadelab
