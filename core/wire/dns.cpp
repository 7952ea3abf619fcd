// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/dns.h"

#include "core/wire/bytes.h"
#include "core/wire/dns_name.h"

#include <stdexcept>

namespace packetarium {

namespace {

constexpr std::uint16_t kClassInternet = 1;
constexpr std::size_t kMessageMax = 65535; // what a datagram or the length before a message in TCP can say

/// Reads a message front to back; `failed` once something is wrong.
class MessageReader {
public:
    explicit MessageReader(ByteView message)
        : message_(message)
    {}
    bool failed() const { return failed_; }
    bool atEnd() const { return at_ == message_.size(); }
    std::uint16_t u16() { return has(2) ? readU16(message_, (at_ += 2) - 2) : std::uint16_t{0}; }
    std::uint32_t u32() { return has(4) ? readU32(message_, (at_ += 4) - 4) : 0; }
    ByteView octets(std::size_t count)
    {
        return has(count) ? message_.subspan((at_ += count) - count, count) : ByteView();
    }
    DnsName name()
    {
        std::optional<DnsNameRead> read;
        if (!failed_)
            read = readDnsName(message_, at_);
        if (!read) {
            failed_ = true;
            return {};
        }
        at_ = read->end;
        return std::move(read->name);
    }
    std::size_t at() const { return at_; }
    void fail() { failed_ = true; }

private:
    bool has(std::size_t count)
    {
        failed_ = failed_ || count > message_.size() - at_;
        return !failed_;
    }
    ByteView message_;
    std::size_t at_ = 0;
    bool failed_ = false;
};

DnsSoa readSoa(MessageReader& in)
{
    DnsSoa soa;
    soa.primary = in.name();
    soa.mailbox = in.name();
    for (std::uint32_t* number : {&soa.serial, &soa.refresh, &soa.retry, &soa.expire, &soa.minimum})
        *number = in.u32();
    return soa;
}

/// The data of a record, `length` octets; fails if what its type says does not fill them exactly.
void readData(MessageReader& in, DnsRecord& record, std::size_t length)
{
    const std::size_t begin = in.at();
    switch (record.type) {
    case DnsType::A: record.data = Ipv4Address{in.u32()}; break;
    case DnsType::AAAA: {
        const ByteView octets = in.octets(16);
        Ipv6Address address;
        std::copy(octets.begin(), octets.end(), address.octets.begin());
        record.data = address;
        break;
    }
    case DnsType::NS:
    case DnsType::CNAME: record.data = in.name(); break;
    case DnsType::SOA: {
        const DnsSoa soa = readSoa(in);
        record.data = in.failed() ? Bytes() : encodeSoa(soa);
        break;
    }
    default: {
        const ByteView octets = in.octets(length);
        record.data = Bytes(octets.begin(), octets.end());
    }
    }
    if (in.at() - begin != length)
        in.fail();
}

void readRecords(MessageReader& in, std::size_t count, std::vector<DnsRecord>& records)
{
    for (; count > 0 && !in.failed(); --count) {
        DnsRecord record;
        record.name = in.name();
        record.type = static_cast<DnsType>(in.u16());
        const std::uint16_t recordClass = in.u16();
        record.ttl = in.u32();
        const std::size_t length = in.u16();
        if (recordClass != kClassInternet) {
            in.octets(length);
            continue;
        }
        readData(in, record, length);
        if (!in.failed())
            records.push_back(std::move(record));
    }
}

struct DataWriter {
    Bytes& out;
    DnsNameWriter& names;
    void operator()(Ipv4Address address) const { appendU32(out, address.value); }
    void operator()(const Ipv6Address& address) const
    {
        out.insert(out.end(), address.octets.begin(), address.octets.end());
    }
    void operator()(const DnsName& name) const { names.append(out, name); }
    void operator()(const Bytes& octets) const { out.insert(out.end(), octets.begin(), octets.end()); }
};

void appendRecord(Bytes& out, DnsNameWriter& names, const DnsRecord& record)
{
    names.append(out, record.name);
    appendU16(out, static_cast<std::uint16_t>(record.type));
    appendU16(out, kClassInternet);
    appendU32(out, record.ttl);
    appendU16(out, 0);
    const std::size_t begin = out.size();
    std::visit(DataWriter{out, names}, record.data);
    if (out.size() > kMessageMax)
        throw std::length_error("a DNS message must have at most 65,535 octets");
    writeU16(out, begin - 2, static_cast<std::uint16_t>(out.size() - begin));
}

std::uint16_t countOf(std::size_t size)
{
    if (size > kMessageMax)
        throw std::length_error("a DNS message must have at most 65,535 entries of a kind");
    return static_cast<std::uint16_t>(size);
}

/// The second word of the header (RFC 1035 §4.1.1); its bits Z are 0.
std::uint16_t flagsOf(const DnsMessage& m)
{
    const unsigned bits = (m.response ? 0x8000u : 0u) | (m.opcode & 0xfu) << 11 | (m.authoritative ? 0x400u : 0u) |
                          (m.truncated ? 0x200u : 0u) | (m.recursionDesired ? 0x100u : 0u) |
                          (m.recursionAvailable ? 0x80u : 0u) | (static_cast<unsigned>(m.code) & 0xfu);
    return static_cast<std::uint16_t>(bits);
}

void setFlags(DnsMessage& m, std::uint16_t bits)
{
    m.response = (bits & 0x8000) != 0;
    m.opcode = static_cast<std::uint8_t>(bits >> 11 & 0xf);
    m.authoritative = (bits & 0x400) != 0;
    m.truncated = (bits & 0x200) != 0;
    m.recursionDesired = (bits & 0x100) != 0;
    m.recursionAvailable = (bits & 0x80) != 0;
    m.code = static_cast<DnsCode>(bits & 0xf);
}

} // namespace

Bytes encodeDns(const DnsMessage& message)
{
    Bytes out;
    DnsNameWriter names;
    appendU16(out, message.id);
    appendU16(out, flagsOf(message));
    appendU16(out, countOf(message.questions.size()));
    for (const auto* section : {&message.answers, &message.authorities, &message.additionals})
        appendU16(out, countOf(section->size()));
    for (const DnsQuestion& question : message.questions) {
        names.append(out, question.name);
        appendU16(out, static_cast<std::uint16_t>(question.type));
        appendU16(out, kClassInternet);
    }
    for (const auto* section : {&message.answers, &message.authorities, &message.additionals})
        for (const DnsRecord& record : *section)
            appendRecord(out, names, record);
    if (out.size() > kMessageMax)
        throw std::length_error("a DNS message must have at most 65,535 octets");
    return out;
}

std::optional<DnsMessage> decodeDns(ByteView bytes)
{
    if (bytes.size() < kDnsHeaderSize || bytes.size() > kMessageMax)
        return std::nullopt;
    MessageReader in(bytes);
    DnsMessage message;
    message.id = in.u16();
    setFlags(message, in.u16());
    const std::size_t questions = in.u16();
    const std::size_t answers = in.u16();
    const std::size_t authorities = in.u16();
    const std::size_t additionals = in.u16();
    for (std::size_t i = 0; i < questions && !in.failed(); ++i) {
        DnsQuestion question;
        question.name = in.name();
        question.type = static_cast<DnsType>(in.u16());
        if (in.u16() != kClassInternet)
            in.fail();
        if (!in.failed())
            message.questions.push_back(std::move(question));
    }
    readRecords(in, answers, message.answers);
    readRecords(in, authorities, message.authorities);
    readRecords(in, additionals, message.additionals);
    if (in.failed() || !in.atEnd())
        return std::nullopt;
    return message;
}

Bytes encodeSoa(const DnsSoa& soa)
{
    Bytes out;
    appendDnsName(out, soa.primary);
    appendDnsName(out, soa.mailbox);
    for (const std::uint32_t number : {soa.serial, soa.refresh, soa.retry, soa.expire, soa.minimum})
        appendU32(out, number);
    return out;
}

std::optional<DnsSoa> decodeSoa(ByteView data)
{
    MessageReader in(data);
    const DnsSoa soa = readSoa(in);
    if (in.failed() || !in.atEnd())
        return std::nullopt;
    return soa;
}

} // namespace packetarium
