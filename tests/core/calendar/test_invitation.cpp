#include "core/calendar/invitation.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::chrono;
using namespace raadspost::calendar;

namespace {

Meeting coffee() {
    Meeting meeting;
    meeting.uid = "contact-7@dorpen.example";
    meeting.begins = sys_days{2026y / December / 3} + 13h + 30min;
    meeting.lasts = 90min;
    meeting.summary = "Gesprek met de griffie van Oosterduin";
    meeting.written_at = sys_days{2026y / November / 21} + 9h;
    return meeting;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_meeting_is_one_event) {
    BOOST_TEST(
        invitation(coffee()) ==
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Raadspost//NL\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\n"
        "UID:contact-7@dorpen.example\r\nDTSTAMP:20261121T090000Z\r\nDTSTART:20261203T133000Z\r\n"
        "DTEND:20261203T150000Z\r\nSUMMARY:Gesprek met de griffie van Oosterduin\r\nEND:VEVENT\r\n"
        "END:VCALENDAR\r\n");
}

BOOST_AUTO_TEST_CASE(a_calendar_is_told_that_a_meeting_moved_or_is_off) {
    Meeting meeting = coffee();
    meeting.version = 2;
    BOOST_TEST(invitation(meeting).find("SEQUENCE:2\r\nEND:VEVENT\r\n") != std::string::npos);
    meeting.cancelled = true;
    BOOST_TEST(invitation(meeting).find("SEQUENCE:2\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(text_is_escaped_and_cannot_add_lines) {
    Meeting meeting = coffee();
    meeting.place = "Dorpshuis; zaal 2, boven";
    meeting.description = "Eerst koffie\r\nATTENDEE:mailto:x@y.test\\";
    const std::string file = invitation(meeting);
    BOOST_TEST(file.find("LOCATION:Dorpshuis\\; zaal 2\\, boven\r\n") != std::string::npos);
    BOOST_TEST(file.find("DESCRIPTION:Eerst koffie\\nATTENDEE:mailto:x@y.test\\\\\r\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(long_lines_are_folded_between_characters) {
    Meeting meeting = coffee();
    for (int n = 0; n < 60; ++n) meeting.description += "é";
    const std::string file = invitation(meeting);
    std::string unfolded;
    for (std::size_t at = 0; at < file.size();) {
        const auto end = file.find("\r\n", at);
        const std::string line = file.substr(at, end - at);
        BOOST_TEST(line.size() <= 75);
        BOOST_TEST((static_cast<unsigned char>(line[line.starts_with(' ') ? 1 : 0]) & 0xC0) != 0x80);
        unfolded += line.starts_with(' ') ? line.substr(1) : "\n" + line;
        at = end + 2;
    }
    BOOST_TEST(unfolded.find("\nDESCRIPTION:" + meeting.description) != std::string::npos);
}
