// Reports and web routes: what the host serves that is neither form nor list.
#pragma once

#include "tryton/model.hpp"

namespace tryton {

struct Document {
    std::string extension;  // "pdf", "xlsx", "eml", "txt"
    std::string bytes;
    std::string title;  // file name without extension
};

// A report made in C++. The host's access to the records is checked before `make` is called (as the caller's
// user).
struct Report {
    std::string name;
    std::function<Document(const Ids&, const Dict& data)> make;
    std::string model = {};  // whose records; checked for read access
};

struct Request {
    std::string method, path, body, remote_address, query;
    std::map<std::string, std::string> arguments;  // of the route's <place holders>
    std::map<std::string, std::string> headers;    // names in lower case
    std::map<std::string, std::string> form;       // of application/x-www-form-urlencoded, last value wins
};

struct Response {
    int status = 200;
    std::string body;
    std::string content_type = "text/html; charset=utf-8";
    std::vector<std::pair<std::string, std::string>> headers = {};
};

// A public page. Called with the GIL and *without* a transaction: answer what can be answered before opening
// one. Routes are shared by all databases of the host, hence `path` starts with the module's name, and tells
// the database by configuration. The host's own size limit is switched off for POST; `max_body` bytes hold
// instead (413 above). GET and HEAD do not pass the host's own routing, nor its look for a static file; with
// a body or an Origin they do, as all else does.
struct Route {
    std::string path;  // "/library/card/<token>"
    std::vector<std::string> methods;
    std::function<Response(const Request&)> answer;
    std::size_t max_body = 16 * 1024;
    // The body of a form, too, stays as it came and `form` empty: for those who read forms more strictly.
    bool unread_forms = false;
    // Of every answer, also those that never reach `answer`: 413, 500.
    std::vector<std::pair<std::string, std::string>> headers = {};
};

}  // namespace tryton
