// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What OSI calls the presentation layer, done for real: characters as octets,
// compression, encryption. Nothing in here knows who sends or why.

#include "core/base/rng.h"
#include "core/wire/tcp_segment.h"

namespace packetarium {

/// "UTF-8" or "GBK", by the C library's converter. Nothing if the charset is another, the text is no UTF-8 or has a character that
/// is not in it.
std::optional<Bytes> encodeText(std::string_view utf8, std::string_view charset);
struct DecodedText {
    std::string utf8;  ///< with U+FFFD for what does not fit
    bool clean = true; ///< every octet fitted
};
/// Never fails: shows what a reader would see. Of a charset that is neither, as UTF-8.
DecodedText decodeText(ByteView octets, std::string_view charset);

/// gzip (RFC 1952, deflate by zlib), with no name, no system and time 0, so that equal input gives equal output (with the same
/// zlib: another may find shorter words).
Bytes gzip(ByteView octets);
/// One or more members. Nothing if it is no gzip, is damaged, or would be over `limit` octets.
std::optional<Bytes> gunzip(ByteView octets, std::size_t limit);

/// Records as TLS 1.3 writes them (RFC 8446 §5): type, version, length, AES-128-GCM over the content and its true type, the nonce
/// from the sequence number. There is no handshake: both sides have the key from the start (docs/protocols.md). Each direction
/// needs a secret of its own, so that no nonce is used twice under one key.
class RecordProtection {
public:
    /// Key and IV by HKDF-SHA256 from `secret`, as RFC 8446 §7.3.
    explicit RecordProtection(ByteView secret);
    /// At most 16,384 octets of content each; more makes several records, none makes one.
    Bytes protect(ByteView content);
    /// The next record at the front of `stream`. After one that is Bad nothing that follows can be read.
    enum class Outcome { Whole, NeedMore, Bad };
    struct Opened {
        Outcome outcome = Outcome::NeedMore;
        std::size_t used = 0; ///< octets of the stream
        Bytes content;
    };
    Opened open(ByteView stream);
    static constexpr std::string_view kCipher = "AES-128-GCM";

private:
    Bytes key_, iv_;
    std::uint64_t sent_ = 0, opened_ = 0; ///< sequence numbers
};

} // namespace packetarium
