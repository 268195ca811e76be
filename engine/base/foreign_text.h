// Text that somebody else wrote, on its way to what interprets text: a terminal obeys escape
// sequences, a spreadsheet runs formulas. One door a sink; whatever comes from a file, a name of a
// file or the command line leaves through one of these. Any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cascadelab {

// One character of UTF-8.
struct Letter {
    char32_t code = 0xFFFFFFFF;  // this: a byte that begins none
    std::size_t bytes = 1;
};
Letter first_letter(std::string_view text);  // of a text that is not empty
// What a reader would not see as itself: it is obeyed, turns the writing, breaks the line or hides.
bool is_hidden(char32_t code);

// For a terminal and for a sentence: what would not be seen as itself is spelled out, so that the
// text is one line in the order written: controls (C0, C1, DEL) as "\x1b", marks that turn the
// direction of writing, line separators and invisible characters as "\u202e", a byte that is no
// UTF-8 as "\xff".
std::string shown_text(std::string_view text);

// The same for text of several lines that are our own: '\n' stays.
std::string shown_lines(std::string_view text);

// At most so many characters, never part of one; "..." follows where something was left out.
std::string cut_text(std::string_view text, std::size_t most);
std::size_t letter_count(std::string_view text);  // characters, where each byte that is none counts

// A field of comma-separated values (RFC 4180). A text that a spreadsheet would take for a formula
// (it begins with = + - @ or a control, and is no number) gets an apostrophe in front.
std::string csv_field(std::string_view text);

}  // namespace cascadelab
