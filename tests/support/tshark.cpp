// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/tshark.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

namespace packetarium {
namespace {

std::string run(const std::string& command)
{
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    std::string output;
    std::array<char, 4096> part{};
    while (pipe != nullptr && std::fgets(part.data(), static_cast<int>(part.size()), pipe.get()) != nullptr)
        output += part.data();
    return output;
}

} // namespace

bool hasTshark()
{
    static const bool found = !run("command -v tshark").empty();
    return found;
}

std::string tshark(const std::string& capture, const std::string& arguments)
{
    static int count = 0;
    const std::string name = "packetarium-test-" + std::to_string(getpid()) + "-" + std::to_string(count++) + ".pcapng";
    const std::filesystem::path file = std::filesystem::temp_directory_path() / name;
    std::ofstream(file, std::ios::binary) << capture;
    const std::string output =
        run("tshark -r '" + file.string() +
            "' -o eth.check_fcs:TRUE -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE " +
            arguments + " 2>&1");
    std::filesystem::remove(file);
    return output;
}

std::string framesWithProblems(const std::string& capture)
{
    const std::string filter =
        "((_ws.malformed && !tcp.analysis.retransmission)" // what it has already put together comes again
        " || eth.fcs.status == 0 || ip.checksum.status == 0"
        " || (tcp.checksum.status == 0 && !icmp)" // a segment quoted by an ICMP error is cut short
        " || udp.checksum.status == 0 || icmp.checksum.status == 0 || icmpv6.checksum.status == 0"
        " || (_ws.expert.severity >= \"Warning\" && !tcp.analysis.flags && !tcp.connection.rst"
        " && !(icmp && tcp.checksum.status == 0)"
        " && !icmp.resp_not_found && !icmpv6.resp_not_found"
        " && !dns.retransmission))" // a switch or router has each query on two cables
        " && frame.packet_flags_crc_error == 0";
    const std::string text =
        tshark(capture, "-Y '" + filter + "' -T fields -E separator=/s -e frame.number -e _ws.expert.message");
    std::string frames; // but not what tshark says of being run by the superuser
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
        if (text.compare(at, 7, "Running") != 0)
            frames += text.substr(at, end - at);
        at = end;
    }
    return frames;
}

} // namespace packetarium
