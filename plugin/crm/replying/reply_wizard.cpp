// reply_wizard.cpp - the form in which a person answers a received message.
#include "crm/entities.hpp"
#include "crm/replying/reply_writing.hpp"
#include "tryton/error.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

Id message_of(Session& session) {
    const Ids chosen = session.active_ids();
    if (chosen.size() != 1) throw UserError{"msg_reply_choose_one"};
    return chosen.front();
}

Dict fill(Session& session) {
    return shown_for_reply(message_of(session));
}

std::string send(Session& session) {
    send_reply(message_of(session), session.form("start"));
    return "end";
}

}  // namespace

Model reply_start() {
    return Model{"raadspost.reply.write.start", "Answer a Message"}
        .shown()
        .field(Char{"from_address", "From"}.readonly())
        .field(Char{"to_address", "To"}.required())
        .field(Char{"look_twice", "Look Twice"}.readonly().invisible(eval("look_twice").is_empty()))
        .field(Char{"subject", "Subject"}.required())
        .field(Text{"text", "Your Answer"}.required())
        .field(Text{"quotation", "Quoted Below It"});
}

Wizard write_reply_wizard() {
    return Wizard{"raadspost.reply.write"}
        .form("start", "raadspost.reply.write.start", "raadspost.reply_start_view_form",
              {{"Cancel", "end", "tryton-cancel"}, {"Send", "send", "tryton-email", true}}, fill)
        .step("send", send);
}

}  // namespace raadspost::crm
