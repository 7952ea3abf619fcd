// SPDX-License-Identifier: GPL-3.0-or-later
// Names of types and codes, and domain names as people write them.
#include "core/wire/dns.h"

#include "core/base/ascii.h"

namespace packetarium {

namespace {

bool isLetterOrDigit(char c)
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9');
}

/// A dot with an odd number of backslashes before it belongs to its label.
bool isEscaped(std::string_view name, std::size_t at)
{
    std::size_t backslashes = 0;
    while (backslashes < at && name[at - 1 - backslashes] == '\\')
        ++backslashes;
    return backslashes % 2 == 1;
}

DnsNameError checkLabel(std::string_view label)
{
    if (label.empty())
        return DnsNameError::LabelEmpty;
    for (const char c : label)
        if (!isLetterOrDigit(c) && c != '-' && c != '_')
            return DnsNameError::BadCharacter;
    if (label.front() == '-' || label.back() == '-')
        return DnsNameError::HyphenAtEnd;
    return label.size() > 63 ? DnsNameError::LabelTooLong : DnsNameError::None;
}

} // namespace

std::string toString(DnsType type)
{
    switch (type) {
    case DnsType::A: return "A";
    case DnsType::NS: return "NS";
    case DnsType::CNAME: return "CNAME";
    case DnsType::SOA: return "SOA";
    case DnsType::AAAA: return "AAAA";
    }
    return "TYPE" + std::to_string(static_cast<unsigned>(type));
}

std::string toString(DnsCode code)
{
    switch (code) {
    case DnsCode::NoError: return "NOERROR";
    case DnsCode::FormatError: return "FORMERR";
    case DnsCode::ServerFailure: return "SERVFAIL";
    case DnsCode::NameError: return "NXDOMAIN";
    case DnsCode::NotImplemented: return "NOTIMP";
    case DnsCode::Refused: return "REFUSED";
    }
    return "RCODE" + std::to_string(static_cast<unsigned>(code));
}

bool sameName(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

bool isWithin(std::string_view name, std::string_view zone)
{
    if (zone.empty() || sameName(name, zone))
        return true;
    if (name.size() <= zone.size())
        return false;
    const std::size_t dot = name.size() - zone.size() - 1;
    return name[dot] == '.' && !isEscaped(name, dot) && sameName(name.substr(dot + 1), zone);
}

DnsNameError checkName(std::string_view name)
{
    if (name.empty())
        return DnsNameError::Empty;
    for (std::string_view rest = name;;) {
        const std::size_t dot = rest.find('.');
        if (const DnsNameError error = checkLabel(rest.substr(0, dot)); error != DnsNameError::None)
            return error;
        if (dot == std::string_view::npos)
            break;
        rest.remove_prefix(dot + 1);
    }
    return name.size() > 253 ? DnsNameError::TooLong : DnsNameError::None;
}

} // namespace packetarium
