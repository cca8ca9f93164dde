#include "crm/public_pages/routes.hpp"

#include "core/public_pages/layout.hpp"
#include "core/public_pages/notice_page.hpp"
#include "crm/followup/planner.hpp"
#include "crm/public_pages/answers_to_public.hpp"
#include "crm/public_pages/door.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>

namespace raadspost::crm {

using namespace tryton;
using link::Kind;
using public_pages::Notice;
using Clock = Door::Clock;

namespace {

Response response_of(const public_pages::PageCache::Page& page) {
    Response response{page.status, page.body, page.content_type, public_pages::safe_headers(page.policy)};
    if (!page.file_name.empty()) response.headers.emplace_back("Content-Disposition", page.file_name);
    return response;
}

Response refusal(Notice notice) {
    Response response{public_pages::status_of(notice), public_pages::notice_page(notice),
                      "text/html; charset=utf-8",
                      public_pages::safe_headers(public_pages::policy_of_pages())};
    if (notice == Notice::busy || notice == Notice::too_often)
        response.headers.emplace_back("Retry-After",
                                      std::to_string(public_pages::limits::retry_after.count()));
    return response;
}

Response allowed_methods(bool can_post) {
    Response response{204, "", "text/plain; charset=utf-8",
                      public_pages::safe_headers(public_pages::policy_of_files())};
    response.headers.emplace_back("Allow", can_post ? "GET, HEAD, OPTIONS, POST" : "GET, HEAD, OPTIONS");
    return response;
}

struct PageKind {
    Kind kind;
    bool expires = true;  // not so for unsubscribing, which must work for as long as somebody has the message
    std::function<PublicPage(const PublicMessage& message, const Request& request)> show;
    std::function<PublicPage(const PublicMessage& message, const Request& request)> make_anew = {};
    std::function<Posted(Id dispatch, const public_pages::Form& form, const Click& click)> post = {};
};

// The plan follows at once, unless the planner is at work: then its next run, within a minute, sees to it.
void plan_again(const Ids& councils) {
    try {
        in_short_transaction(
            [&] {
                if (engine() == Engine::postgresql) execute("set local lock_timeout = '1s'");
                plan_councils(councils);
            },
            1);
    } catch (const std::exception& error) {
        log(Level::info, std::string{"planning after an answer is left to the planner: "} + error.what());
    }
}

// The page out of facts alone; nothing if the message has to be made anew for it.
PublicPage page_of(const PageKind& page, const PublicMessage& message, const Request& request) {
    if (message.expired && page.expires) return public_notice(Notice::unknown_link);
    return without_gil([&] { return page.show(message, request); });
}

// Read along with its neighbours, inside a transaction.
std::optional<MessagesAhead::Known> read_ahead(Door& door, Id dispatch, std::uint64_t generation) {
    if (auto known = door.messages.find(dispatch, Clock::now())) return known;
    const auto begun = Clock::now();
    const Id first = dispatch - dispatch % public_pages::limits::read_at_once;
    auto messages = load_public_messages(first, first + public_pages::limits::read_at_once - 1);
    std::optional<MessagesAhead::Known> known;
    if (const auto found = std::ranges::find(messages, dispatch, &PublicMessage::dispatch);
        found != messages.end())
        known = {std::make_shared<const PublicMessage>(*found), begun};
    door.messages.keep_if(generation, std::move(messages), begun);
    return known;
}

Response opened(Door& door, const std::string& database, const PageKind& page, Id dispatch,
                const Request& request) {
    std::string key = std::to_string(dispatch) + " " + std::string{link::name(page.kind)};
    if (const auto number = request.arguments.find("number"); number != request.arguments.end())
        key += " " + number->second.substr(0, 8);
    if (const auto ready = door.cache.find(key, Clock::now())) return response_of(*ready);
    const auto keep = [&, generation = door.cache.generation()](const PublicPage& made,
                                                                Clock::time_point as_of) {
        if (made->status == 200) door.cache.keep_if(generation, key, made, as_of);
        return response_of(*made);
    };
    if (const auto known = door.messages.find(dispatch, Clock::now()))
        if (const PublicPage made = page_of(page, *known->message, request)) return keep(made, known->read);
    const auto pass = without_gil([&] { return door.gate.enter(public_pages::limits::longest_wait); });
    if (!pass) return refusal(Notice::busy);
    // Whoever was inside meanwhile may have made it.
    if (const auto ready = door.cache.find(key, Clock::now())) return response_of(*ready);
    const auto generation = door.messages.generation();
    load_database(database);
    const Transaction transaction = Transaction::open(database, 0, {{"language", "nl"}}, {.readonly = true});
    const auto known = read_ahead(door, dispatch, generation);
    if (!known) return refusal(Notice::unknown_link);
    PublicPage made = page_of(page, *known->message, request);
    if (!made) made = page.make_anew(*known->message, request);
    return keep(made, known->read);
}

Response posted(Door& door, const std::string& database, const PageKind& page, Id dispatch,
                const Request& request) {
    const auto type = request.headers.find("content-type");
    const auto form =
        public_pages::read_form(type == request.headers.end() ? "" : type->second, request.body);
    if (!form) return refusal(Notice::not_understood);
    const auto browser = request.headers.find("user-agent");
    const Click click{.at = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()),
                      .browser = browser == request.headers.end() ? "" : browser->second};
    const auto pass = without_gil([&] { return door.gate.enter(public_pages::limits::longest_wait); });
    if (!pass) return refusal(Notice::busy);
    load_database(database);
    const Transaction transaction =
        Transaction::open(database, 0, {{"language", "nl"}}, {.autocommit = true});
    Posted done;
    in_short_transaction([&] { done = page.post(dispatch, *form, click); });
    // Several dispatches share a case, and their pages show it, too.
    door.messages.forget(done.dispatches);
    for (const Id each : done.dispatches) door.cache.forget(std::to_string(each) + " ");
    if (!done.councils.empty()) plan_again(done.councils);
    return response_of(*done.page);
}

Response answer(const PageKind& page, const Request& request) {
    Door& door = Door::of_process();
    const auto now = Clock::now();
    const bool to_write = request.method == "POST";
    if (!door.may_ask(request.remote_address, to_write, now)) return refusal(Notice::too_often);
    if (request.method == "OPTIONS") return allowed_methods(page.post != nullptr);
    const Id dispatch = door.dispatch_of(page.kind, request.arguments.at("token"), now);
    if (dispatch == 0) return refusal(Notice::unknown_link);
    if (!door.may_use(page.kind, dispatch, to_write, now)) return refusal(Notice::too_often);
    const std::string database = Door::database();
    if (database.empty()) {
        log(Level::error,
            "public pages: say in trytond.conf which database they belong to: [raadspost] database");
        return refusal(Notice::busy);
    }
    try {
        return to_write ? posted(door, database, page, dispatch, request)
                        : opened(door, database, page, dispatch, request);
    } catch (const std::exception& error) {
        log(Level::error, std::string{"public pages: "} + error.what());
        return refusal(Notice::busy);
    }
}

Route route(std::string path, PageKind page) {
    std::vector<std::string> methods = {"GET", "HEAD", "OPTIONS"};
    if (page.post) methods.emplace_back("POST");
    return {std::move(path),
            std::move(methods),
            [page = std::move(page)](const Request& request) { return answer(page, request); },
            public_pages::limits::body_bytes,
            true,
            public_pages::safe_headers(public_pages::policy_of_files())};
}

}  // namespace

std::vector<Route> public_routes() {
    const auto show = [](PublicPage (*page)(const PublicMessage&)) {
        return [page](const PublicMessage& message, const Request&) { return page(message); };
    };
    const auto numbered = [](PublicPage (*page)(const PublicMessage&, const std::string&)) {
        return [page](const PublicMessage& message, const Request& request) {
            return page(message, request.arguments.at("number"));
        };
    };
    return {
        route("/raadspost/bericht/<token>",
              {.kind = Kind::web, .show = show(message_page), .make_anew = show(message_page_anew)}),
        route("/raadspost/brief/<token>/<number>",
              {.kind = Kind::letter, .show = numbered(enclosure), .make_anew = numbered(enclosure_anew)}),
        route("/raadspost/antwoord/<token>",
              {.kind = Kind::answer, .show = show(answer_page), .post = post_answer}),
        route("/raadspost/afmelden/<token>", {.kind = Kind::unsubscribe,
                                              .expires = false,
                                              .show = show(unsubscribe_page),
                                              .post = post_unsubscribe}),
    };
}

}  // namespace raadspost::crm
