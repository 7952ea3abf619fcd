// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A capture file, packet by packet: pcap and pcapng, read by libpcap. What is
// broken ends it; what came before stands.

#include "core/base/input_error.h"
#include "core/base/result.h"
#include "core/capture/frame_facts.h"

#include <atomic>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace packetarium {

/// How far a reader is, for whoever waits; and the way to stop it. Shared between two threads.
struct CaptureProgress {
    static constexpr std::uint64_t kEvery = 2048; ///< packets between two looks at it
    std::atomic<std::uint64_t> done{0}, total{0}; ///< octets of the file
    std::atomic<bool> cancelled{false};
};

struct CapturedPacket {
    std::int64_t ns = 0; ///< since 1970, up to the year 2223
    CaptureLink link = CaptureLink::Unknown;
    ByteView bytes; ///< good until the next one is read
    std::uint32_t wireLength = 0;
    bool complete() const { return bytes.size() >= wireLength; }
};

class CaptureReader {
public:
    static Result<CaptureReader, InputError> open(const std::string& file);
    /// Takes the stream over.
    static Result<CaptureReader, InputError> open(std::FILE* stream, const std::string& name);
    CaptureReader(CaptureReader&&) noexcept;
    CaptureReader& operator=(CaptureReader&&) noexcept;
    ~CaptureReader();

    /// The next packet; nothing at the end, or where the file is broken.
    std::optional<CapturedPacket> next();
    /// What libpcap says is wrong with the file after the packets that could be read; empty if it ends as it should.
    const std::string& trouble() const;
    std::uint64_t position() const; ///< octets read
    std::uint64_t size() const;

private:
    struct Impl;
    explicit CaptureReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// It begins like a pcap or pcapng file.
bool looksLikeCapture(ByteView start);
/// Its name ends like a capture's: what a file that is too short to begin like anything was meant to be.
bool isNamedLikeCapture(std::string_view name);

} // namespace packetarium
