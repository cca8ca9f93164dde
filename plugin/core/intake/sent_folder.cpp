#include "core/intake/sent_folder.hpp"

namespace raadspost::intake {

CopyRound::CopyRound(ImapAccount account, std::string utf8_folder, std::vector<CopyOrder> orders,
                     std::function<void()> when_done)
    : account_{std::move(account)},
      folder_{std::move(utf8_folder)},
      orders_{std::move(orders)},
      fates_(orders_.size(), CopyFate::not_tried),
      thread_{[this, when_done = std::move(when_done)](const std::stop_token& stop) {
          if (const auto ran = run(stop); !ran) trouble_ = ran.problem();
          done_ = true;
          when_done();
      }} {}

CopyRound::~CopyRound() = default;

Result<Done> CopyRound::run(const std::stop_token& stop) {
    auto session = ImapSession::open(account_, stop);
    if (!session) return session.problem();
    // Only looked at: APPEND needs no folder open, and RFC 3501 6.3.11 lets one be added to.
    if (const auto opened = (*session)->open_folder(folder_, Access::look); !opened) return opened.problem();
    for (std::size_t n = 0; n < orders_.size() && !stop.stop_requested(); ++n) {
        const auto there = (*session)->holds(orders_[n].message_id);
        if (!there) return there.problem();
        fates_[n] = *there ? CopyFate::found : CopyFate::absent;
        if (*there || !orders_[n].bytes) continue;
        const auto bytes = orders_[n].bytes();
        if (!bytes) {
            fates_[n] = CopyFate::gone;
            continue;
        }
        if (const auto put = (*session)->append(folder_, *bytes); !put) return put.problem();
        fates_[n] = CopyFate::put;
    }
    return Done{};
}

}  // namespace raadspost::intake
