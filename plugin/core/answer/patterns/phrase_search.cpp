#include "core/answer/patterns/phrase_search.hpp"

#include <algorithm>

namespace raadspost::answer {
namespace {

constexpr char run_signs[] = {run::any_letters, run::some_letters, run::digit, run::digits, run::no_blanks};

bool is_run(char sign) {
    return sign >= run::any_letters && sign <= run::no_blanks;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// As RE2 reads "\s".
bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

}  // namespace

PhraseSearch::PhraseSearch() : grown_(roots) {}

std::uint32_t PhraseSearch::grow(std::uint32_t from, std::string_view text) {
    for (const char sign : text) {
        const auto& branches = grown_[from].branches;
        const auto known = std::ranges::find(branches, sign, &Branch::sign);
        if (known != branches.end()) {
            from = known->node;
            continue;
        }
        const auto made = static_cast<std::uint32_t>(grown_.size());
        grown_[from].branches.push_back({sign, made});
        grown_.emplace_back();
        from = made;
    }
    return from;
}

bool PhraseSearch::add(const Phrase& phrase, std::uint8_t pattern) {
    std::size_t octets = 0;
    for (const PhrasePart& part : phrase)
        for (const std::string& each : part.strings) octets += each.size();
    if (grown_.size() + octets > max_tree_nodes || places_ + phrase.size() > no_place) return false;
    for (std::size_t i = 0; i < phrase.size(); ++i) {
        Label own = whole_phrase | pattern;
        if (phrase.size() > 1) {
            own = static_cast<Label>(parts_.size());
            Part& part = parts_.emplace_back(Part{phrase[i].before, no_place, no_place, pattern});
            if (i > 0) part.previous = static_cast<std::uint16_t>(places_ - 1);
            if (i + 1 < phrase.size()) part.own = places_++;
        }
        for (std::string_view text : phrase[i].strings) {
            std::uint32_t root = at_edges;
            if (text.front() == run::any_letters) root = behind_any;
            if (text.front() == run::some_letters) root = behind_some;
            if (root != at_edges) {
                text.remove_prefix(1);
                for (int c = 0; c < 256; ++c)
                    if (text.size() == 1 || is_run(text[1]) || text[1] == static_cast<char>(c))
                        inside_.set(pair(text[0], static_cast<char>(c)));
            }
            std::vector<Label>& labels = grown_[grow(root, text)].labels;
            if (labels.empty() || labels.back() != own) labels.push_back(own);
        }
    }
    return true;
}

void PhraseSearch::number_columns() {
    std::uint8_t next = no_sign + 1;
    for (const Grown& node : grown_)
        for (const Branch& each : node.branches) {
            std::uint8_t& column = columns_[static_cast<unsigned char>(each.sign)];
            if (column == no_sign) column = next++;
        }
}

// Where there is room for all the children at once, and for its list.
std::uint32_t PhraseSearch::place_for(const Grown& node) {
    std::vector<std::uint8_t> columns;
    if (!node.labels.empty()) columns.push_back(no_sign);
    for (const Branch& each : node.branches)
        columns.push_back(columns_[static_cast<unsigned char>(each.sign)]);
    while (first_free_ < nodes_.size() && nodes_[first_free_].parent != no_node) ++first_free_;
    for (std::size_t at = first_free_ < columns_.size() ? 0 : first_free_ - columns_.size() + 1;; ++at) {
        if (nodes_.size() < at + columns_.size()) nodes_.resize(at + columns_.size());
        if (std::ranges::all_of(columns,
                                [&](std::uint8_t column) { return nodes_[at + column].parent == no_node; }))
            return static_cast<std::uint32_t>(at);
    }
}

void PhraseSearch::compile() {
    number_columns();
    // What one string goes through stands together: all that begins alike, before anything else.
    struct Placed {
        std::uint32_t grown, at;
    };
    std::vector<Placed> to_place;
    nodes_.assign(columns_.size(), {});
    for (std::uint32_t root = 0; root < roots; ++root) {
        to_place.push_back({root, root});
        nodes_[root].parent = no_parent;
    }
    labels_.assign(1, 0);
    while (!to_place.empty()) {
        const auto [which, at] = to_place.back();
        to_place.pop_back();
        const Grown& node = grown_[which];
        const std::uint32_t place = place_for(node);
        nodes_[at].children = place & 0x1FFFFFFF;
        if (!node.labels.empty()) {
            nodes_[at].has_labels = 1;
            nodes_[place + no_sign].parent = at;
            nodes_[place + no_sign].children = static_cast<std::uint32_t>(labels_.size()) & 0x1FFFFFFF;
            labels_.push_back(static_cast<Label>(node.labels.size()));
            labels_.insert(labels_.end(), node.labels.begin(), node.labels.end());
        }
        for (const Branch& each : node.branches) {
            const std::uint32_t own = place + columns_[static_cast<unsigned char>(each.sign)];
            nodes_[own].parent = at;
            if (is_run(each.sign)) nodes_[at].has_runs = 1;
            if (is_run(each.sign) || is_word_octet(each.sign)) nodes_[at].letters_follow = 1;
            to_place.push_back({each.node, own});
        }
    }
    nodes_.resize(nodes_.size() + columns_.size());  // whoever has no child looks for it there
    grown_ = {};
}

// In texts, one behind the other.
class PhraseSearch::Search {
public:
    explicit Search(const PhraseSearch& all) : all_{all}, latest_(all.places_) {}

    PatternBits in(std::string_view text) {
        text_ = text;
        found_.reset();
        letters_ = digits_ = no_blanks_ = {};
        for (std::size_t i = 1; i < seen_.size(); ++i) latest_[seen_[i].place] = 0;
        seen_.assign(1, {});
        if (text.empty()) return found_;
        count();
        const Node* const nodes = all_.nodes_.data();
        if (is_word_octet(text[0]))
            if (const Node* const begin = child(nodes[at_edges], run::begin)) walk(begin, 0, 0);
        std::size_t word = 0;
        for (std::size_t at = 0; at < text.size(); ++at) {
            const bool inside = at > 0 && is_word_octet(text[at - 1]), is_word = is_word_octet(text[at]);
            if (inside != is_word || (at > 0 && text[at - 1] == ' ')) walk(&nodes[at_edges], at, at);
            if (!is_word) continue;
            if (!inside) word = at;
            if (!all_.inside_.test(pair(text[at], at + 1 < text.size() ? text[at + 1] : ' '))) continue;
            walk(&nodes[behind_any], word, at);
            if (inside) walk(&nodes[behind_some], word, at);
        }
        return found_;
    }

private:
    struct Seen {
        std::uint16_t place;
        std::uint32_t end;
        std::uint32_t before;    // the one that was seen there before
        std::uint32_t furthest;  // of all their ends so far
    };

    const Node* child(const Node& node, char sign) const {
        const std::uint8_t column = all_.columns_[static_cast<unsigned char>(sign)];
        return column == no_sign ? nullptr : all_.child(node, column);
    }

    bool is_edge(std::size_t at) const {
        return (at > 0 && is_word_octet(text_[at - 1])) != (at < text_.size() && is_word_octet(text_[at]));
    }

    // What stands before each octet.
    void count() {
        before_.resize(text_.size() + 1);
        Counted so_far;
        bool behind_blank = true;
        for (std::size_t i = 0; i < text_.size(); ++i) {
            before_[i] = so_far;
            const char c = text_[i];
            if (is_word_octet(c)) {
                behind_blank = false;
                continue;
            }
            const bool blank = is_blank(c);
            if (blank) {
                ++so_far.blanks;
                so_far.odd_blanks += c != ' ' || behind_blank;
            } else {
                ++so_far.marks;
            }
            behind_blank = blank;
        }
        before_[text_.size()] = so_far;
    }

    // Along the strings that go on at `at`; the one at hand began at `begin`.
    void walk(const Node* node, std::size_t begin, std::size_t at) {
        while (true) {
            if (node->has_labels) take(*node, begin, at);
            if (node->has_runs) walk_runs(*node, begin, at);
            if (at == text_.size()) return;
            const char c = text_[at];
            if (c >= 0 && c < ' ') return;  // runs are told by these
            const std::uint8_t column = all_.columns_[static_cast<unsigned char>(c)];
            if (column == no_sign) return;
            node = all_.child(*node, column);
            if (!node) return;
            ++at;
        }
    }

    // The end of the octets at `at` that belong together; looked for once where many strings ask.
    struct Run {
        std::size_t begin = 0, end = 0;
    };
    std::size_t end_of(Run& known, std::size_t at, auto belongs) {
        if (at >= known.begin && at < known.end) return known.end;
        known = {at, at};
        while (known.end < text_.size() && belongs(text_[known.end])) ++known.end;
        return known.end;
    }

    void walk_runs(const Node& node, std::size_t begin, std::size_t at) {
        for (const char sign : run_signs) {
            const Node* const next = child(node, sign);
            if (!next) continue;
            switch (sign) {
                case run::any_letters:
                case run::some_letters: {
                    const std::size_t least = at + (sign == run::some_letters);
                    const std::size_t end = end_of(letters_, at, is_word_octet);
                    for (std::size_t i = next->letters_follow ? least : std::max(least, end); i <= end; ++i)
                        walk(next, begin, i);
                    break;
                }
                case run::digit:
                    if (at < text_.size() && is_digit(text_[at])) walk(next, begin, at + 1);
                    break;
                case run::digits:
                    if (const std::size_t end = end_of(digits_, at, is_digit); end > at)
                        walk(next, begin, end);
                    break;
                default: {
                    // As far as a word ends at all, or up to the blank behind it.
                    const std::size_t end = end_of(no_blanks_, at, [](char c) { return !is_blank(c); });
                    std::size_t edge = at + 1;
                    while (edge < end && !is_edge(edge)) ++edge;
                    if (edge < end) walk(next, begin, edge);
                    if (end > at) walk(next, begin, end);
                }
            }
        }
    }

    void take(const Node& node, std::size_t begin, std::size_t end) {
        const std::uint32_t list = all_.nodes_[node.children + no_sign].children;
        const bool begins = is_edge(begin), ends = is_edge(end);
        for (std::uint32_t i = list + 1; i <= list + all_.labels_[list]; ++i) {
            const Label label = all_.labels_[i];
            if ((label & whole_phrase) != 0) {
                if (begins && ends) found_.set(label & ~whole_phrase);
                continue;
            }
            const Part& part = all_.parts_[label];
            const bool is_last = part.own == no_place;
            if (found_.test(part.pattern) || (is_last && !ends)) continue;
            if (part.previous == no_place ? !begins : !follows(part, begin)) continue;
            if (is_last) {
                found_.set(part.pattern);
            } else {
                keep(part.own, static_cast<std::uint32_t>(end));
            }
        }
    }

    void keep(std::uint16_t place, std::uint32_t end) {
        const Seen before = seen_[latest_[place]];
        if (latest_[place] != 0 && before.end == end) return;
        seen_.push_back({place, end, latest_[place], std::max(before.furthest, end)});
        latest_[place] = static_cast<std::uint32_t>(seen_.size() - 1);
    }

    // Whether the part before it was seen, with as many words between as may be.
    bool follows(const Part& part, std::size_t begin) const {
        const Counted& here = before_[begin];
        for (std::uint32_t i = latest_[part.previous]; i != 0; i = seen_[i].before) {
            const auto words_behind = [&](std::size_t end) { return here.blanks - before_[end].blanks; };
            const auto [place, end, before, furthest] = seen_[i];
            if (furthest <= begin && words_behind(furthest) > part.before.most) return false;
            if (end > begin || here.odd_blanks != before_[end].odd_blanks) continue;
            const std::uint32_t words = words_behind(end);
            if (words < part.before.least || words > part.before.most) continue;
            if (words == 0 ? end != begin : text_[begin - 1] != ' ') continue;
            if (!part.before.letters_only || here.marks == before_[end].marks) return true;
        }
        return false;
    }

    struct Counted {
        std::uint32_t blanks = 0, marks = 0;
        std::uint32_t odd_blanks = 0;  // that end no word
    };

    const PhraseSearch& all_;
    std::string_view text_;
    PatternBits found_;
    std::vector<Counted> before_;
    std::vector<Seen> seen_{1};
    std::vector<std::uint32_t> latest_;  // by place, in seen_; 0: none
    Run letters_, digits_, no_blanks_;   // that were looked for last
};

PatternBits PhraseSearch::found_in(std::string_view text) const {
    return Search{*this}.in(text);
}

std::vector<PatternBits> PhraseSearch::found_in(std::span<const std::string_view> texts) const {
    Search search{*this};
    std::vector<PatternBits> out;
    out.reserve(texts.size());
    for (const std::string_view text : texts) out.push_back(search.in(text));
    return out;
}

}  // namespace raadspost::answer
