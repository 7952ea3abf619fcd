// SPDX-License-Identifier: GPL-3.0-or-later
// A DNS message as fields: RFC 1035 §4.1.
#include "core/wire/dns_name.h"
#include "core/wire/field_builder.h"

#include <array>

namespace packetarium {

namespace {

constexpr Layer kDnsLayer = Layer::Application;
constexpr std::size_t kRecordNumbers = 10; // type, class, TTL, data length

std::string shownName(const DnsName& name)
{
    return name.empty() ? "." : name;
}

class Dissector {
public:
    Dissector(ByteView frame, std::size_t start, std::size_t end)
        : start_(start)
        , message_(frame.subspan(start, end - start))
        , builder_(frame, start, kDnsLayer)
    {}

    void dissect(std::vector<Field>& nodes)
    {
        Field node = octets(FieldId::Dns, kDnsLayer, start_, start_ + message_.size());
        header(node);
        struct Section {
            FieldId id;
            std::uint32_t countAt;
        };
        constexpr std::array kSections{Section{FieldId::DnsQuestion, 32}, Section{FieldId::DnsAnswer, 48},
                                       Section{FieldId::DnsAuthority, 64}, Section{FieldId::DnsAdditional, 80}};
        bool good = true;
        for (const Section& section : kSections)
            for (std::uint32_t left = builder_.bits(section.countAt, 16); good && left > 0; --left)
                good = entry(node, section.id);
        appendOctets(node.children, FieldId::Undecoded, kDnsLayer, start_ + at_, start_ + message_.size());
        nodes.push_back(std::move(node));
    }

private:
    void header(Field& node)
    {
        Field flags = builder_.number(FieldId::DnsFlags, 16, 16);
        flags.children = {
            builder_.number(FieldId::DnsResponse, 16, 1),
            builder_.number(FieldId::DnsOpcode, 17, 4),
            builder_.number(FieldId::DnsAuthoritative, 21, 1),
            builder_.number(FieldId::DnsTruncated, 22, 1),
            builder_.number(FieldId::DnsRecursionDesired, 23, 1),
            builder_.number(FieldId::DnsRecursionAvailable, 24, 1),
            builder_.number(FieldId::DnsZ, 25, 3),
            builder_.number(FieldId::DnsCode, 28, 4),
        };
        node.children = {
            builder_.number(FieldId::DnsId, 0, 16),
            std::move(flags),
            builder_.number(FieldId::DnsQuestionCount, 32, 16),
            builder_.number(FieldId::DnsAnswerCount, 48, 16),
            builder_.number(FieldId::DnsAuthorityCount, 64, 16),
            builder_.number(FieldId::DnsAdditionalCount, 80, 16),
        };
    }

    /// Octets begin .. end of the message.
    Field part(FieldId id, std::size_t begin, std::size_t end, FieldValue value = {}) const
    {
        return octets(id, kDnsLayer, start_ + begin, start_ + end, std::move(value));
    }
    Field numberAt(FieldId id, std::size_t at, std::uint32_t size) const
    {
        return builder_.number(id, static_cast<std::uint32_t>(at * 8), size * 8);
    }

    /// A question or a record; false, and nothing is appended, if it is not all there.
    bool entry(Field& node, FieldId id)
    {
        const auto name = readDnsName(message_, at_);
        const bool question = id == FieldId::DnsQuestion;
        const std::size_t numbers = question ? 4 : kRecordNumbers;
        if (!name || message_.size() - name->end < numbers)
            return false;
        const std::size_t dataAt = name->end + numbers;
        const std::size_t dataSize = question ? 0 : readU16(message_, dataAt - 2);
        if (message_.size() - dataAt < dataSize)
            return false;

        const auto type = static_cast<DnsType>(readU16(message_, name->end));
        std::string summary = shownName(name->name) + ' ' + toString(type);
        Field field = part(id, at_, dataAt + dataSize);
        field.children = {
            part(FieldId::DnsDomainName, at_, name->end, shownName(name->name)),
            numberAt(FieldId::DnsType, name->end, 2),
            numberAt(FieldId::DnsClass, name->end + 2, 2),
        };
        if (!question) {
            field.children.push_back(numberAt(FieldId::DnsTtl, name->end + 4, 4));
            field.children.push_back(numberAt(FieldId::DnsDataLength, name->end + 8, 2));
            if (dataSize > 0) {
                std::string shown;
                field.children.push_back(
                    part(FieldId::DnsData, dataAt, dataAt + dataSize, data(type, dataAt, dataSize, shown)));
                if (!shown.empty())
                    summary += ' ' + shown;
            }
        }
        field.value = std::move(summary);
        node.children.push_back(std::move(field));
        at_ = dataAt + dataSize;
        return true;
    }

    /// What the data says, and the same as people write it.
    FieldValue data(DnsType type, std::size_t at, std::size_t size, std::string& shown) const
    {
        if (type == DnsType::A && size == 4) {
            const Ipv4Address address{readU32(message_, at)};
            shown = address.toString();
            return address;
        }
        if (type == DnsType::AAAA && size == 16) {
            Ipv6Address address;
            for (std::size_t i = 0; i < size; ++i)
                address.octets[i] = message_[at + i];
            shown = address.toString();
            return address;
        }
        if (type == DnsType::NS || type == DnsType::CNAME) {
            const auto name = readDnsName(message_, at);
            if (name && name->end == at + size)
                shown = shownName(name->name);
        } else if (type == DnsType::SOA) {
            shown = soa(at, size);
        }
        return shown.empty() ? FieldValue() : FieldValue(shown);
    }

    /// Two names and five numbers (RFC 1035 §3.3.13), as zone files write them; empty if it is something else.
    std::string soa(std::size_t at, std::size_t size) const
    {
        const auto primary = readDnsName(message_, at);
        const auto mailbox = primary ? readDnsName(message_, primary->end) : std::nullopt;
        if (!mailbox || mailbox->end + 20 != at + size)
            return {};
        std::string shown = shownName(primary->name) + ' ' + shownName(mailbox->name);
        for (std::size_t i = 0; i < 5; ++i)
            shown += ' ' + std::to_string(readU32(message_, mailbox->end + i * 4));
        return shown;
    }

    std::size_t start_;
    ByteView message_;
    FieldBuilder builder_;
    std::size_t at_ = kDnsHeaderSize;
};

} // namespace

void dissectDns(ByteView frame, std::size_t start, std::size_t end, std::vector<Field>& nodes)
{
    if (end - start < kDnsHeaderSize)
        appendOctets(nodes, FieldId::Undecoded, kDnsLayer, start, end);
    else
        Dissector(frame, start, end).dissect(nodes);
}

} // namespace packetarium
