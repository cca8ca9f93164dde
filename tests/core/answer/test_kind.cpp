#include "core/answer/kind.hpp"

#include <boost/test/unit_test.hpp>

namespace raadspost::answer {

BOOST_AUTO_TEST_CASE(each_kind_is_found_by_its_name_and_no_other_is) {
    for (std::size_t i = 0; i < kind_names.size(); ++i) {
        const auto kind = static_cast<Kind>(i);
        BOOST_TEST((kind_of(name(kind)) == kind));
    }
    BOOST_TEST(!kind_of("Listed").has_value());
    BOOST_TEST(!kind_of("").has_value());
}

}  // namespace raadspost::answer
