// The structure of a letter for screen readers, kept in step while pages are drawn: where the pen goes next
// is told as a path such as Document / L / LI / LBody / P, and the tags between are closed and opened. cairo
// marks the words of a leaf within one page only, so a leaf is closed at the foot of the page and opened anew
// on the next; what holds it stays open across. Belongs to one drawing on one thread.
#pragma once

#include "core/no_host.hpp"

#include <cairo.h>

#include <string>
#include <vector>

namespace raadspost::appeal {

struct TagStep {
    const char* name;  // a structure type of PDF 1.7: static text
    int id;            // tells one P from the next
    friend bool operator==(const TagStep& a, const TagStep& b) { return a.id == b.id; }
};
using TagPath = std::vector<TagStep>;

class Tags {
public:
    explicit Tags(cairo_t* cr) : cr_{cr} {}

    int new_id() { return ++last_id_; }

    void go_to(const TagPath& path) {
        std::size_t shared = 0;
        while (shared < open_.size() && shared < path.size() && open_[shared] == path[shared]) ++shared;
        close_to(shared);
        for (std::size_t i = shared; i < path.size(); ++i) {
            cairo_tag_begin(cr_, path[i].name, nullptr);
            open_.push_back(path[i]);
        }
    }
    void close_leaf() {
        if (!open_.empty()) close_to(open_.size() - 1);
    }
    void close_all() { close_to(0); }

private:
    void close_to(std::size_t depth) {
        for (; open_.size() > depth; open_.pop_back()) cairo_tag_end(cr_, open_.back().name);
    }

    cairo_t* cr_;
    TagPath open_;
    int last_id_ = 0;
};

}  // namespace raadspost::appeal
