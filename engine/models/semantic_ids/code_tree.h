// The tree of the IDs that exist: one level a digit, children in flat tables. What a beam search
// walks and a view draws. Nodes are numbered level by level, so the children of a node stand in a
// row, in nodes, codes and items alike. Immutable once built; any thread may read.
#pragma once

#include "engine/models/semantic_ids/semantic_ids.h"

namespace cascadelab {

class CodeTree {
  public:
    using Node = std::uint32_t;
    static constexpr Node kRoot = 0;
    static constexpr Node kNone = 0xFFFFFFFFu;

    // Child k is node first + k and continues the prefix by codes[k]; codes ascend.
    struct Children {
        std::span<const Code> codes;
        Node first = 0;

        std::size_t size() const { return codes.size(); }
        Node node(std::size_t k) const { return first + static_cast<Node>(k); }
    };

    CodeTree() : CodeTree(SemanticIds{}) {}  // of no items: a root without children
    explicit CodeTree(const SemanticIds& ids);
    // Of some of the items only, each at most once, such as those that may be shown.
    CodeTree(const SemanticIds& ids, std::span<const ItemId> items);

    int depth() const { return static_cast<int>(m_level_begin.size()) - 2; }  // digits of an ID
    std::uint64_t version() const { return m_version; }                       // of the codebook
    std::size_t nodes() const { return m_code.size(); }
    // Nodes [level_begin(d), level_begin(d + 1)) continue d digits; d: 0 (the root) to depth(),
    // where they are the leaves.
    Node level_begin(int digits) const { return m_level_begin[static_cast<std::size_t>(digits)]; }

    Children children(Node node) const {
        const Node first = m_first_child[node];
        return {{m_code.data() + first, m_first_child[node + 1] - first}, first};
    }
    bool is_leaf(Node node) const { return node >= m_level_begin[m_level_begin.size() - 2]; }
    Code code(Node node) const { return m_code[node]; }  // its last digit; of the root 0
    // The items whose path goes through the node, by (path, id); of a leaf by id, and one alone
    // where IDs have the extra digit.
    std::span<const ItemId> items(Node node) const {
        return {m_items.data() + m_first_item[node], m_item_count[node]};
    }
    std::size_t item_count(Node node) const { return m_item_count[node]; }

    Node child(Node node, Code code) const;         // kNone: no item has that prefix
    Node find(std::span<const Code> prefix) const;  // kNone: no item has it; empty: the root

  private:
    void grow(const SemanticIds& ids);

    std::uint64_t m_version = 0;
    std::vector<ItemId> m_items;              // by (path, id)
    std::vector<Node> m_level_begin;          // depth + 2; the last is nodes()
    std::vector<Node> m_first_child;          // nodes + 1
    std::vector<Code> m_code;                 // a node
    std::vector<std::uint32_t> m_first_item;  // a node; place in m_items
    std::vector<std::uint32_t> m_item_count;  // a node
};

}  // namespace cascadelab
