#include "core/answer/canonical.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

namespace raadspost::answer {
namespace {

const std::string message = "From: griffie@laagveen.example\r\nSubject: Oproep\r\n\r\nDag\r\n";

}  // namespace

BOOST_AUTO_TEST_CASE(it_is_sha256_in_hexadecimal) {
    BOOST_TEST(canonical_hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    BOOST_TEST(canonical_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

BOOST_AUTO_TEST_CASE(the_way_it_came_makes_no_difference) {
    const std::string same[] = {
        "From: griffie@laagveen.example\nSubject: Oproep\n\nDag\n",
        "Return-Path: <griffie@laagveen.example>\r\n" + message,
        "Delivered-To: a@kernen.example\r\nX-Original-To: b@kernen.example\r\n" + message,
        "Received: from x by mx.kernen.example\r\n\tfor <a@kernen.example>; Mon, 9 Feb\r\n" + message,
        "received : by lmtp\r\nReturn-Path:\r\n <a@b.example>\r\nReceived: by mx\r\n" + message,
    };
    for (const std::string& bytes : same) BOOST_TEST(canonical_hash(bytes) == canonical_hash(message));
    const std::string checked = "Authentication-Results: mx.kernen.example; spf=pass\r\n";
    BOOST_TEST(canonical_hash("Received: a\r\n" + checked + "Received: b\r\n" + message) ==
               canonical_hash(checked + message));
}

BOOST_AUTO_TEST_CASE(anything_else_does) {
    const std::string others[] = {
        message,
        "Authentication-Results: mx.kernen.example; spf=pass\r\n" + message,
        "From: griffie@laagveen.example\r\nReceived: by the sender\r\nSubject: Oproep\r\n\r\nDag\r\n",
        "From: griffie@laagveen.example\r\nSubject: Oproep\r\n\r\nReceived: by\r\nDag\r\n",
        "From: griffie@laagveen.example\r\nSubject: Oproep\r\n\r\nDelivered-To: x\r\nDag\r\n",
        "From: griffie@laagveen.example\r\nSubject: Oproep\r\n\r\nDag",
        "From: griffie@laagveen.example\r\nSubject: Oproep\r\n\r\nDag \r\n",
        "From: griffie@laagveen.example\r\nSubject: Oproep\r\n\r\nD\rag\r\n",
        "Received-By: x\r\n" + message,
        "",
    };
    std::set<std::string> seen;
    for (const std::string& bytes : others) BOOST_TEST(seen.insert(canonical_hash(bytes)).second);
}

}  // namespace raadspost::answer
