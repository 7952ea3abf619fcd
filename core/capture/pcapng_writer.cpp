// SPDX-License-Identifier: GPL-3.0-or-later
//
// Block layouts: draft-ietf-opsawg-pcapng §4.1 (SHB), §4.2 (IDB), §4.3 (EPB).
#include "core/capture/pcapng_writer.h"

#include "core/wire/frame.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <map>
#include <tuple>

namespace packetarium {
namespace {

/// The run's zero is 2000-01-01T00:00:00Z: a date that a reader takes at once for not having been measured.
constexpr std::uint64_t kEpochNs = 946'684'800ULL * 1'000'000'000ULL;

enum BlockType : std::uint32_t { SectionHeader = 0x0A0D0D0A, InterfaceDescription = 1, EnhancedPacket = 6 };
enum OptionCode : std::uint16_t {
    EndOfOptions = 0,
    Comment = 1,
    IfName = 2,
    EpbFlags = 2,
    ShbUserAppl = 4,
    IfTsResol = 9,
    IfFcsLen = 13,
};
constexpr std::uint16_t kLinkTypeEthernet = 1;
constexpr std::uint8_t kNanoseconds = 9;
constexpr std::uint32_t kInbound = 1, kOutbound = 2, kFcsLengthShift = 5, kCrcError = 1u << 24;

/// Blocks, little-endian, each with its length at both ends. They are handed on many at a time.
class Blocks {
public:
    explicit Blocks(std::ostream& out)
        : out_(out)
        , bytes_(kFull + kFull / 8)
    {}
    Blocks(const Blocks&) = delete;
    Blocks& operator=(const Blocks&) = delete;
    ~Blocks() { flush(); }

    void begin(BlockType type)
    {
        start_ = size_;
        u32s(type, 0u);
    }
    void end()
    {
        const auto length = static_cast<std::uint32_t>(size_ - start_ + 8);
        u32s(std::uint32_t{EndOfOptions}, length);
        writeAt(bytes_.data() + start_ + 4, length);
        if (size_ >= kFull)
            flush();
    }
    void u16s(std::uint16_t first, std::uint16_t second) { u32s(first | std::uint32_t{second} << 16); }
    template <class... Words>
    void u32s(Words... words)
    {
        std::uint8_t* at = more(4 * sizeof...(words));
        ((writeAt(at, words), at += 4), ...);
    }
    /// Octets, padded to 32 bits.
    template <class Data>
    void padded(const Data& data)
    {
        std::memcpy(more(data.size()), data.data(), data.size());
        pad();
    }
    /// The same of a frame, with the bit flipped that is given.
    void frame(const WireFrame& frame, std::optional<std::uint64_t> flipped)
    {
        std::uint8_t* const at = more(frame.size());
        frame.writeTo(at);
        if (flipped)
            at[*flipped / 8] ^= static_cast<std::uint8_t>(0x80u >> *flipped % 8);
        pad();
    }
    template <class Data>
    void option(OptionCode code, const Data& value)
    {
        u16s(code, static_cast<std::uint16_t>(value.size()));
        padded(value);
    }

private:
    static constexpr std::size_t kFull = 256 * 1024;
    /// Where so many octets are to be written.
    std::uint8_t* more(std::size_t octets)
    {
        const std::size_t at = size_;
        size_ += octets;
        if (size_ > bytes_.size())
            bytes_.resize(2 * size_);
        return bytes_.data() + at;
    }
    static void writeAt(std::uint8_t* at, std::uint32_t word)
    {
        for (std::size_t i = 0; i < 4; ++i)
            at[i] = static_cast<std::uint8_t>(word >> (8 * i));
    }
    void pad()
    {
        const std::size_t missing = (4 - (size_ - start_) % 4) % 4;
        std::fill_n(more(missing), missing, std::uint8_t{0});
    }
    void flush()
    {
        out_.write(reinterpret_cast<const char*>(bytes_.data()), static_cast<std::streamsize>(size_));
        size_ = 0;
    }

    std::ostream& out_;
    Bytes bytes_; ///< the first size_ of them are to be handed on
    std::size_t size_ = 0;
    std::size_t start_ = 0; ///< of the block that is being written
};

void writeSectionHeader(Blocks& block)
{
    block.begin(SectionHeader);
    block.u32s(0x1A2B3C4Du);
    block.u16s(1, 0);                     // version 1.0
    block.u32s(0xffffffffu, 0xffffffffu); // section length: not told
    block.option(ShbUserAppl, std::string_view("Packetarium " PACKETARIUM_VERSION));
    block.end();
}

void writeInterface(Blocks& block, std::string_view name)
{
    block.begin(InterfaceDescription);
    block.u16s(kLinkTypeEthernet, 0);
    block.u32s(0u); // no limit on a packet's length
    block.option(IfName, name);
    block.option(IfTsResol, std::array{kNanoseconds});
    block.option(IfFcsLen, std::array{static_cast<std::uint8_t>(kFcsSize)});
    block.end();
}

/// A frame as a tap sees it.
struct Seen {
    SimTime at;
    PacketId packet;
    std::uint32_t interface = 0;
    bool inbound = false;
    bool arrived = false; ///< as it was after its way: what was flipped shows
};

// Copies and segments out of nowhere come into being farther on; what found the queue full never left.
bool hasLeft(const Trace& trace, const PacketInfo& p)
{
    return p.txStart <= trace.end() && p.lossReason != Reason::LostQueueFull;
}

// Only transmissions that had to wait stand later than their record; what stands at one instant keeps its order.
void sortByTime(std::vector<Seen>& seen)
{
    const auto earlier = [](const Seen& a, const Seen& b) { return a.at < b.at; };
    if (!std::is_sorted(seen.begin(), seen.end(), earlier))
        std::stable_sort(seen.begin(), seen.end(), earlier);
}

/// The node's port at the packet's link.
std::uint32_t portOf(const Trace& trace, NodeId node, LinkId link)
{
    if (link.value() >= trace.links().size())
        return 0;
    const TraceLink& cable = trace.links()[link.value()];
    return cable.a == node ? cable.aPort : cable.bPort;
}

std::vector<Seen> seenAt(const Trace& trace, NodeId node)
{
    std::vector<Seen> seen;
    seen.reserve(trace.packetStore().size());
    for (const Record& r : trace.records()) {
        if (r.kind == RecordKind::PacketArrived && r.host == node) {
            seen.push_back({r.at, r.packet, portOf(trace, node, trace.packetStore().link(r.packet)), true, true});
        } else if (r.kind == RecordKind::PacketSent && r.host == node) {
            const PacketInfo p = trace.packetStore().life(r.packet);
            if (!p.copyOf && !p.injected && hasLeft(trace, p))
                seen.push_back({p.txStart, r.packet, portOf(trace, node, p.link), false, false});
        }
    }
    sortByTime(seen);
    return seen;
}

/// On cables; `interfaceOf` gives none for those that are not tapped.
template <class InterfaceOf>
std::vector<Seen> seenOn(const Trace& trace, InterfaceOf interfaceOf)
{
    std::vector<Seen> seen;
    seen.reserve(trace.packetStore().size());
    for (std::size_t i = 0; i < trace.packetStore().size(); ++i) {
        const PacketInfo p = trace.packetStore().life(PacketId(static_cast<std::uint32_t>(i)));
        if (const std::optional<std::uint32_t> interface = interfaceOf(p.link); interface && hasLeft(trace, p))
            seen.push_back({p.txStart, p.id, *interface, false, false});
    }
    sortByTime(seen);
    return seen;
}

std::string_view nameOf(const Trace& trace, NodeId node)
{
    return node.value() < trace.nodes().size() ? std::string_view(trace.nodes()[node.value()].name) : "";
}

/// "client-switch"
std::string nameOf(const Trace& trace, const TraceLink& link)
{
    return std::string(nameOf(trace, link.a)) + "-" + std::string(nameOf(trace, link.b));
}

/// By port; a node with one cable is called by its name.
std::vector<std::string> interfaceNames(const Trace& trace, NodeId node)
{
    std::vector<std::string> names;
    for (const TraceLink& link : trace.links())
        for (const auto& [end, port, other] : {std::tuple(link.a, link.aPort, link.b), {link.b, link.bPort, link.a}})
            if (end == node) {
                names.resize(std::max<std::size_t>(names.size(), port + std::size_t{1}));
                names[port] = std::string(nameOf(trace, node)) + "-" + std::string(nameOf(trace, other));
            }
    if (names.size() < 2)
        names.assign(1, std::string(nameOf(trace, node)));
    return names;
}

/// The bit of the frame that arrives flipped, by packet: the last one asked for; a copy has its original's.
std::map<PacketId, std::uint64_t> flippedBits(const Trace& trace)
{
    std::map<PacketId, std::uint64_t> flips;
    for (const Record& r : trace.records()) {
        if (r.kind != RecordKind::PacketChanged)
            continue;
        if (r.reason == Reason::ChangedCorrupted)
            flips[r.packet] = r.value;
        else if (const auto original = flips.find(r.packet);
                 r.reason == Reason::ChangedDuplicated && original != flips.end())
            flips[PacketId(static_cast<std::uint32_t>(r.value))] = original->second;
    }
    return flips;
}

/// Why it was sent, in the stable words of the trace, with the clause; and why it did not arrive. Plain English for whatever reads
/// it: "sent-syn-ack; RFC 9293 §3.10.7.2, third".
std::string commentFor(const PacketInfo& p)
{
    std::string comment(toString(p.cause));
    if (const std::string_view clause = clauseOf(p.cause); !clause.empty())
        comment += "; " + std::string(clause);
    if (p.fate == Fate::Lost)
        comment += "; " + std::string(toString(p.lossReason));
    return comment;
}

void writeFrames(Blocks& block, const Trace& trace, const std::vector<Seen>& all, bool directed)
{
    const auto flips = flippedBits(trace);
    std::map<Reason, std::string> comments; // of those that arrived: nearly all have one of a few causes
    for (const Seen& s : all) {
        const PacketInfo info = trace.packetStore().life(s.packet);
        const WireFrame frame = trace.packetStore().lookAt(s.packet);
        std::uint32_t flags = static_cast<std::uint32_t>(kFcsSize) << kFcsLengthShift;
        if (directed)
            flags |= s.inbound ? kInbound : kOutbound;
        std::optional<std::uint64_t> flipped;
        if (const auto flip = flips.find(s.packet);
            s.arrived && flip != flips.end() && flip->second / 8 < frame.size()) {
            flipped = flip->second;
            flags |= kCrcError;
        }
        block.begin(EnhancedPacket);
        const std::uint64_t stamp = kEpochNs + static_cast<std::uint64_t>(s.at.ns());
        const auto size = static_cast<std::uint32_t>(frame.size()); // captured, and on the wire
        block.u32s(s.interface, static_cast<std::uint32_t>(stamp >> 32), static_cast<std::uint32_t>(stamp & 0xffffffff),
                   size, size);
        block.frame(frame, flipped);
        if (info.fate == Fate::Lost) {
            block.option(Comment, commentFor(info));
        } else {
            std::string& comment = comments[info.cause];
            if (comment.empty())
                comment = commentFor(info);
            block.option(Comment, comment);
        }
        block.u16s(EpbFlags, 4);
        block.u32s(flags);
        block.end();
    }
}

} // namespace

void writePcapng(std::ostream& out, const Trace& trace, NodeId node)
{
    Blocks blocks(out);
    if (!node)
        node = NodeId(0);
    writeSectionHeader(blocks);
    for (const std::string& name : interfaceNames(trace, node))
        writeInterface(blocks, name);
    writeFrames(blocks, trace, seenAt(trace, node), true);
}

void writePcapng(std::ostream& out, const Trace& trace, LinkId link)
{
    Blocks blocks(out);
    writeSectionHeader(blocks);
    writeInterface(blocks, link.value() < trace.links().size() ? nameOf(trace, trace.links()[link.value()]) : "");
    const auto interfaceOf = [link](LinkId on) { return on == link ? std::optional<std::uint32_t>(0) : std::nullopt; };
    writeFrames(blocks, trace, seenOn(trace, interfaceOf), false);
}

void writePcapngOfAllNodes(std::ostream& out, const Trace& trace)
{
    Blocks blocks(out);
    writeSectionHeader(blocks);
    std::vector<std::uint32_t> first; // a node's first interface
    std::uint32_t interfaces = 0;
    for (std::size_t i = 0; i < trace.nodes().size(); ++i) {
        const NodeId node(static_cast<std::uint8_t>(i));
        first.push_back(interfaces);
        for (const std::string& name : interfaceNames(trace, node)) {
            writeInterface(blocks, name);
            ++interfaces;
        }
    }
    std::vector<Seen> all;
    for (std::size_t i = 0; i < trace.nodes().size(); ++i)
        for (Seen seen : seenAt(trace, NodeId(static_cast<std::uint8_t>(i)))) {
            seen.interface += first[i];
            all.push_back(seen);
        }
    sortByTime(all);
    writeFrames(blocks, trace, all, true);
}

void writePcapngOfAllLinks(std::ostream& out, const Trace& trace)
{
    Blocks blocks(out);
    writeSectionHeader(blocks);
    for (const TraceLink& link : trace.links())
        writeInterface(blocks, nameOf(trace, link));
    const auto interfaceOf = [&trace](LinkId on) {
        return on.value() < trace.links().size() ? std::optional<std::uint32_t>(on.value()) : std::nullopt;
    };
    writeFrames(blocks, trace, seenOn(trace, interfaceOf), false);
}

} // namespace packetarium
