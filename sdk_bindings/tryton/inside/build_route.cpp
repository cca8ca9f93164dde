// Routes as the host's, and a shorter way in front of it for whoever only looks.
#include "tryton/inside/builder.hpp"

#include <algorithm>
#include <list>
#include <stdexcept>

namespace tryton {

using namespace detail;

namespace {

using Texts = std::map<std::string, std::string>;
using Headers = std::vector<std::pair<std::string, std::string>>;

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

Texts texts(py::handle pairs) {
    Texts out;
    for (const py::handle pair : pairs)
        out.insert_or_assign(py::str(pair[py::int_(0)]).cast<std::string>(),
                             py::str(pair[py::int_(1)]).cast<std::string>());
    return out;
}

Request request_of(const py::object& asked, const py::object& arguments, const Route& route, bool& too_long) {
    Request request;
    request.method = asked.attr("method").cast<std::string>();
    request.path = asked.attr("path").cast<std::string>();
    request.query =
        py::str(asked.attr("query_string").attr("decode")("utf-8", "replace")).cast<std::string>();
    request.remote_address = py::str(asked.attr("remote_addr")).cast<std::string>();
    request.arguments = texts(arguments.attr("items")());
    for (const auto& [name, value] : texts(asked.attr("headers")))
        request.headers.insert_or_assign(lower(name), value);
    const std::size_t max_body = route.max_body;
    const py::object length = asked.attr("content_length");
    too_long = !length.is_none() && length.cast<std::size_t>() > max_body;
    if (too_long || request.method == "GET" || request.method == "HEAD") return request;
    const auto type = py::str(asked.attr("mimetype")).cast<std::string>();
    if (type == "application/x-www-form-urlencoded" && !route.unread_forms) {
        request.form = texts(asked.attr("form").attr("items")(py::arg("multi") = true));
    } else {
        const py::bytes body = asked.attr("stream").attr("read")(max_body + 1);
        request.body = static_cast<std::string>(body);
        too_long = request.body.size() > max_body;
    }
    return request;
}

// Each header once; the page's own wins over the route's.
Headers all_headers(const Response& response, const Route& route) {
    Headers all;
    for (const Headers& headers :
         {response.headers, {{"Content-Type", response.content_type}}, route.headers})
        for (const auto& header : headers) {
            const auto same = [name = lower(header.first)](const auto& other) {
                return lower(other.first) == name;
            };
            if (std::ranges::none_of(all, same)) all.push_back(header);
        }
    return all;
}

bool has_line_break(const std::pair<std::string, std::string>& header) {
    return (header.first + header.second).find_first_of("\r\n") != std::string::npos;
}

Response answer_of(const Route& route, const std::function<Request(bool& too_long)>& read) {
    const Response failed{500, "", "text/plain; charset=utf-8"};
    bool too_long = false;
    Response response;
    try {
        const Request request = read(too_long);
        if (too_long)
            response = {413, "", "text/plain; charset=utf-8"};
        else
            response = route.answer(request);
        if (std::ranges::any_of(response.headers, has_line_break))
            throw std::invalid_argument{"a header of " + route.path + " has a line break"};
    } catch (const std::exception& error) {
        // The host's errors too: its answer to a client that accepts JSON would show their text.
        log(Level::error, error.what());
        response = failed;
    }
    response.headers = all_headers(response, route);
    return response;
}

// Whether the short way tells its parts as the host does: no converters, nothing beside a <place holder>.
bool is_plain(const std::string& pattern) {
    for (std::size_t at = pattern.find('<'); at != std::string::npos; at = pattern.find('<', at + 1)) {
        const std::size_t end = pattern.find('>', at);
        if (at == 0 || pattern[at - 1] != '/' || end == std::string::npos) return false;
        if (end + 1 < pattern.size() && pattern[end + 1] != '/') return false;
        if (pattern.substr(at, end - at).find_first_of(":(") != std::string::npos) return false;
    }
    return true;
}

// The parts of a path that stand for a route's <place holders>, which may be anything without a slash.
std::optional<Texts> arguments_of(std::string_view pattern, std::string_view path) {
    Texts arguments;
    const auto next = [](std::string_view& text) {
        const std::string_view part = text.substr(0, text.find('/'));
        text.remove_prefix(std::min(text.size(), part.size() + 1));
        return part;
    };
    if (std::ranges::count(pattern, '/') != std::ranges::count(path, '/')) return std::nullopt;
    while (!pattern.empty()) {
        const std::string_view wanted = next(pattern), found = next(path);
        if (!wanted.starts_with('<')) {
            if (wanted != found) return std::nullopt;
        } else {
            if (found.empty()) return std::nullopt;
            arguments.emplace(wanted.substr(1, wanted.size() - 2), found);
        }
    }
    return arguments;
}

bool is_ascii(const std::string& text) {
    return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string text_at(const py::dict& environ, const char* name) {
    return environ.contains(name) ? py::str(environ[name]).cast<std::string>() : std::string{};
}

// Of a WSGI environment (PEP 3333): HTTP_USER_AGENT and the like, and the two that have no HTTP_.
Texts headers_of(const py::dict& environ) {
    Texts headers;
    for (const auto& [key, value] : environ) {
        auto name = key.cast<std::string>();
        if (name.starts_with("HTTP_"))
            name.erase(0, 5);
        else if (name != "CONTENT_TYPE" && name != "CONTENT_LENGTH")
            continue;
        std::ranges::replace(name, '_', '-');
        headers.insert_or_assign(lower(std::move(name)), py::str(value).cast<std::string>());
    }
    return headers;
}

py::object status_line(int status) {
    const py::object phrase =
        imported("werkzeug.http", "HTTP_STATUS_CODES").attr("get")(status, "unknown").attr("upper")();
    return py::str("{} {}").format(status, phrase);
}

// Before a route is called the host makes objects of the request, looks for a file, tries its rules one by
// one, and makes objects of the answer: several times the work of a page that lies ready, and staff wait
// meanwhile. Whoever only looks is answered before all that. Everything else goes the host's way: what comes
// with a body, or from another page (whose origin the host compares), and whatever is no route of ours.
class Front {
public:
    static Front& of_process() {
        static auto* const front = new Front;  // requests may still run while the process ends
        return *front;
    }

    void add(const Route& route) {
        if (!is_plain(route.path)) return;
        routes_.push_back(route);
        if (routes_.size() > 1) return;
        const bool stands =
            shim("stand_in_front")(imported("trytond.wsgi", "app"),
                                   py::cpp_function([this](const py::dict& environ, const py::object& start) {
                                       return answer(environ, start);
                                   }))
                .cast<bool>();
        if (!stands)
            log(Level::info, "public pages go the host's way, behind the middlewares of trytond.conf");
    }

private:
    py::object answer(const py::dict& environ, const py::object& start_response) const {
        const std::string method = text_at(environ, "REQUEST_METHOD");
        if (method != "GET" && method != "HEAD") return py::none();
        const std::string path = text_at(environ, "PATH_INFO"), length = text_at(environ, "CONTENT_LENGTH");
        if (environ.contains("HTTP_ORIGIN") || !is_ascii(path) || (!length.empty() && length != "0"))
            return py::none();
        for (const Route& route : routes_) {
            auto arguments = arguments_of(route.path, path);
            // Whoever may GET may ask for the HEAD alone, as with the host's own routes.
            if (!arguments || std::ranges::find(route.methods, "GET") == route.methods.end()) continue;
            const Response response = answer_of(route, [&](bool&) {
                Request request;
                request.method = method;
                request.path = path;
                const py::object query = py::str(text_at(environ, "QUERY_STRING")).attr("encode")("latin-1");
                request.query = query.attr("decode")("utf-8", "replace").cast<std::string>();
                request.remote_address = text_at(environ, "REMOTE_ADDR");
                request.arguments = std::move(*arguments);
                request.headers = headers_of(environ);
                return request;
            });
            py::list headers;
            for (const auto& header : response.headers)
                headers.append(py::make_tuple(header.first, header.second));
            // RFC 9110, 8.6 and 6.4.1: these have neither a length nor a body.
            const bool bare = response.status < 200 || response.status == 204 || response.status == 304;
            if (!bare) headers.append(py::make_tuple("Content-Length", std::to_string(response.body.size())));
            start_response(status_line(response.status), headers);
            py::list body;
            if (method == "GET" && !bare) body.append(py::bytes(response.body));
            return body;
        }
        return py::none();
    }

    // A page may let go of the GIL while another thread loads the module's routes: they stay where they are.
    std::list<Route> routes_;
};

}  // namespace

void Builder::serve(const Route& route) {
    const py::object app = imported("trytond.wsgi", "app");
    const py::object make_response = imported("werkzeug.wrappers", "Response");
    const py::object answer = shim("route")(py::cpp_function(
        [route, make = hold(make_response)](const py::object& asked, const py::object& arguments) {
            const Response response = answer_of(
                route, [&](bool& too_long) { return request_of(asked, arguments, route, too_long); });
            const py::object made = object_of(make)(py::bytes(response.body), response.status,
                                                    py::arg("content_type") = response.content_type);
            for (const auto& [name, value] : response.headers) made.attr("headers").attr("set")(name, value);
            return made;
        }));
    py::list methods;
    for (const std::string& method : route.methods) methods.append(method);
    app.attr("route")(route.path, py::arg("methods") = methods)(answer);
    Front::of_process().add(route);
}

}  // namespace tryton
