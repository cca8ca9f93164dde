#include "core/register/geojson.hpp"

#include "core/council/address.hpp"
#include "core/council/meeting_place.hpp"

// Chosen over Poco::JSON because it reports the offset of an error, checks UTF-8 and does not recurse.
#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace raadspost::registers {
namespace {

// The parser's input: counts lines, and ends early when one token becomes longer than any that we would take,
// because the parser itself collects a token whole before it hands it over.
class Input {
public:
    using Ch = char;
    explicit Input(std::istream& in) : in_{in}, block_(read_block_bytes, '\0') { fill(); }

    Ch Peek() const { return at_ < end_ && !too_long_ ? block_[at_] : '\0'; }
    Ch Take() {
        const Ch c = Peek();
        if (at_ == end_ || too_long_) return '\0';
        if (c == '\n') ++line_;
        if (++since_event_ > 4 * max_json_text_bytes + read_block_bytes) too_long_ = true;
        if (++at_ == end_) fill();
        ++told_;
        return c;
    }
    std::size_t Tell() const { return told_; }
    Ch* PutBegin() { return nullptr; }  // only for parsing in place
    void Put(Ch) {}
    void Flush() {}
    std::size_t PutEnd(Ch*) { return 0; }

    void event() { since_event_ = 0; }
    std::size_t line() const { return line_; }
    bool too_long() const { return too_long_; }
    bool at_end() const { return at_ == end_; }
    void skip_mark() {
        if (end_ >= 3 && block_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    }

private:
    void fill() {
        in_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
        at_ = 0;
        end_ = static_cast<std::size_t>(in_.gcount());
    }
    std::istream& in_;
    std::string block_;
    std::size_t at_ = 0, end_ = 0, told_ = 0, line_ = 1, since_event_ = 0;
    bool too_long_ = false;
};

// RFC 7946: root object > "features" array > feature object > "properties" and "geometry" objects >
// "coordinates" arrays.
class Features {
public:
    Features(Input& input, const CouncilIndex& councils, const Sink<MeetingPlace>& sink)
        : input_{input}, councils_{councils}, sink_{sink}, complaints_{sink.problem} {}

    // rapidjson's handler: false ends the parse.
    bool Null() { return value({}); }
    bool Bool(bool yes) { return value(yes ? "yes" : "no"); }
    bool Int(int number) { return whole(number); }
    bool Uint(unsigned number) { return whole(number); }
    bool Int64(std::int64_t number) { return whole(number); }
    bool Uint64(std::uint64_t number) { return whole(number); }
    bool Double(double number) { return coordinate(number) && value(std::to_string(number)); }
    bool RawNumber(const char*, rapidjson::SizeType, bool) { return false; }
    bool String(const char* text, rapidjson::SizeType length, bool) { return value({text, length}); }
    bool Key(const char* text, rapidjson::SizeType length, bool) {
        input_.event();
        key_.assign(text, std::min<std::size_t>(length, max_found_bytes));
        if (depth_ == 1) root_key_ = key_;
        if (depth_ == 3) feature_key_ = key_;
        return true;
    }
    bool StartObject() {
        if (!deeper()) return false;
        if (depth_ == 3 && in_features_) begin_feature();
        return true;
    }
    bool EndObject(rapidjson::SizeType) {
        input_.event();
        if (depth_-- == 3 && in_features_) end_feature();
        return true;
    }
    bool StartArray() {
        if (!deeper()) return false;
        if (depth_ == 2 && root_key_ == "features") in_features_ = seen_features_ = true;
        ordinate_ = 0;
        return true;
    }
    bool EndArray(rapidjson::SizeType) {
        input_.event();
        ordinate_ = 0;
        if (depth_-- == 2) in_features_ = false;
        return true;
    }

    bool seen_features() const { return seen_features_; }
    Complaints& complaints() { return complaints_; }
    bool too_deep() const { return too_deep_; }

private:
    bool deeper() {
        input_.event();
        too_deep_ = ++depth_ > max_json_depth;
        return !too_deep_;
    }
    bool whole(auto number) {
        return coordinate(static_cast<double>(number)) && value(std::to_string(number));
    }

    bool value(std::string_view text) {
        input_.event();
        if (!in_features_) return true;
        if (depth_ == 3 && feature_key_ == "id") id_ = text.substr(0, max_json_text_bytes);
        if (depth_ == 4 && feature_key_ == "properties" && tags_.size() < max_feature_properties)
            tags_[key_] = text.substr(0, max_json_text_bytes);
        return true;
    }
    bool coordinate(double number) {
        if (!in_features_ || depth_ < 5 || feature_key_ != "geometry" || !std::isfinite(number)) return true;
        if (ordinate_ < 2) {
            low_[ordinate_] = std::min(low_[ordinate_], number);
            high_[ordinate_] = std::max(high_[ordinate_], number);
        }
        ++ordinate_;
        return true;
    }

    void begin_feature() {
        ++number_;
        feature_line_ = input_.line();
        id_.clear();
        tags_.clear();
        feature_key_.clear();
        low_.fill(std::numeric_limits<double>::infinity());
        high_.fill(-std::numeric_limits<double>::infinity());
    }
    std::string tag(const char* name, const char* other = nullptr) const {
        if (const auto found = tags_.find(name); found != tags_.end()) return found->second;
        return other ? tag(other) : std::string{};
    }
    void end_feature() {
        MeetingPlace place;
        place.source = "osm";
        place.source_id = id_.empty() ? tag("@id", "osm_id") : id_;
        const std::string where = at_line(feature_line_) + ", feature " + std::to_string(number_) +
                                  (place.source_id.empty() ? "" : " (" + quoted(place.source_id) + ")");
        place.name = tag("name", "official_name");
        if (place.name.empty()) {
            complaints_.add(
                "register_name_missing", where, place.source_id,
                "This place has no name on the map; it is left out. Give it one in OpenStreetMap.");
            return;
        }
        fill(place);
        if (std::isfinite(low_[0]) && std::isfinite(low_[1])) {
            const Coordinates centre{(low_[0] + high_[0]) / 2, (low_[1] + high_[1]) / 2};
            if (std::abs(centre.longitude) <= 180 && std::abs(centre.latitude) <= 90)
                place.coordinates = centre;
        }
        if (!place.coordinates)
            complaints_.add("register_geometry", where, place.name,
                            "This place has no point on the map; it is imported without one.");
        const std::string key = place.source_id.empty() ? duplicate_key(place) : place.source_id;
        if (!seen_.insert(key).second) {
            complaints_.add("register_duplicate", where, key,
                            "This place stands in the file a second time; the first one is used.");
            return;
        }
        sink_.record(std::move(place));
    }
    void fill(MeetingPlace& place) const {
        const std::string detail = tag("community_centre");
        auto kind = kind_in_name(place.name);
        if (kind.empty()) kind = kind_of_osm(tag("amenity"), detail);
        place.kind = kind.empty() ? "other" : kind;
        place.address.street = tag("addr:street");
        place.address.house_number = tag("addr:housenumber");
        place.address.postcode = postcode_of(tag("addr:postcode"));
        place.address.place = tag("addr:city");
        // A city's name may be that of another municipality's village only if two fit; then nobody is
        // guessed.
        if (const auto meant = councils_.find(place.address.place); meant.size() == 1)
            place.council = meant[0];
        place.village = tag("addr:village", "addr:suburb");
        place.operated_by = tag("operator");
        if (const auto email = tag("contact:email", "email"); is_mailbox(email)) place.email = email;
        place.telephone = tag("contact:phone", "phone");
        place.website = tag("contact:website", "website");
        place.opening_hours = tag("opening_hours");
        if (const auto access = tag("wheelchair"); access == "yes" || access == "limited" || access == "no")
            place.wheelchair = access;
    }

    Input& input_;
    const CouncilIndex& councils_;
    const Sink<MeetingPlace>& sink_;
    Complaints complaints_;
    std::size_t depth_ = 0, number_ = 0, feature_line_ = 0, ordinate_ = 0;
    bool in_features_ = false, seen_features_ = false, too_deep_ = false;
    std::string key_, root_key_, feature_key_, id_;
    std::unordered_map<std::string, std::string> tags_;
    std::array<double, 2> low_{}, high_{};
    std::unordered_set<std::string> seen_;
};

}  // namespace

void read_geojson(std::istream& in, const CouncilIndex& councils, const Sink<MeetingPlace>& sink) {
    Input input{in};
    input.skip_mark();
    Features features{input, councils, sink};
    rapidjson::Reader reader;
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
    const auto result = reader.Parse<flags>(input, features);
    Complaints& complaints = features.complaints();
    const std::string place = at_line(input.line());
    if (features.too_deep()) {
        complaints.add(
            "register_too_deep", place, "",
            "Values are nested more than " + std::to_string(max_json_depth) + " deep; reading stopped here.");
    } else if (input.too_long()) {
        complaints.add("register_too_long", place, "",
                       "A text is longer than any on a map; reading stopped here.");
    } else if (result.IsError() && result.Code() == rapidjson::kParseErrorDocumentEmpty) {
        complaints.add("register_empty", "", "",
                       "There is nothing in this file; check that it is the right file.");
    } else if (result.IsError() && input.at_end()) {
        complaints.add(
            "register_truncated", place, "",
            "The file ends before its JSON does; what was complete before this line has been read.");
    } else if (result.IsError()) {
        const char* why = rapidjson::GetParseError_En(result.Code());
        complaints.add("register_json", place, why,
                       std::string{"The JSON is broken here ("} + why +
                           "); what was complete before this line has been read. Export the file again.");
    } else if (!features.seen_features()) {
        complaints.add("register_not_geojson", place, "",
                       "This JSON is no GeoJSON with features. In overpass turbo choose Export, GeoJSON.");
    }
}

Keyed keyed(const MeetingPlace& house) {
    Keyed record;
    record.key = house.source_id.empty() ? duplicate_key(house) : house.source + ':' + house.source_id;
    record.put("name", house.name);
    record.put("kind", house.kind);
    record.put("council", house.council);
    record.put("village", house.village);
    record.put("street", house.address.street);
    record.put("house_number", house.address.house_number);
    record.put("postcode", house.address.postcode);
    record.put("place", house.address.place);
    if (house.coordinates) {
        record.put("longitude", std::to_string(house.coordinates->longitude));
        record.put("latitude", std::to_string(house.coordinates->latitude));
    }
    record.put("operated_by", house.operated_by);
    record.put("legal_form", house.legal_form);
    record.put("email", house.email);
    record.put("telephone", house.telephone);
    record.put("website", house.website);
    record.put("opening_hours", house.opening_hours);
    record.put("wheelchair", house.wheelchair);
    record.put("place_status", house.status);
    record.put("source", house.source);
    record.put("source_id", house.source_id);
    return record;
}

}  // namespace raadspost::registers
