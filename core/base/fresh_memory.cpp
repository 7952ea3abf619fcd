// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/fresh_memory.h"

#include <cstdint>

#if defined(__linux__)
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace packetarium {

void touchFresh(void* at, std::size_t octets)
{
#if defined(MADV_POPULATE_WRITE)
    static const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    const std::uintptr_t first = (reinterpret_cast<std::uintptr_t>(at) + page - 1) / page * page;
    const std::uintptr_t end = (reinterpret_cast<std::uintptr_t>(at) + octets) / page * page;
    if (first < end) // where the system does not know how (Linux before 5.14), faults do it
        (void)madvise(reinterpret_cast<void*>(first), end - first, MADV_POPULATE_WRITE);
#else
    (void)at;
    (void)octets;
#endif
}

} // namespace packetarium
