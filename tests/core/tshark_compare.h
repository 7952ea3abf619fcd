// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Wireshark's reading of a frame, field by field, against our own tree.

#include "core/capture/pcapng_writer.h"
#include "tests/core/wire_tree.h"
#include "tests/support/tshark.h"

#include <algorithm>
#include <sstream>

namespace packetarium::test {

/// A capture of frames that one host sent, a millisecond apart.
inline std::string captureOf(const std::vector<Bytes>& frames)
{
    Trace trace;
    TraceNode host;
    host.name = "client";
    trace.setNodes({host, host});
    for (std::size_t i = 0; i < frames.size(); ++i) {
        PacketInfo info;
        info.from = NodeId(0);
        info.to = NodeId(1);
        info.txStart = SimTime::fromNs(static_cast<std::int64_t>(i) * 1'000'000);
        Record sent;
        sent.at = info.txStart;
        sent.kind = RecordKind::PacketSent;
        sent.packet = trace.addPacket(info, frames[i]);
        sent.host = info.from;
        trace.append(sent);
        trace.setEnd(sent.at);
    }
    std::ostringstream file;
    writePcapng(file, trace);
    return file.str();
}

/// What tshark says of these fields of the first frame that has any; several values with commas between them.
inline std::vector<std::string> tsharkFields(const std::string& capture, const std::string& filter,
                                             const std::vector<std::string>& names)
{
    std::string arguments = "-Y '" + filter + "' -T fields -E 'separator=|' -E occurrence=a -E 'aggregator=,'";
    for (const std::string& name : names)
        arguments += " -e " + name;
    const std::string output = tshark(capture, arguments);
    INFO(output);
    std::istringstream lines(output);
    std::string line;
    while (std::getline(lines, line) && line.find('|') == std::string::npos) {}
    std::vector<std::string> values;
    for (std::size_t at = 0; at <= line.size();) {
        const std::size_t end = std::min(line.find('|', at), line.size());
        values.push_back(line.substr(at, end - at));
        at = end + 1;
    }
    REQUIRE(values.size() == names.size());
    return values;
}

struct Shown {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(std::uint64_t n) const { return std::to_string(n); }
    std::string operator()(Ipv4Address a) const { return a.toString(); }
    std::string operator()(const Ipv6Address& a) const { return a.toString(); }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const MacAddress& a) const { return a.toString(); }
    std::string operator()(const ChecksumValue& sum) const { return std::to_string(sum.value); }
    template <typename T>
    std::string operator()(const T&) const
    {
        return "?";
    }
};

/// The values of all fields of this id under `fields`, in their order, with commas between them.
inline std::string treeValues(const std::vector<Field>& fields, FieldId id)
{
    std::string values;
    for (const Field& field : fields) {
        std::string value = field.id == id ? std::visit(Shown{}, field.value) : std::string();
        const std::string inside = treeValues(field.children, id);
        value += (value.empty() || inside.empty() ? "" : ",") + inside;
        if (!value.empty())
            values += (values.empty() ? "" : ",") + value;
    }
    return values;
}

/// Numbers as decimal ones, and no difference between True and 1 (tshark's versions differ).
inline std::string normal(const std::string& values)
{
    std::string out;
    std::istringstream parts(values);
    for (std::string part; std::getline(parts, part, ',');) {
        if (part.starts_with("0x"))
            part = std::to_string(std::stoul(part, nullptr, 16));
        else if (part == "True" || part == "False")
            part = part == "True" ? "1" : "0";
        out += (out.empty() ? "" : ",") + part;
    }
    return out;
}

struct Pair {
    const char* name; ///< tshark's
    FieldId id;
};

/// One frame with nothing wrong in it, in which every field has the same values here and there.
inline void compare(const Bytes& frame, const std::string& filter, const std::vector<Pair>& pairs)
{
    const std::string capture = captureOf({frame});
    CHECK(framesWithProblems(capture).empty());
    std::vector<std::string> names;
    for (const Pair& pair : pairs)
        names.push_back(pair.name);
    const std::vector<std::string> theirs = tsharkFields(capture, filter, names);
    const std::vector<Field> nodes = dissect(frame);
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        INFO(pairs[i].name);
        const std::string ours = treeValues(nodes, pairs[i].id);
        CHECK_FALSE(ours.empty());
        CHECK(normal(theirs[i]) == ours);
    }
}

inline bool withoutTshark()
{
    if (!hasTshark())
        WARN("tshark is not installed");
    return !hasTshark();
}

} // namespace packetarium::test
