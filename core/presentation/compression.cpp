// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/presentation/presentation.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <stdexcept>

namespace packetarium {

namespace {

constexpr int kGzipWindow = 15 + 16; // the largest window, with the header of gzip instead of zlib's (zlib.h)
constexpr int kUnknownSystem = 255;  // RFC 1952 §2.3.1, OS

/// zlib counts what it is given in unsigned int.
void give(z_stream& stream, ByteView& input)
{
    const std::size_t size = std::min<std::size_t>(input.size(), std::numeric_limits<uInt>::max());
    stream.next_in = const_cast<Bytef*>(input.data()); // zlib does not write there
    stream.avail_in = static_cast<uInt>(size);
    input = input.subspan(size);
}

class Inflater {
public:
    Inflater()
    {
        if (inflateInit2(&stream_, kGzipWindow) != Z_OK)
            throw std::runtime_error("zlib cannot begin to inflate");
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&stream_); }
    z_stream& stream() { return stream_; }

private:
    z_stream stream_{};
};

class Deflater {
public:
    Deflater()
    {
        if (deflateInit2(&stream_, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
            throw std::runtime_error("zlib cannot begin to deflate");
        header_.os = kUnknownSystem;
        deflateSetHeader(&stream_, &header_);
    }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;
    ~Deflater() { deflateEnd(&stream_); }
    z_stream& stream() { return stream_; }

private:
    z_stream stream_{};
    gz_header header_{};
};

} // namespace

Bytes gzip(ByteView octets)
{
    Deflater deflater;
    z_stream& stream = deflater.stream();
    Bytes out;
    std::array<std::uint8_t, 16384> buffer{};
    for (int result = Z_OK; result != Z_STREAM_END;) {
        if (stream.avail_in == 0)
            give(stream, octets);
        stream.next_out = buffer.data();
        stream.avail_out = static_cast<uInt>(buffer.size());
        result = deflate(&stream, octets.empty() ? Z_FINISH : Z_NO_FLUSH);
        if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
            throw std::runtime_error("zlib cannot deflate");
        out.insert(out.end(), buffer.data(), stream.next_out);
    }
    return out;
}

std::optional<Bytes> gunzip(ByteView octets, std::size_t limit)
{
    Inflater inflater;
    z_stream& stream = inflater.stream();
    Bytes out;
    std::array<std::uint8_t, 16384> buffer{};
    for (;;) {
        if (stream.avail_in == 0)
            give(stream, octets);
        stream.next_out = buffer.data();
        stream.avail_out = static_cast<uInt>(buffer.size());
        const int result = inflate(&stream, Z_NO_FLUSH);
        const std::size_t made = buffer.size() - stream.avail_out;
        if ((result != Z_OK && result != Z_STREAM_END) || made > limit - out.size())
            return std::nullopt; // Z_BUF_ERROR: it ends too early
        out.insert(out.end(), buffer.data(), stream.next_out);
        if (result != Z_STREAM_END)
            continue;
        if (stream.avail_in == 0 && octets.empty())
            return out;
        if (inflateReset(&stream) != Z_OK) // RFC 1952 §2.2: one member after another
            return std::nullopt;
    }
}

} // namespace packetarium
