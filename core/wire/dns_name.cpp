// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/dns_name.h"

#include "core/base/ascii.h"
#include "core/wire/bytes.h"

#include <stdexcept>

namespace packetarium {

namespace {

constexpr std::uint8_t kPointer = 0xc0;
constexpr std::uint16_t kPointerMax = 0x3fff;

bool isVisible(std::uint8_t octet)
{
    return octet > 0x20 && octet < 0x7f;
}

void appendLabelText(DnsName& name, ByteView label)
{
    if (!name.empty())
        name += '.';
    for (const std::uint8_t octet : label) {
        if (octet == '.' || octet == '\\') {
            name += '\\';
            name += static_cast<char>(octet);
        } else if (isVisible(octet)) {
            name += static_cast<char>(octet);
        } else {
            name += '\\';
            for (const int unit : {100, 10, 1})
                name += static_cast<char>('0' + octet / unit % 10);
        }
    }
}

/// The octet that begins at name[at], which moves behind it.
std::uint8_t unescaped(std::string_view name, std::size_t& at)
{
    if (name[at] != '\\' || at + 1 == name.size())
        return static_cast<std::uint8_t>(name[at++]);
    if (at + 3 < name.size() && isDigit(name[at + 1]) && isDigit(name[at + 2]) && isDigit(name[at + 3])) {
        const int octet = (name[at + 1] - '0') * 100 + (name[at + 2] - '0') * 10 + (name[at + 3] - '0');
        at += 4;
        return static_cast<std::uint8_t>(octet);
    }
    at += 2;
    return static_cast<std::uint8_t>(name[at - 1]);
}

/// The label at the front of `name`, which then begins behind it and its dot.
Bytes takeLabel(std::string_view& name)
{
    Bytes label;
    std::size_t at = 0;
    while (at < name.size() && name[at] != '.')
        label.push_back(unescaped(name, at));
    if (label.empty() || label.size() > kDnsLabelMax || at + 1 == name.size())
        throw std::invalid_argument("a DNS label must have 1 to 63 octets");
    name.remove_prefix(at == name.size() ? at : at + 1);
    return label;
}

void appendLabel(Bytes& bytes, const Bytes& label)
{
    bytes.push_back(static_cast<std::uint8_t>(label.size()));
    bytes.insert(bytes.end(), label.begin(), label.end());
}

void countLabel(std::size_t& length, const Bytes& label)
{
    length += 1 + label.size();
    if (length > kDnsNameMax)
        throw std::invalid_argument("a DNS name must have at most 255 octets");
}

} // namespace

std::optional<DnsNameRead> readDnsName(ByteView message, std::size_t at)
{
    DnsNameRead read;
    std::size_t partStart = at; // of the part being read: pointers lead before it
    std::size_t length = 1;     // the root's octet
    bool followed = false;
    while (at < message.size()) {
        const std::uint8_t octet = message[at];
        if ((octet & kPointer) == kPointer) {
            if (at + 2 > message.size())
                return std::nullopt;
            const std::size_t target = readU16(message, at) & kPointerMax;
            if (target >= partStart || target < kDnsHeaderSize)
                return std::nullopt;
            if (!followed)
                read.end = at + 2;
            followed = true;
            at = partStart = target;
            continue;
        }
        if (octet > kDnsLabelMax || octet >= message.size() - at)
            return std::nullopt;
        if (octet == 0) {
            if (!followed)
                read.end = at + 1;
            return read;
        }
        length += 1u + octet;
        if (length > kDnsNameMax)
            return std::nullopt;
        appendLabelText(read.name, message.subspan(at + 1, octet));
        at += 1u + octet;
    }
    return std::nullopt;
}

void DnsNameWriter::append(Bytes& message, std::string_view name)
{
    std::size_t length = 1;
    while (!name.empty()) {
        if (const auto there = written_.find(name); there != written_.end()) {
            for (std::string_view rest = name; !rest.empty();)
                countLabel(length, takeLabel(rest));
            appendU16(message, static_cast<std::uint16_t>(kPointer << 8 | there->second));
            return;
        }
        if (message.size() <= kPointerMax)
            written_.emplace(name, static_cast<std::uint16_t>(message.size()));
        const Bytes label = takeLabel(name);
        countLabel(length, label);
        appendLabel(message, label);
    }
    message.push_back(0);
}

void appendDnsName(Bytes& bytes, std::string_view name)
{
    std::size_t length = 1;
    while (!name.empty()) {
        const Bytes label = takeLabel(name);
        countLabel(length, label);
        appendLabel(bytes, label);
    }
    bytes.push_back(0);
}

} // namespace packetarium
