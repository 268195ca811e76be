// What belongs to the values of an enum: how many there are, one entry for each, and their names in
// one table. An enum opts in beside its definition: enum_count<Device> = 3. Constant; any thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace cascadelab {

// How many values an enum has, numbered from 0 without a gap. Only enums that say so have one.
template <class Enum>
inline constexpr std::size_t enum_count = 0;

// The place of a value among all; the one place where an enum becomes an index.
template <class Enum>
constexpr std::size_t index_of(Enum value) {
    static_assert(enum_count<Enum> > 0, "say enum_count<> beside the enum");
    return static_cast<std::size_t>(value);
}

// The count of an enum whose last value this is: enum_count<Metric> = count_to(Metric::last).
template <class Enum>
constexpr std::size_t count_to(Enum last) {
    return static_cast<std::size_t>(last) + 1;
}

namespace detail {
template <class Enum, std::size_t... I>
constexpr std::array<Enum, sizeof...(I)> make_every(std::index_sequence<I...>) {
    return {static_cast<Enum>(I)...};
}
}  // namespace detail

// All values in order: for (const Device device : every<Device>).
template <class Enum>
inline constexpr auto every =
    detail::make_every<Enum>(std::make_index_sequence<enum_count<Enum>>{});

// One entry a value: what std::array is, indexed by the enum itself or by the place of a value.
template <class Enum, class T>
struct EnumArray {
    T entries[enum_count<Enum>];

    constexpr T& operator[](Enum value) { return entries[index_of(value)]; }
    constexpr const T& operator[](Enum value) const { return entries[index_of(value)]; }
    constexpr T& operator[](std::size_t place) { return entries[place]; }
    constexpr const T& operator[](std::size_t place) const { return entries[place]; }
    constexpr T* begin() { return entries; }
    constexpr T* end() { return entries + size(); }
    constexpr const T* begin() const { return entries; }
    constexpr const T* end() const { return entries + size(); }
    constexpr T* data() { return entries; }
    constexpr const T* data() const { return entries; }
    static constexpr std::size_t size() { return enum_count<Enum>; }
    constexpr void fill(const T& value) { std::fill_n(entries, size(), value); }
    friend constexpr bool operator==(const EnumArray&, const EnumArray&) = default;
};

// A table with a row for each value, whose first member is the value itself:
// enum_table<Source, SourceRow>({{Source::fresh, ...}, ...}). A value that is missing, told twice
// or out of order does not compile.
template <class Enum, class Row, std::size_t N>
consteval EnumArray<Enum, Row> enum_table(const Row (&rows)[N]) {
    static_assert(N == enum_count<Enum>, "one row a value");
    EnumArray<Enum, Row> table{};
    for (std::size_t i = 0; i < N; ++i) {
        if (index_of(rows[i].value) != i) throw "rows in the order of the enum";
        table[i] = rows[i];
    }
    return table;
}

// A row of a table of names.
template <class Enum>
struct EnumName {
    Enum value;
    std::string_view name;
};

// The table by value: constexpr auto kNames = enum_names<Device>({{Device::phone, "phone"}, ...}).
// A value that is missing, named twice or out of order does not compile.
template <class Enum, std::size_t N>
consteval EnumArray<Enum, std::string_view> enum_names(const EnumName<Enum> (&rows)[N]) {
    static_assert(N == enum_count<Enum>, "one row a value");
    EnumArray<Enum, std::string_view> names{};
    for (std::size_t i = 0; i < N; ++i) {
        if (index_of(rows[i].value) != i) throw "rows in the order of the enum";
        names[i] = rows[i].name;
    }
    return names;
}

}  // namespace cascadelab
