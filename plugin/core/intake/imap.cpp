#include "core/intake/imap.hpp"

#include "core/intake/imap_talk.hpp"
#include "core/intake/imap_words.hpp"
#include "core/intake/limits.hpp"

#include <algorithm>
#include <utility>

namespace raadspost::intake {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::milliseconds;

namespace {

// What one FETCH reply tells of a message: a flat list of names and values (RFC 3501 7.4.2).
struct Fetched {
    std::optional<std::uint32_t> uid;
    std::optional<std::uint64_t> size;
    std::optional<std::chrono::sys_seconds> arrived;
    std::optional<std::string> body;
};

std::optional<Fetched> read_fetch(ImapReply&& reply) {
    auto& tokens = reply.tokens;
    if (tokens.size() < 2 || tokens.front().kind != ImapToken::Kind::open ||
        tokens.back().kind != ImapToken::Kind::close)
        return std::nullopt;
    Fetched fetched;
    for (std::size_t at = 1; at + 2 < tokens.size(); ++at) {
        const ImapToken& name = tokens[at];
        ImapToken& value = tokens[++at];
        if (name.kind != ImapToken::Kind::atom) return std::nullopt;
        if (value.kind == ImapToken::Kind::open) {  // FLAGS and what else was not asked for
            for (std::size_t depth = 1; depth > 0 && ++at + 1 < tokens.size();) {
                if (tokens[at].kind == ImapToken::Kind::open) ++depth;
                if (tokens[at].kind == ImapToken::Kind::close) --depth;
            }
            continue;
        }
        if (name.is("UID")) fetched.uid = imap_number(value.text);
        if (name.is("RFC822.SIZE")) fetched.size = imap_number(value.text);
        if (name.is("INTERNALDATE") && value.kind == ImapToken::Kind::quoted)
            fetched.arrived = imap_date(value.text);
        if ((name.is("BODY[]") || name.is("BODY[]<0>")) && value.is_text())
            fetched.body = std::move(value.text);
    }
    return fetched;
}

// Ascending, each once: the fullest, as flags that changed elsewhere are told unasked, too.
template <class T, class Fuller>
void put_in_order(std::vector<T>& all, Fuller fuller) {
    std::ranges::sort(all,
                      [&](const T& a, const T& b) { return a.uid != b.uid ? a.uid < b.uid : fuller(a, b); });
    // Not std::ranges::unique: clang 14, which builds the fuzz targets, cannot read that of libstdc++.
    const auto same = [](const T& a, const T& b) { return a.uid == b.uid; };
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
}

}  // namespace

class ImapSession::Dialogue {
public:
    explicit Dialogue(const ImapAccount& account) : account_{account} {}

    Result<Done> open(std::stop_token stop) {
        auto talk = ImapTalk::open(account_, std::move(stop));
        if (!talk) return talk.problem();
        talk_ = *std::move(talk);
        return Done{};
    }

    bool offers(std::string_view capability) const { return talk_ && talk_->offers(std::string{capability}); }

    Result<ImapFolder> open_folder(std::string_view name, Access access) {
        const auto folder = quoted_folder(name);
        if (!folder) return folder.problem();
        ImapFolder state;
        const auto answer =
            ask((access == Access::look ? "EXAMINE " : "SELECT ") + *folder, [&](const ImapReply& reply) {
                if (reply.code == "UIDVALIDITY")
                    state.uid_validity = imap_number(reply.code_value).value_or(0);
                if (reply.code == "UIDNEXT") state.uid_next = imap_number(reply.code_value).value_or(0);
            });
        if (!answer) return answer.problem();
        if (!answer->agreed)
            return problem("mailbox_folder", "the folder " + std::string{name} + ": " + answer->text);
        if (state.uid_validity == 0) return problem("mailbox_no_imap", "the folder has no UIDVALIDITY");
        news_ = false;
        return state;
    }

    Result<std::vector<std::uint32_t>> search(std::uint32_t first, std::uint32_t last) {
        std::vector<std::uint32_t> uids;
        bool sound = true;
        news_ = false;
        const auto answer = ask("UID SEARCH UID " + std::to_string(first) + ':' + std::to_string(last),
                                [&](const ImapReply& reply) {
                                    if (!reply.is_untagged("SEARCH")) return;
                                    for (const ImapToken& token : reply.tokens) {
                                        const auto uid = imap_number(token.text);
                                        sound = sound && uid && *uid > 0;
                                        // "7:9" is 9 as well where 9 is above all there is, and a server may
                                        // take it for 9:7.
                                        if (uid && *uid >= first && *uid <= last) uids.push_back(*uid);
                                    }
                                });
        if (!answer) return answer.problem();
        if (!answer->agreed) return refused(*answer);
        if (!sound) return problem("mailbox_no_imap", "it found messages that have no number");
        std::ranges::sort(uids);
        uids.erase(std::unique(uids.begin(), uids.end()), uids.end());
        return uids;
    }

    Result<std::vector<ImapSize>> sizes(const std::vector<std::uint32_t>& uids) {
        std::vector<ImapSize> found;
        auto answer = fetch(uids, "(UID RFC822.SIZE)", [&](Fetched&& each) {
            found.push_back({*each.uid, each.size.value_or(0)});
        });
        if (!answer) return answer.problem();
        put_in_order(found, [](const ImapSize& a, const ImapSize& b) { return a.bytes > b.bytes; });
        return found;
    }

    Result<std::vector<ImapMessage>> messages(const std::vector<std::uint32_t>& uids,
                                              const std::string& part) {
        std::vector<ImapMessage> found;
        auto answer = fetch(uids, "(UID INTERNALDATE " + part + ")", [&](Fetched&& each) {
            if (each.body) found.push_back({*each.uid, *std::move(each.body), each.arrived});
        });
        if (!answer) return answer.problem();
        put_in_order(found, [](const ImapMessage& a, const ImapMessage& b) {
            return a.bytes.size() > b.bytes.size();
        });
        return found;
    }

    Result<bool> await_news(Milliseconds interval, Milliseconds patience) {
        const auto until = Clock::now() + patience;
        if (offers("IDLE")) return idle(until);
        while (!news_ && Clock::now() < until) {
            const auto heard = talk_->hear(std::min(interval, left(until)));
            if (!heard) return heard.problem();
            if (*heard) note(**heard);
            if (const auto asked = ask("NOOP"); !asked) return asked.problem();
        }
        return news_;
    }

    Result<Done> move(const std::vector<std::uint32_t>& uids, std::string_view name) {
        if (uids.empty()) return Done{};
        const auto folder = quoted_folder(name);
        if (!folder) return folder.problem();
        const auto answer =
            ask((offers("MOVE") ? "UID MOVE " : "UID COPY ") + imap_set(uids) + ' ' + *folder);
        if (!answer) return answer.problem();
        if (!answer->agreed)
            return problem("mailbox_folder", "the folder " + std::string{name} + ": " + answer->text);
        return Done{};
    }

    Result<bool> holds(std::string_view message_id) {
        const auto quoted = imap_quoted("<" + std::string{message_id} + ">");
        if (!quoted || message_id.empty())
            return problem("mailbox_settings_invalid", "a message cannot be called that");
        bool found = false;
        const auto answer = ask("UID SEARCH HEADER Message-ID " + *quoted, [&](const ImapReply& reply) {
            if (reply.is_untagged("SEARCH")) found = found || !reply.tokens.empty();
        });
        if (!answer) return answer.problem();
        if (!answer->agreed) return refused(*answer);
        return found;
    }

    Result<Done> append(std::string_view name, std::string_view message) {
        const auto folder = quoted_folder(name);
        if (!folder) return folder.problem();
        if (message.size() > limits::message_bytes)
            return problem("mailbox_settings_invalid", "the message is too large for a copy");
        std::string more{message};
        more += "\r\n";
        const auto answer =
            talk_->ask("APPEND " + *folder + " (\\Seen) {" + std::to_string(message.size()) + '}', more);
        if (!answer) return answer.problem();
        if (!answer->agreed)
            return problem("mailbox_folder", "the folder " + std::string{name} + ": " + answer->text);
        return Done{};
    }

    void close() {
        if (talk_) talk_->farewell();
    }

private:
    using Listen = ImapTalk::Listen;

    // A server tells of each new message once, in whatever command it comes by.
    void note(const ImapReply& reply) { news_ = news_ || reply.is_untagged("EXISTS"); }

    Result<Answer> ask(const std::string& command, const Listen& listen = {}) {
        return talk_->ask(command, [&](ImapReply&& reply) {
            note(reply);
            if (listen) listen(std::move(reply));
        });
    }

    Result<bool> idle(Clock::time_point until) {
        if (news_) return true;
        const auto tag = talk_->begin("IDLE");
        if (!tag) return tag.problem();
        bool idling = false;
        while (!news_ || !idling) {
            const auto heard =
                talk_->hear(idling ? std::max(left(until), Milliseconds{0}) : account_.timeouts.command);
            if (!heard) return heard.problem();
            if (!*heard && !idling) return problem("mailbox_timed_out", "no answer came in time");
            if (!*heard) break;
            const ImapReply& reply = **heard;
            if (reply.tag == *tag) return refused({false, reply.code, {}, reply.text});
            if (reply.tag == "+") idling = true;
            if (reply.is_untagged("BYE"))
                return problem("mailbox_line_fell", "the server says good-bye: " + reply.text);
            note(reply);
        }
        if (const auto said = talk_->say("DONE\r\n"); !said) return said.problem();
        const auto answer = talk_->await(*tag, [&](ImapReply&& reply) { note(reply); });
        if (!answer) return answer.problem();
        return news_;
    }

    Result<Done> fetch(const std::vector<std::uint32_t>& uids, const std::string& what,
                       const std::function<void(Fetched&&)>& take) {
        if (uids.empty()) return Done{};
        bool sound = true;
        std::uint64_t bytes = 0;
        const auto answer = ask("UID FETCH " + imap_set(uids) + ' ' + what, [&](ImapReply&& reply) {
            if (!reply.is_untagged("FETCH")) return;
            auto fetched = read_fetch(std::move(reply));
            sound = sound && fetched;
            if (!sound || !fetched->uid || !std::ranges::binary_search(uids, *fetched->uid)) return;
            // More than was asked for would pile up in memory.
            if (fetched->body) bytes += fetched->body->size();
            sound = bytes <= limits::message_bytes + limits::batch_bytes;
            if (sound) take(*std::move(fetched));
        });
        if (!answer) return answer.problem();
        if (!sound) return problem("mailbox_no_imap", "it tells of messages in a way that is no IMAP");
        if (!answer->agreed) return refused(*answer);
        return Done{};
    }

    static Milliseconds left(Clock::time_point until) {
        return std::chrono::ceil<Milliseconds>(until - Clock::now());
    }

    Result<std::string> quoted_folder(std::string_view utf8) const {
        const auto name = imap_folder_name(utf8);
        const auto quoted = name ? imap_quoted(*name) : std::nullopt;
        if (!quoted || utf8.empty())
            return problem("mailbox_settings_invalid", "a folder cannot be called that");
        return *quoted;
    }
    Problem refused(const Answer& answer) const { return problem("mailbox_refused", answer.text); }
    Problem problem(const std::string& id, const std::string& why) const {
        return {id, account_.host, why, "The mailbox at " + account_.host + ": " + why + "."};
    }

    const ImapAccount account_;
    std::unique_ptr<ImapTalk> talk_;
    bool news_ = false;  // the folder has got something since it was last searched
};

ImapSession::ImapSession(std::unique_ptr<Dialogue> dialogue) : dialogue_{std::move(dialogue)} {}
ImapSession::~ImapSession() {
    close();
}

Result<std::unique_ptr<ImapSession>> ImapSession::open(const ImapAccount& account, std::stop_token stop) {
    auto dialogue = std::make_unique<Dialogue>(account);
    if (auto opened = dialogue->open(std::move(stop)); !opened) return opened.problem();
    return std::unique_ptr<ImapSession>{new ImapSession{std::move(dialogue)}};
}
bool ImapSession::offers(std::string_view capability) const {
    return dialogue_->offers(capability);
}
Result<ImapFolder> ImapSession::open_folder(std::string_view utf8_name, Access access) {
    return dialogue_->open_folder(utf8_name, access);
}
Result<std::vector<std::uint32_t>> ImapSession::search(std::uint32_t first, std::uint32_t last) {
    return dialogue_->search(first, last);
}
Result<std::vector<ImapSize>> ImapSession::sizes(const std::vector<std::uint32_t>& uids) {
    return dialogue_->sizes(uids);
}
Result<std::vector<ImapMessage>> ImapSession::fetch(const std::vector<std::uint32_t>& uids,
                                                    std::size_t most) {
    return dialogue_->messages(uids, "BODY.PEEK[]<0." + std::to_string(most) + '>');
}
Result<bool> ImapSession::await_news(Milliseconds interval, Milliseconds patience) {
    return dialogue_->await_news(interval, patience);
}
Result<Done> ImapSession::move(const std::vector<std::uint32_t>& uids, std::string_view utf8_folder) {
    return dialogue_->move(uids, utf8_folder);
}
Result<bool> ImapSession::holds(std::string_view message_id) {
    return dialogue_->holds(message_id);
}
Result<Done> ImapSession::append(std::string_view utf8_folder, std::string_view message) {
    return dialogue_->append(utf8_folder, message);
}
void ImapSession::close() {
    dialogue_->close();
}

}  // namespace raadspost::intake
