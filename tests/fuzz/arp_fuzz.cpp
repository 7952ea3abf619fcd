// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any octets as what an ARP frame carries: decoder, encoder and fields must agree on them.
#include "core/wire/arp.h"
#include "tests/fuzz/frame_checks.h"

using namespace packetarium;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView input(data, size);
    const std::optional<ArpPacket> packet = decodeArp(input);
    const std::vector<Field> nodes = fuzz::fieldsOf(kEtherTypeArp, input);
    // A frame is padded with zeros, which never make an ARP packet of what was none.
    const Field* sender = fuzz::findField(nodes, FieldId::ArpSenderIp);
    if (!packet) {
        fuzz::must(size < kArpSize || sender == nullptr, "fields of a packet that does not decode");
        return 0;
    }
    fuzz::must(sender != nullptr && sender->value == FieldValue(packet->senderIp), "decoder and fields disagree");
    const Bytes encoded = encodeArp(*packet);
    fuzz::must(std::equal(encoded.begin(), encoded.end(), input.begin()), "encode(decode(x)) is not x");
    return 0;
}
