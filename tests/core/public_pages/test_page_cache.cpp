#include "core/public_pages/page_cache.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost::public_pages;
using namespace std::chrono_literals;

namespace {

const PageCache::Clock::time_point start{};

std::shared_ptr<const PageCache::Page> page(std::string body) {
    return std::make_shared<const PageCache::Page>(
        PageCache::Page{200, std::move(body), "text/html", "", ""});
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_page_is_there_until_its_time_is_up) {
    PageCache cache;
    BOOST_TEST(!cache.find("answer 1", start));
    cache.keep("answer 1", page("een"), start);
    BOOST_TEST(cache.find("answer 1", start + limits::kept_ready - 1s)->body == "een");
    BOOST_TEST(!cache.find("answer 1", start + limits::kept_ready));
    BOOST_TEST(cache.pages() == 0u);
}

BOOST_AUTO_TEST_CASE(what_changed_is_forgotten) {
    PageCache cache;
    cache.keep("1 answer", page("een"), start);
    cache.keep("1 unsubscribe", page("een"), start);
    cache.keep("12 answer", page("twaalf"), start);
    const auto before = cache.generation();
    cache.forget("1 ");
    BOOST_TEST(!cache.find("1 answer", start));
    BOOST_TEST(!cache.find("1 unsubscribe", start));
    BOOST_TEST(static_cast<bool>(cache.find("12 answer", start)));
    cache.keep_if(before, "1 answer", page("oud"), start);  // made of facts read before
    BOOST_TEST(!cache.find("1 answer", start));
    cache.keep_if(cache.generation(), "1 answer", page("nieuw"), start);
    BOOST_TEST(cache.find("1 answer", start)->body == "nieuw");
}

BOOST_AUTO_TEST_CASE(memory_is_bounded) {
    PageCache cache;
    cache.keep("huge", page(std::string(limits::cache_bytes / 2, 'x')), start);
    BOOST_TEST(cache.pages() == 0u);
    for (int n = 0; n < 100; ++n)
        cache.keep("large " + std::to_string(n), page(std::string(limits::cache_bytes / 10, 'x')), start);
    BOOST_TEST(cache.bytes() <= limits::cache_bytes);
    BOOST_TEST(static_cast<bool>(cache.find("large 99", start)));
    BOOST_TEST(!cache.find("large 0", start));
    for (std::size_t n = 0; n < limits::cache_pages + 10; ++n)
        cache.keep("small " + std::to_string(n), page("x"), start);
    BOOST_TEST(cache.pages() <= limits::cache_pages);
    cache.keep("small 20", page("anders"), start);
    BOOST_TEST(cache.find("small 20", start)->body == "anders");
}
