// Amounts of a service for millions of people, in words: "1.2 million", "100 billion", "0.599".
// Three digits are enough. Pure.
#pragma once

#include <string>

namespace cascadelab {

std::string amount_text(double amount);

}  // namespace cascadelab
