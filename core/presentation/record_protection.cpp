// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/presentation/presentation.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace packetarium {

namespace {

constexpr std::uint8_t kApplicationData = 23;
constexpr std::size_t kHeaderSize = 5;
constexpr std::size_t kKeySize = 16;
constexpr std::size_t kIvSize = 12;
constexpr std::size_t kTagSize = 16;
constexpr std::size_t kContentMax = 16384;               // RFC 8446 §5.1
constexpr std::size_t kProtectedMax = kContentMax + 256; // §5.2

void must(bool holds)
{
    if (!holds)
        throw std::runtime_error("libcrypto refused to work");
}

/// HKDF-Expand-Label(secret, label, "", size) of RFC 8446 §7.1. No more than one block of RFC 5869 §2.3: 32 octets.
Bytes expandLabel(ByteView secret, std::string_view label, std::size_t size)
{
    const std::string full = "tls13 " + std::string(label);
    Bytes info{0, static_cast<std::uint8_t>(size), static_cast<std::uint8_t>(full.size())};
    info.insert(info.end(), full.begin(), full.end());
    info.push_back(0); // no context
    info.push_back(1); // the first block
    Bytes block(32);
    unsigned length = 0;
    must(HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()), info.data(), info.size(), block.data(),
              &length) != nullptr);
    block.resize(size);
    return block;
}

/// §5.3: the sequence number, padded on the left, xor the IV.
Bytes nonceFor(const Bytes& iv, std::uint64_t sequence)
{
    Bytes nonce = iv;
    for (std::size_t i = 0; i < 8; ++i)
        nonce[kIvSize - 1 - i] = static_cast<std::uint8_t>(nonce[kIvSize - 1 - i] ^ (sequence >> (8 * i) & 0xff));
    return nonce;
}

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

/// One record's pass through AES-128-GCM; the record's header is authenticated with it.
Cipher begin(bool encrypt, const Bytes& key, const Bytes& nonce, ByteView header)
{
    Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    must(cipher != nullptr);
    int made = 0;
    // 12 octets are GCM's own default length of a nonce.
    must(EVP_CipherInit_ex(cipher.get(), EVP_aes_128_gcm(), nullptr, key.data(), nonce.data(), encrypt ? 1 : 0) == 1);
    must(EVP_CipherUpdate(cipher.get(), nullptr, &made, header.data(), static_cast<int>(header.size())) == 1);
    return cipher;
}

Bytes headerFor(std::size_t length)
{
    return {kApplicationData, 0x03, 0x03, static_cast<std::uint8_t>(length >> 8),
            static_cast<std::uint8_t>(length & 0xff)};
}

Bytes sealed(const Bytes& key, const Bytes& nonce, ByteView content)
{
    Bytes inner(content.begin(), content.end());
    inner.push_back(kApplicationData); // TLSInnerPlaintext: content, its type, no padding
    const Bytes header = headerFor(inner.size() + kTagSize);
    const Cipher cipher = begin(true, key, nonce, header);
    Bytes record = header;
    record.resize(kHeaderSize + inner.size() + kTagSize);
    int made = 0;
    must(EVP_CipherUpdate(cipher.get(), record.data() + kHeaderSize, &made, inner.data(),
                          static_cast<int>(inner.size())) == 1);
    std::uint8_t* const tag = record.data() + kHeaderSize + inner.size();
    must(EVP_CipherFinal_ex(cipher.get(), tag, &made) == 1);
    must(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTagSize, tag) == 1);
    return record;
}

/// What was sealed, its type still behind it; nothing if the tag does not fit.
std::optional<Bytes> unsealed(const Bytes& key, const Bytes& nonce, ByteView record)
{
    const Cipher cipher = begin(false, key, nonce, record.first(kHeaderSize));
    const ByteView body = record.subspan(kHeaderSize, record.size() - kHeaderSize - kTagSize);
    Bytes tag(record.end() - kTagSize, record.end());
    Bytes inner(body.size());
    int made = 0;
    must(EVP_CipherUpdate(cipher.get(), inner.data(), &made, body.data(), static_cast<int>(body.size())) == 1);
    must(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTagSize, tag.data()) == 1);
    std::uint8_t nothing[kTagSize];
    if (EVP_CipherFinal_ex(cipher.get(), nothing, &made) != 1)
        return std::nullopt;
    return inner;
}

} // namespace

RecordProtection::RecordProtection(ByteView secret)
    : key_(expandLabel(secret, "key", kKeySize))
    , iv_(expandLabel(secret, "iv", kIvSize))
{}

Bytes RecordProtection::protect(ByteView content)
{
    Bytes records;
    do {
        const std::size_t size = std::min(content.size(), kContentMax);
        const Bytes record = sealed(key_, nonceFor(iv_, sent_), content.first(size));
        ++sent_;
        records.insert(records.end(), record.begin(), record.end());
        content = content.subspan(size);
    } while (!content.empty());
    return records;
}

RecordProtection::Opened RecordProtection::open(ByteView stream)
{
    const Opened needMore{Outcome::NeedMore, 0, {}};
    const Opened bad{Outcome::Bad, 0, {}};
    const Bytes begins = headerFor(0);
    const std::size_t known = std::min<std::size_t>(stream.size(), 3); // type and version: the same in every record
    if (!std::equal(stream.begin(), stream.begin() + static_cast<std::ptrdiff_t>(known), begins.begin()))
        return bad;
    if (stream.size() < kHeaderSize)
        return needMore;
    const std::size_t length = std::size_t{stream[3]} << 8 | stream[4];
    if (length < kTagSize + 1 || length > kProtectedMax)
        return bad;
    if (stream.size() < kHeaderSize + length)
        return needMore;

    std::optional<Bytes> inner = unsealed(key_, nonceFor(iv_, opened_), stream.first(kHeaderSize + length));
    if (!inner || inner->size() > kContentMax + 1)
        return bad;
    while (!inner->empty() && inner->back() == 0) // §5.4: padding
        inner->pop_back();
    if (inner->empty() || inner->back() != kApplicationData)
        return bad;
    inner->pop_back();
    ++opened_;
    return {Outcome::Whole, kHeaderSize + length, std::move(*inner)};
}

} // namespace packetarium
