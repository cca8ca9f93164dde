// Where the records of a register go in the CRM: the seam between reading (core/register) and the tables. A
// target says what is there today, as the same named texts that a reader gives, and writes what a person has
// agreed to. Each of its functions makes a handful of queries however many records there are. [gil-held], in
// a transaction.
#pragma once

#include "core/register/sink.hpp"
#include "crm/register/last_imported.hpp"
#include "tryton/value.hpp"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace raadspost::crm {

struct Existing {
    std::vector<registers::Keyed> present;
    std::vector<registers::Keyed> last_imported;
    std::unordered_map<std::string, tryton::Id> ids;      // by key
    std::unordered_map<std::string, FieldTexts> guesses;  // by key: what counts as nothing, and is shown
};

// One record to write.
struct Decided {
    std::string key;
    tryton::Id id = 0;    // 0: new
    FieldTexts values;    // every field of the target as it shall be: what stays and what is taken over
    FieldTexts imported;  // everything that the source says, also what the target has no field for
    bool changes = true;  // false: only `imported` is to be remembered
};

class Target {
public:
    virtual ~Target() = default;
    // Fields that the CRM keeps; what a source says besides is not compared.
    virtual const std::vector<std::string>& fields() const = 0;
    virtual Existing existing() const = 0;
    // Whether a source names all that there is, so that what it no longer names has gone.
    virtual bool tells_all() const { return true; }
    // Puts a source's own fields into the form that the CRM keeps. [any-thread]
    virtual void conform(FieldTexts&) const {}
    // Works out what a source tells only beside what the target has loaded, and drops what must not be kept.
    // Before `conform`. [any-thread]
    virtual void complete(std::vector<registers::Keyed>&, std::vector<Problem>&) const {}
    // What a person should look at before these records are written.
    virtual std::vector<Problem> doubts(const std::vector<registers::Keyed>&, const Existing&) const {
        return {};
    }
    virtual void write(const std::vector<Decided>& records) const = 0;
    // Model and column of a field, for its label on the screen.
    virtual std::pair<std::string, std::string> column(const std::string& field) const = 0;
};

// Adds griffie_street, griffie_postcode and griffie_city to the register's fields of the postal address.
void join_postal_address(FieldTexts& fields);

std::unique_ptr<Target> council_target();
std::unique_ptr<Target> election_target();
std::unique_ptr<Target> griffie_target();
std::unique_ptr<Target> meeting_place_target();
std::unique_ptr<Target> opt_out_target();
std::unique_ptr<Target> past_mailing_target();
std::unique_ptr<Target> recess_target();

// Texts to what a column holds; nothing where the text is empty or is none of that kind.
std::optional<std::int64_t> number_in(const FieldTexts& fields, const std::string& name);
std::optional<double> degrees_in(const FieldTexts& fields, const std::string& name);
std::optional<tryton::Date> date_in(const FieldTexts& fields, const std::string& name);
std::optional<bool> truth_in(const FieldTexts& fields, const std::string& name);
std::optional<std::string> text_in(const FieldTexts& fields, const std::string& name);

// And back; "" for nothing.
std::string text_of(const std::optional<std::int64_t>& number);
std::string text_of(const std::optional<double>& degrees);
std::string text_of(const std::optional<tryton::Date>& date);

}  // namespace raadspost::crm
