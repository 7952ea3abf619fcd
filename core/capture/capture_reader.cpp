// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/capture_reader.h"

#include <pcap/pcap.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace packetarium {
namespace {

constexpr std::int64_t kNsPerSecond = 1'000'000'000;
/// Stamps beyond the year 2223 are nonsense; in nanoseconds there is room behind them to reckon in. pcapng could count further
/// than 64 bits of nanoseconds go (2262).
constexpr std::int64_t kLastSecond = 8'000'000'000;
/// pcap counts seconds in 32 bits without a sign, up to 2106 (draft-ietf-opsawg-pcap §5); libpcap takes them for signed ones.
constexpr std::int64_t kSecondsOfPcap = std::int64_t{1} << 32;
constexpr int kPcapngStart = 0x0a; ///< the first octet of every pcapng file, and of no pcap file

CaptureLink linkOf(int type)
{
    switch (type) {
    case DLT_EN10MB: return CaptureLink::Ethernet;
    case DLT_RAW:
    case DLT_IPV4:
    case DLT_IPV6: return CaptureLink::RawIp;
    case DLT_NULL:
    case DLT_LOOP: return CaptureLink::Null;
    case DLT_LINUX_SLL: return CaptureLink::LinuxCooked;
    case DLT_LINUX_SLL2: return CaptureLink::LinuxCooked2;
    default: return CaptureLink::Unknown;
    }
}

std::string nameOfLink(int type)
{
    const char* description = pcap_datalink_val_to_description(type);
    return description != nullptr ? std::string(description) : std::to_string(type);
}

std::uint64_t sizeOf(std::FILE* stream)
{
    if (fseeko(stream, 0, SEEK_END) != 0)
        return 0;
    const off_t end = ftello(stream);
    rewind(stream);
    return end > 0 ? static_cast<std::uint64_t>(end) : 0;
}

/// The octet that comes next, which stays there; EOF if there is none.
int peek(std::FILE* stream)
{
    const int octet = std::getc(stream);
    return octet == EOF ? EOF : std::ungetc(octet, stream);
}

} // namespace

struct CaptureReader::Impl {
    pcap_t* pcap = nullptr;
    CaptureLink link = CaptureLink::Unknown;
    std::uint64_t size = 0;
    std::string trouble;
    bool ended = false;
    bool isPcapng = false;

    Impl() = default;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl()
    {
        if (pcap != nullptr)
            pcap_close(pcap); // and the stream with it
    }
};

CaptureReader::CaptureReader(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl))
{}
CaptureReader::CaptureReader(CaptureReader&&) noexcept = default;
CaptureReader& CaptureReader::operator=(CaptureReader&&) noexcept = default;
CaptureReader::~CaptureReader() = default;

Result<CaptureReader, InputError> CaptureReader::open(const std::string& file)
{
    errno = 0;
    std::FILE* stream = std::fopen(file.c_str(), "rb");
    if (stream == nullptr)
        return errno == ENOENT ? InputError{InputErrorId::FileNotFound, {}, file}
                               : InputError{InputErrorId::FileUnreadable, {std::strerror(errno)}, file};
    return open(stream, file);
}

Result<CaptureReader, InputError> CaptureReader::open(std::FILE* stream, const std::string& name)
{
    auto impl = std::make_unique<Impl>();
    impl->size = sizeOf(stream);
    const int first = peek(stream);
    if (first == EOF && std::feof(stream) != 0) {
        std::fclose(stream);
        return InputError{InputErrorId::CaptureEmpty, {"0"}, name};
    }
    impl->isPcapng = first == kPcapngStart;
    std::array<char, PCAP_ERRBUF_SIZE> words{};
    impl->pcap = pcap_fopen_offline_with_tstamp_precision(stream, PCAP_TSTAMP_PRECISION_NANO, words.data());
    if (impl->pcap == nullptr) {
        std::fclose(stream);
        return InputError{InputErrorId::NotACapture, {words.data()}, name};
    }
    const int type = pcap_datalink(impl->pcap);
    impl->link = linkOf(type);
    if (impl->link == CaptureLink::Unknown)
        return InputError{InputErrorId::CaptureLinkType, {nameOfLink(type)}, name};
    return CaptureReader(std::move(impl));
}

std::optional<CapturedPacket> CaptureReader::next()
{
    Impl& d = *impl_;
    if (d.ended)
        return std::nullopt;
    pcap_pkthdr* header = nullptr;
    const u_char* bytes = nullptr;
    const int result = pcap_next_ex(d.pcap, &header, &bytes);
    if (result != 1) {
        d.ended = true;
        if (result != PCAP_ERROR_BREAK)
            d.trouble = pcap_geterr(d.pcap);
        return std::nullopt;
    }
    std::int64_t second = header->ts.tv_sec;
    if (second < 0 && !d.isPcapng)
        second += kSecondsOfPcap;
    second = std::clamp<std::int64_t>(second, 0, kLastSecond);
    const std::int64_t ns = std::clamp<std::int64_t>(header->ts.tv_usec, 0, kNsPerSecond - 1);
    return CapturedPacket{second * kNsPerSecond + ns, d.link, ByteView(bytes, header->caplen),
                          std::max(header->len, header->caplen)};
}

const std::string& CaptureReader::trouble() const
{
    return impl_->trouble;
}

std::uint64_t CaptureReader::position() const
{
    std::FILE* stream = pcap_file(impl_->pcap);
    const off_t at = stream == nullptr ? 0 : ftello(stream);
    return at > 0 ? static_cast<std::uint64_t>(at) : 0;
}

std::uint64_t CaptureReader::size() const
{
    return impl_->size;
}

bool looksLikeCapture(ByteView start)
{
    if (start.size() < 4)
        return false;
    constexpr std::array<std::array<std::uint8_t, 4>, 5> kMagics{{
        {0x0a, 0x0d, 0x0d, 0x0a}, // pcapng
        {0xa1, 0xb2, 0xc3, 0xd4}, // pcap, microseconds, most significant octet first
        {0xd4, 0xc3, 0xb2, 0xa1},
        {0xa1, 0xb2, 0x3c, 0x4d}, // nanoseconds
        {0x4d, 0x3c, 0xb2, 0xa1},
    }};
    return std::any_of(kMagics.begin(), kMagics.end(),
                       [&](const auto& magic) { return std::equal(magic.begin(), magic.end(), start.begin()); });
}

bool isNamedLikeCapture(std::string_view name)
{
    constexpr std::array<std::string_view, 3> kEndings{".pcap", ".pcapng", ".cap"};
    std::string small(name);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::any_of(kEndings.begin(), kEndings.end(),
                       [&](std::string_view ending) { return small.ends_with(ending); });
}

} // namespace packetarium
