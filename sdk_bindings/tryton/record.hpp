// Records of the host and what is done with them: search, read, create, write, delete. Everything here needs
// the GIL and an open transaction, and obeys the host's access rules when the context asks for it. For
// thousands of rows use rows.hpp: these functions make Python objects for each field.
#pragma once

#include "tryton/value.hpp"

#include <string>
#include <vector>

namespace tryton {

// [gil-held] One record, saved or not (on_change hands out unsaved ones).
class Record {
public:
    explicit Record(Object object) : object_{std::move(object)} {}
    Record(const std::string& model, Id id);

    Id id() const;  // WrongKind while unsaved
    // Many2One gives the id, One2Many and Many2Many a list of ids, Reference "model,id".
    Value get(const std::string& field) const;
    template <class T>
    T at(const std::string& field) const {
        return get(field).as<T>();
    }
    std::string text(const std::string& field) const;  // "" for null
    Record one(const std::string& field) const;        // of a Many2One that is set
    std::vector<Record> many(const std::string& field) const;
    void set(const std::string& field, const Value& value);
    const Object& object() const noexcept { return object_; }

private:
    Object object_;
};
using Records = std::vector<Record>;

struct Window {  // which part of a search
    std::int64_t offset = 0;
    std::optional<std::int64_t> limit;
    List order;  // of List{"name", "ASC"}
};

Ids search(const std::string& model, const List& domain, const Window& window = {});
std::int64_t count(const std::string& model, const List& domain);
Records browse(const std::string& model, const Ids& ids);
std::vector<Dict> read(const std::string& model, const Ids& ids, const std::vector<std::string>& fields);
Ids create(const std::string& model, const std::vector<Dict>& rows);
void write(const std::string& model, const Ids& ids, const Dict& values);
void remove(const std::string& model, const Ids& ids);
Record unsaved(const std::string& model, const Dict& values = {});

// Any other classmethod of a model, by name. Records are passed as ids only where the method takes ids.
Value call(const std::string& model, const std::string& method, const List& arguments = {});
// The same with records as first argument: a button, say.
Value call_on(const std::string& model, const std::string& method, const Ids& ids,
              const List& arguments = {});
// The model's class, for methods of the host that take or give one.
Object model_class(const std::string& model);

// Puts a call of a model's task into the host's queue; without a worker the host runs it at commit.
void enqueue(const std::string& model, const std::string& task, const Ids& ids);

// The database id of what a module's XML file named: xml_id("party", "group_party_admin").
Id xml_id(const std::string& module, const std::string& name);

// The singleton's field (configuration): a rule of the house, which holds whoever asks and may read it.
Value setting(const std::string& singleton, const std::string& field);

}  // namespace tryton
