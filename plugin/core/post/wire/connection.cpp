#include "core/post/wire/connection.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace raadspost::post {
namespace {

struct FreeTls {
    void operator()(SSL_CTX* context) const { ::SSL_CTX_free(context); }
    void operator()(SSL* session) const { ::SSL_free(session); }
};

Problem tls_problem(const std::string& host, const std::string& why) {
    return Problem{"relay_tls_failed", host, why,
                   "No safe connection with the relay " + host + ": " + why + "."};
}

std::string last_error() {
    char text[256] = "unknown error";
    if (const unsigned long error = ::ERR_get_error(); error != 0)
        ::ERR_error_string_n(error, text, sizeof text);
    ::ERR_clear_error();
    return text;
}

bool is_numeric(const std::string& host) {
    unsigned char room[sizeof(in6_addr)];
    return ::inet_pton(AF_INET, host.c_str(), room) == 1 || ::inet_pton(AF_INET6, host.c_str(), room) == 1;
}

}  // namespace

struct Connection::Tls {
    std::unique_ptr<SSL_CTX, FreeTls> context;
    std::unique_ptr<SSL, FreeTls> session;
    BIO* from_peer = nullptr;  // both owned by the session
    BIO* to_peer = nullptr;
};

Connection::Connection(Socket socket) : socket_{std::move(socket)} {}
Connection::~Connection() = default;

Result<Done> Connection::start_tls(const std::string& host, const std::string& authority_file,
                                   Patience patience) {
    auto tls = std::make_unique<Tls>();
    tls->context.reset(::SSL_CTX_new(::TLS_client_method()));
    if (!tls->context) return tls_problem(host, last_error());
    SSL_CTX* context = tls->context.get();
    ::SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    ::SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    const int trusted = authority_file.empty() ? ::SSL_CTX_set_default_verify_paths(context)
                                               : ::SSL_CTX_load_verify_file(context, authority_file.c_str());
    if (trusted != 1) return tls_problem(host, "the authorities' file " + authority_file + " cannot be read");

    tls->session.reset(::SSL_new(context));
    if (!tls->session) return tls_problem(host, last_error());
    SSL* session = tls->session.get();
    if (is_numeric(host)) {
        ::X509_VERIFY_PARAM_set1_ip_asc(::SSL_get0_param(session), host.c_str());
    } else {
        ::SSL_set_hostflags(session, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        if (::SSL_set1_host(session, host.c_str()) != 1 ||
            ::SSL_set_tlsext_host_name(session, host.c_str()) != 1)
            return tls_problem(host, last_error());
    }
    tls->from_peer = ::BIO_new(::BIO_s_mem());
    tls->to_peer = ::BIO_new(::BIO_s_mem());
    ::SSL_set_bio(session, tls->from_peer, tls->to_peer);
    tls_ = std::move(tls);

    const auto until = std::chrono::steady_clock::now() + patience;
    for (;;) {
        ::ERR_clear_error();
        const int done = ::SSL_connect(session);
        const int reason = ::SSL_get_error(session, done);
        std::size_t ignored = 0;
        const LineState written = flush(patience, ignored);
        if (done == 1 && written == LineState::fine) return Done{};
        if (done != 1 && reason != SSL_ERROR_WANT_READ) {
            const long verdict = ::SSL_get_verify_result(session);
            return tls_problem(
                host, verdict == X509_V_OK ? last_error() : ::X509_verify_cert_error_string(verdict));
        }
        const auto left = std::chrono::ceil<Patience>(until - std::chrono::steady_clock::now());
        std::string bytes;
        if (written != LineState::fine || socket_.read(bytes, left) != LineState::fine)
            return tls_problem(host, "the line fell during the handshake");
        ::BIO_write(tls_->from_peer, bytes.data(), static_cast<int>(bytes.size()));
    }
}

LineState Connection::flush(Patience patience, std::size_t& handed_over) {
    char* bytes = nullptr;
    const long size = ::BIO_get_mem_data(tls_->to_peer, &bytes);
    if (size <= 0) return LineState::fine;
    const std::string_view piece{bytes, static_cast<std::size_t>(size)};
    const LineState state = socket_.write({&piece, 1}, patience, handed_over);
    (void)BIO_reset(tls_->to_peer);
    return state;
}

LineState Connection::write(std::span<const std::string_view> pieces, Patience patience,
                            std::size_t& handed_over) {
    handed_over = 0;
    if (!tls_) return socket_.write(pieces, patience, handed_over);
    for (const std::string_view piece : pieces) {
        if (piece.empty()) continue;
        std::size_t taken = 0;
        ::ERR_clear_error();
        if (::SSL_write_ex(tls_->session.get(), piece.data(), piece.size(), &taken) != 1 ||
            taken != piece.size())
            return LineState::closed;
    }
    return flush(patience, handed_over);
}

LineState Connection::read(std::string& bytes, Patience patience) {
    if (!tls_) return socket_.read(bytes, patience);
    const auto until = std::chrono::steady_clock::now() + patience;
    for (;;) {
        char room[4096];
        std::size_t got = 0;
        ::ERR_clear_error();
        const int done = ::SSL_read_ex(tls_->session.get(), room, sizeof room, &got);
        if (done == 1) {
            bytes.append(room, got);
            return LineState::fine;
        }
        const int reason = ::SSL_get_error(tls_->session.get(), done);
        std::size_t ignored = 0;
        if (const LineState state = flush(patience, ignored); state != LineState::fine) return state;
        if (reason != SSL_ERROR_WANT_READ) return LineState::closed;
        std::string raw;
        const auto left = std::chrono::ceil<Patience>(until - std::chrono::steady_clock::now());
        if (const LineState state = socket_.read(raw, left); state != LineState::fine) return state;
        ::BIO_write(tls_->from_peer, raw.data(), static_cast<int>(raw.size()));
    }
}

}  // namespace raadspost::post
