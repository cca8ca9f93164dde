#include "library.hpp"

namespace library {
namespace {

tryton::Module module() {
    tryton::Module library{"library",
                           {author(), genre(), book(), book_genre(), copy(), loan(), popularity(),
                            configuration(), user(), acquire_start(), acquire_result()},
                           {acquire(), forget_reader()},
                           {label()},
                           card_pages(),
                           {{"library.loan", "remind", "Remind Readers"}},
                           trials()};
    for (tryton::Entry& entry : rates()) library.entries.push_back(std::move(entry));
    return library;
}

}  // namespace
}  // namespace library

TRYTON_MODULE(_library, library::module)
