// SPDX-License-Identifier: GPL-3.0-or-later
//
// Block layouts: draft-ietf-opsawg-pcapng §4.1 (SHB), §4.2 (IDB), §4.3 (EPB).
#include "core/capture/pcapng_writer.h"

#include "core/wire/frame.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <deque>
#include <limits>
#include <map>
#include <tuple>
#include <type_traits>

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
        if constexpr (std::endian::native == std::endian::big)
            word = __builtin_bswap32(word);
        std::memcpy(at, &word, sizeof word);
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

/// The bit of a frame that arrives flipped: the last one asked for; a copy has its original's.
class Flips {
public:
    void note(const Record& r)
    {
        if (r.kind != RecordKind::PacketChanged)
            return;
        if (r.reason == Reason::ChangedCorrupted)
            bits_[r.packet] = r.value;
        else if (const auto original = bits_.find(r.packet);
                 r.reason == Reason::ChangedDuplicated && original != bits_.end())
            bits_[PacketId(static_cast<std::uint32_t>(r.value))] = original->second;
    }
    std::optional<std::uint64_t> of(PacketId packet) const
    {
        const auto bit = bits_.find(packet);
        return bit == bits_.end() ? std::nullopt : std::optional(bit->second);
    }

private:
    std::map<PacketId, std::uint64_t> bits_;
};

/// Why it was sent, in the stable words of the trace, with the clause; and why it did not arrive. Plain English for whatever reads
/// it: "sent-syn-ack; RFC 9293 §3.10.7.2, third".
std::string commentFor(Reason cause, Reason lost)
{
    std::string comment(toString(cause));
    if (const std::string_view clause = clauseOf(cause); !clause.empty())
        comment += "; " + std::string(clause);
    if (lost != Reason::None)
        comment += "; " + std::string(toString(lost));
    return comment;
}

/// A frame as a tap sees it.
struct Seen {
    SimTime at;
    PacketId packet;
    std::uint32_t interface = 0;
    bool inbound = false;
    Reason lost = Reason::None;                ///< why it does not arrive
    std::optional<std::uint64_t> flipped = {}; ///< a bit of it, on its way
};

class FrameWriter {
public:
    /// `directed`: the tap is at a node.
    FrameWriter(Blocks& blocks, const Trace& trace, bool directed)
        : block_(blocks)
        , packets_(trace.packetStore())
        , directed_(directed)
    {}
    void write(const Seen& seen)
    {
        const WireFrame frame = packets_.lookAt(seen.packet);
        std::uint32_t flags = static_cast<std::uint32_t>(kFcsSize) << kFcsLengthShift;
        if (directed_)
            flags |= seen.inbound ? kInbound : kOutbound;
        const bool damaged = seen.flipped && *seen.flipped / 8 < frame.size();
        if (damaged)
            flags |= kCrcError;
        block_.begin(EnhancedPacket);
        const std::uint64_t stamp = kEpochNs + static_cast<std::uint64_t>(seen.at.ns());
        const auto size = static_cast<std::uint32_t>(frame.size()); // captured, and on the wire
        block_.u32s(seen.interface, static_cast<std::uint32_t>(stamp >> 32),
                    static_cast<std::uint32_t>(stamp & 0xffffffff), size, size);
        block_.frame(frame, damaged ? seen.flipped : std::nullopt);
        comment(seen);
        block_.u16s(EpbFlags, 4);
        block_.u32s(flags);
        block_.end();
    }

private:
    void comment(const Seen& seen)
    {
        const Reason cause = packets_.cause(seen.packet);
        if (seen.lost != Reason::None) {
            block_.option(Comment, commentFor(cause, seen.lost));
            return;
        }
        std::string& known = comments_[static_cast<std::size_t>(cause)];
        if (known.empty())
            known = commentFor(cause, Reason::None);
        block_.option(Comment, known);
    }

    static constexpr std::size_t kReasons = std::numeric_limits<std::underlying_type_t<Reason>>::max() + std::size_t{1};
    Blocks& block_;
    const PacketStore& packets_;
    std::array<std::string, kReasons> comments_; ///< of what did not get lost: nearly all have one of a few causes
    bool directed_;
};

/// Puts in order of time what is told in order of the record: a frame that waits for its cable is told before it is seen. What is
/// seen at one instant keeps its order.
class InOrder {
public:
    explicit InOrder(FrameWriter& out)
        : out_(out)
    {}
    InOrder(const InOrder&) = delete;
    InOrder& operator=(const InOrder&) = delete;
    ~InOrder() { reach(SimTime::never()); }

    /// Nothing will be added any more that is seen before this instant.
    void reach(SimTime now)
    {
        for (; !waiting_.empty() && waiting_.front().at <= now; waiting_.pop_front())
            out_.write(waiting_.front());
    }
    void add(const Seen& seen)
    {
        const auto later = [](SimTime at, const Seen& other) { return at < other.at; };
        if (waiting_.empty() || waiting_.back().at <= seen.at)
            waiting_.push_back(seen); // on one cable always
        else
            waiting_.insert(std::upper_bound(waiting_.begin(), waiting_.end(), seen.at, later), seen);
    }

private:
    FrameWriter& out_;
    std::deque<Seen> waiting_;
};

// Copies and segments out of nowhere come into being farther on; what found the queue full never left.
bool hasLeft(const Trace& trace, const PacketInfo& p)
{
    return p.txStart <= trace.end() && p.lossReason != Reason::LostQueueFull;
}

Reason whyLost(const PacketInfo& p)
{
    return p.fate == Fate::Lost ? p.lossReason : Reason::None;
}

/// The node's port at the packet's link.
std::uint32_t portOf(const Trace& trace, NodeId node, LinkId link)
{
    if (link.value() >= trace.links().size())
        return 0;
    const TraceLink& cable = trace.links()[link.value()];
    return cable.a == node ? cable.aPort : cable.bPort;
}

/// At nodes; `firstOf` gives a node's first interface, or none for nodes that are not tapped.
template <class FirstOf>
void writeSeenAt(Blocks& blocks, const Trace& trace, FirstOf firstOf)
{
    FrameWriter writer(blocks, trace, true);
    InOrder seen(writer);
    Flips flips;
    for (const Record& r : trace.records()) {
        flips.note(r);
        if (r.kind != RecordKind::PacketArrived && r.kind != RecordKind::PacketSent)
            continue;
        const std::optional<std::uint32_t> first = firstOf(r.host);
        if (!first)
            continue;
        const PacketStore& packets = trace.packetStore();
        const std::uint32_t interface = *first + portOf(trace, r.host, packets.link(r.packet));
        seen.reach(r.at);
        if (r.kind == RecordKind::PacketArrived)
            seen.add({r.at, r.packet, interface, true, Reason::None, flips.of(r.packet)});
        else if (const PacketInfo p = packets.life(r.packet); !p.copyOf && !p.injected && hasLeft(trace, p))
            seen.add({p.txStart, r.packet, interface, false, whyLost(p)});
    }
}

/// On cables; `interfaceOf` gives none for those that are not tapped.
template <class InterfaceOf>
void writeSeenOn(Blocks& blocks, const Trace& trace, InterfaceOf interfaceOf)
{
    FrameWriter writer(blocks, trace, false);
    InOrder seen(writer);
    for (std::size_t i = 0; i < trace.packetStore().size(); ++i) {
        const PacketInfo p = trace.packetStore().life(PacketId(static_cast<std::uint32_t>(i)));
        if (!p.copyOf) // which is told of when it is decided, perhaps long before
            seen.reach(p.sentAt);
        if (const std::optional<std::uint32_t> interface = interfaceOf(p.link); interface && hasLeft(trace, p))
            seen.add({p.txStart, p.id, *interface, false, whyLost(p)});
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
    writeSeenAt(blocks, trace,
                [node](NodeId at) { return at == node ? std::optional<std::uint32_t>(0) : std::nullopt; });
}

void writePcapng(std::ostream& out, const Trace& trace, LinkId link)
{
    Blocks blocks(out);
    writeSectionHeader(blocks);
    writeInterface(blocks, link.value() < trace.links().size() ? nameOf(trace, trace.links()[link.value()]) : "");
    writeSeenOn(blocks, trace,
                [link](LinkId on) { return on == link ? std::optional<std::uint32_t>(0) : std::nullopt; });
}

void writePcapngOfAllNodes(std::ostream& out, const Trace& trace)
{
    Blocks blocks(out);
    writeSectionHeader(blocks);
    std::vector<std::uint32_t> first; // a node's first interface
    std::uint32_t interfaces = 0;
    for (std::size_t i = 0; i < trace.nodes().size(); ++i) {
        first.push_back(interfaces);
        for (const std::string& name : interfaceNames(trace, NodeId(static_cast<std::uint8_t>(i)))) {
            writeInterface(blocks, name);
            ++interfaces;
        }
    }
    writeSeenAt(blocks, trace, [&first](NodeId at) {
        return at.value() < first.size() ? std::optional(first[at.value()]) : std::nullopt;
    });
}

void writePcapngOfAllLinks(std::ostream& out, const Trace& trace)
{
    Blocks blocks(out);
    writeSectionHeader(blocks);
    for (const TraceLink& link : trace.links())
        writeInterface(blocks, nameOf(trace, link));
    writeSeenOn(blocks, trace, [&trace](LinkId on) {
        return on.value() < trace.links().size() ? std::optional<std::uint32_t>(on.value()) : std::nullopt;
    });
}

} // namespace packetarium
