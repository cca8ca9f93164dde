#include "evaluate/mime_structure.hpp"

#include <rapidjson/document.h>

#include <chrono>

namespace raadspost::evaluate {
namespace {

using Value = rapidjson::Value;

// {"Text": "..."}; empty for anything else.
std::string text_of(const Value& value) {
    const bool is_text = value.IsObject() && value.HasMember("Text") && value["Text"].IsString();
    return is_text ? std::string{value["Text"].GetString(), value["Text"].GetStringLength()} : std::string{};
}

void append_addresses(std::vector<std::string>& out, const Value& list) {
    for (const Value& each : list.GetArray()) {
        if (each.HasMember("addresses"))
            append_addresses(out, each["addresses"]);
        else if (each.HasMember("address") && each["address"].IsString())
            out.emplace_back(each["address"].GetString());
    }
}

std::optional<long long> seconds_of(const Value& value) {
    if (!value.IsObject() || !value.HasMember("DateTime")) return std::nullopt;
    const Value& at = value["DateTime"];
    using namespace std::chrono;
    const year_month_day day{year{at["year"].GetInt()}, month{at["month"].GetUint()},
                             std::chrono::day{at["day"].GetUint()}};
    if (!day.ok()) return std::nullopt;
    const long long offset = at["tz_hour"].GetInt() * 3600 + at["tz_minute"].GetInt() * 60;
    return sys_seconds{sys_days{day}}.time_since_epoch().count() + at["hour"].GetInt() * 3600 +
           at["minute"].GetInt() * 60 + at["second"].GetInt() +
           (at["tz_before_gmt"].GetBool() ? offset : -offset);
}

}  // namespace

Result<Structure> read_structure(const std::string& json) {
    rapidjson::Document document;
    document.Parse(json.data(), json.size());
    if (document.HasParseError() || !document.IsObject() || !document.HasMember("parts") ||
        document["parts"].Empty())
        return Problem{"labels", {}, {}, "the expected structure is not the JSON that was expected"};
    Structure structure;
    for (const Value& header : document["parts"][0]["headers"].GetArray()) {
        if (!header["name"].IsString()) continue;
        const std::string name = header["name"].GetString();
        const Value& value = header["value"];
        if (name == "subject") structure.subject = text_of(value);
        if (name == "message_id") structure.message_id = text_of(value);
        if (name == "date") structure.seconds = seconds_of(value);
        if (name == "from" && value.IsObject() && value.HasMember("Address")) {
            structure.senders.clear();
            for (const auto& member : value["Address"].GetObject())
                append_addresses(structure.senders, member.value);
        }
    }
    return structure;
}

}  // namespace raadspost::evaluate
