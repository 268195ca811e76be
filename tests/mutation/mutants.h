// What mutate.py writes into its copies of the engine's files: every change of a file compiled in
// at once, each with a number. The environment variable CASCADELAB_MUTANT, read at the start,
// switches on the one with its number; all others compute what stood there. Any thread.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdlib>
#include <initializer_list>
#include <utility>

namespace mutant {

inline const int kChosen = [] {
    const char* number = std::getenv("CASCADELAB_MUTANT");
    return number == nullptr ? -1 : std::atoi(number);
}();

inline bool on(int id) {
    return id == kChosen;
}

// An operand that waits for the other one; Change is the operator between them.
template <class Change, class T>
struct Operand {
    const T& value;
    int id;
};

// `a < b` is written `a < mutant::less{7} < b`, which is (a < less{7}) < b: the same operator
// twice, so that everything around binds as before. Only where both operators give the same type:
// not for expressions of Eigen.
#define MUTANT_OF_OPERATOR(change, original, changed)               \
    struct change {                                                 \
        int id;                                                     \
    };                                                              \
    template <class A>                                              \
    Operand<change, A> operator original(const A& a, change each) { \
        return {a, each.id};                                        \
    }                                                               \
    template <class A, class B>                                     \
    requires requires(const A& a, const B& b) {                     \
        { a changed b } -> std::same_as<decltype(a original b)>;    \
    }                                                               \
    auto operator original(Operand<change, A> a, const B& b) {      \
        return on(a.id) ? a.value changed b : a.value original b;   \
    }

MUTANT_OF_OPERATOR(less, <, <=)
MUTANT_OF_OPERATOR(less_equal, <=, <)
MUTANT_OF_OPERATOR(greater, >, >=)
MUTANT_OF_OPERATOR(greater_equal, >=, >)
MUTANT_OF_OPERATOR(equal, ==, !=)
MUTANT_OF_OPERATOR(not_equal, !=, ==)
MUTANT_OF_OPERATOR(plus, +, -)
MUTANT_OF_OPERATOR(minus, -, +)
MUTANT_OF_OPERATOR(times, *, /)
MUTANT_OF_OPERATOR(over, /, *)

// `a += b` is written `a += mutant::add{7} = b`: assignments bind from the right.
#define MUTANT_OF_ASSIGNMENT(change, original, changed)             \
    struct change {                                                 \
        int id;                                                     \
        template <class B>                                          \
        Operand<change, B> operator=(const B& b) const {            \
            return {b, id};                                         \
        }                                                           \
    };                                                              \
    template <class A, class B>                                     \
    decltype(auto) operator original(A&& a, Operand<change, B> b) { \
        return on(b.id) ? a changed b.value : a original b.value;   \
    }

MUTANT_OF_ASSIGNMENT(add, +=, -=)
MUTANT_OF_ASSIGNMENT(subtract, -=, +=)
MUTANT_OF_ASSIGNMENT(scale, *=, /=)
MUTANT_OF_ASSIGNMENT(divide, /=, *=)

// `++a.b[c]` is written `mutant::step{7} ->* a.b[c]`: it binds less than `.` and `[]`, more than
// all between values.
struct step {
    int id;
};
template <class T>
T& operator->*(step each, T& value) {
    return on(each.id) ? --value : ++value;
}

// A constant: `0` is written `mutant::pick(7, 0, 1)`.
template <class T>
T pick(int id, T original, T changed) {
    return on(id) ? changed : original;
}

// A condition: `if (c)` is written `if (mutant::flip(7, c))`.
template <class T>
bool flip(int id, T&& condition) {
    return static_cast<bool>(condition) != on(id);
}

template <class T>
T max(int id, const T& a, const T& b) {
    return on(id) ? std::min(a, b) : std::max(a, b);
}
template <class T>
T max(int id, std::initializer_list<T> all) {
    return on(id) ? std::min(all) : std::max(all);
}
template <class T>
T min(int id, const T& a, const T& b) {
    return on(id) ? std::max(a, b) : std::min(a, b);
}
template <class T>
T min(int id, std::initializer_list<T> all) {
    return on(id) ? std::max(all) : std::min(all);
}

}  // namespace mutant
