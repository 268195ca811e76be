#include "engine/models/semantic_ids/code_tree.h"

#include <algorithm>

#include "engine/base/error.h"

namespace cascadelab {

CodeTree::CodeTree(const SemanticIds& ids) : m_version(ids.version), m_items(items_by_path(ids)) {
    grow(ids);
}

CodeTree::CodeTree(const SemanticIds& ids, std::span<const ItemId> items) : m_version(ids.version) {
    std::vector<bool> wanted(ids.items(), false);
    for (const ItemId item : items) {
        CHECK(item.index() < wanted.size() && !wanted[item.index()]);
        wanted[item.index()] = true;
    }
    for (const ItemId item : items_by_path(ids)) {
        if (wanted[item.index()]) m_items.push_back(item);
    }
    grow(ids);
}

// One level after the other: the items of a node, sorted, fall into runs of the same next digit.
void CodeTree::grow(const SemanticIds& ids) {
    m_code = {0};
    m_first_item = {0};
    m_item_count = {static_cast<std::uint32_t>(m_items.size())};
    m_level_begin = {kRoot, 1};
    for (std::size_t digit = 0; digit < static_cast<std::size_t>(ids.digits()); ++digit) {
        for (Node node = m_level_begin[digit]; node < m_level_begin[digit + 1]; ++node) {
            m_first_child.push_back(static_cast<Node>(nodes()));
            const std::uint32_t end = m_first_item[node] + m_item_count[node];
            for (std::uint32_t i = m_first_item[node]; i < end; ++i) {
                const Code code = ids.path(m_items[i])[digit];
                if (i == m_first_item[node] || m_code.back() != code) {
                    m_code.push_back(code);
                    m_first_item.push_back(i);
                    m_item_count.push_back(0);
                }
                ++m_item_count.back();
            }
        }
        m_level_begin.push_back(static_cast<Node>(nodes()));
    }
    m_first_child.resize(nodes() + 1, static_cast<Node>(nodes()));
}

CodeTree::Node CodeTree::child(Node node, Code code) const {
    const Children below = children(node);
    const auto place = std::ranges::lower_bound(below.codes, code);
    if (place == below.codes.end() || *place != code) return kNone;
    return below.node(static_cast<std::size_t>(place - below.codes.begin()));
}

CodeTree::Node CodeTree::find(std::span<const Code> prefix) const {
    Node node = kRoot;
    for (const Code code : prefix) {
        node = child(node, code);
        if (node == kNone) return kNone;
    }
    return node;
}

}  // namespace cascadelab
