// Reports of systems that write them for people: a row is one system's wording, written from memory of its
// form; none is a mail that was ever sent. The rows are in the test files, check() holds them against the
// reader.
#pragma once

#include "core/answer/delivery_report.hpp"

#include <span>

#include <boost/test/unit_test.hpp>

namespace raadspost::answer {

struct Sample {
    const char* system;
    const char* from;
    const char* subject;
    const char* text;
    std::vector<std::string> recipients;
    Failure failure;
    FailureReason reason;
};

inline Received received(const Sample& sample) {
    Received result;
    const std::string from = sample.from;
    const std::size_t bracket = from.find('<');
    if (bracket == std::string::npos)
        result.from = {{"", from}};
    else
        result.from = {{from.substr(0, bracket), from.substr(bracket + 1, from.size() - bracket - 2)}};
    result.subject = sample.subject;
    result.text = sample.text;
    return result;
}

inline void check(std::span<const Sample> samples) {
    for (const Sample& sample : samples) {
        BOOST_TEST_CONTEXT(sample.system) {
            const auto report = delivery_report(received(sample));
            BOOST_TEST(report.has_value());
            if (!report) continue;
            std::vector<std::string> found;
            for (const ReportedRecipient& each : report->recipients) found.push_back(each.address);
            BOOST_TEST(found == sample.recipients, boost::test_tools::per_element());
            BOOST_TEST(name(failure(*report)) == name(sample.failure));
            if (!report->recipients.empty()) {
                BOOST_TEST(name(report->recipients.front().reason) == name(sample.reason));
                BOOST_TEST(!report->recipients.front().line.empty());
            }
        }
    }
}

}  // namespace raadspost::answer
