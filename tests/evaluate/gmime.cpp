#include "evaluate/gmime.hpp"

#include "core/post/mime/gmime.hpp"

namespace raadspost::evaluate {

void parse_by_gmime(const std::string& bytes) {
    post::mime::set_up();
    const post::mime::Owned<GMimeStream> stream{
        g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size())};
    const post::mime::Owned<GMimeParser> parser{g_mime_parser_new_with_stream(stream.get())};
    const post::mime::Owned<GMimeMessage> message{g_mime_parser_construct_message(parser.get(), nullptr)};
}

}  // namespace raadspost::evaluate
