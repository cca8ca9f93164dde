#include "core/calendar/invitation.hpp"

#include <cstdio>
#include <string_view>

namespace raadspost::calendar {

namespace {

constexpr std::size_t line_octets = 75;  // RFC 5545 3.1

std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        if (c == '\n')
            safe += "\\n";
        else if (c == '\\' || c == ';' || c == ',')
            safe += std::string{'\\'} + c;
        else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f)
            safe += c;
    }
    return safe;
}

bool continues_a_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

void add_line(std::string& file, std::string_view line) {
    for (std::size_t most = line_octets; line.size() > most; most = line_octets - 1) {
        std::size_t cut = most;
        while (cut > 1 && continues_a_character(line[cut])) --cut;
        file.append(line.substr(0, cut)).append("\r\n ");
        line.remove_prefix(cut);
    }
    file.append(line).append("\r\n");
}

std::string utc(std::chrono::sys_seconds time) {
    const auto midnight = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day day{midnight};
    const std::chrono::hh_mm_ss clock{time - midnight};
    char text[32];
    std::snprintf(text, sizeof text, "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return text;
}

}  // namespace

std::string invitation(const Meeting& meeting) {
    std::string file;
    for (const std::string& line :
         {std::string{"BEGIN:VCALENDAR"}, std::string{"VERSION:2.0"}, std::string{"PRODID:-//Raadspost//NL"},
          std::string{"METHOD:PUBLISH"}, std::string{"BEGIN:VEVENT"}, "UID:" + escaped(meeting.uid),
          "DTSTAMP:" + utc(meeting.written_at), "DTSTART:" + utc(meeting.begins),
          "DTEND:" + utc(meeting.begins + meeting.lasts), "SUMMARY:" + escaped(meeting.summary)})
        add_line(file, line);
    if (!meeting.place.empty()) add_line(file, "LOCATION:" + escaped(meeting.place));
    if (!meeting.description.empty()) add_line(file, "DESCRIPTION:" + escaped(meeting.description));
    if (meeting.version > 0) add_line(file, "SEQUENCE:" + std::to_string(meeting.version));
    if (meeting.cancelled) add_line(file, "STATUS:CANCELLED");
    add_line(file, "END:VEVENT");
    add_line(file, "END:VCALENDAR");
    return file;
}

}  // namespace raadspost::calendar
