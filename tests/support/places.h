// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where a test finds what it reads and runs. The build writes the definition.

#include <filesystem>

namespace packetarium::test {

std::filesystem::path sourceRoot(); ///< the checkout: resources/, tests/golden/ ...
std::filesystem::path binDir();     ///< the programs just built: packetarium-cli ...
std::filesystem::path scratchDir(); ///< a folder of the build for files that tests write; exists

} // namespace packetarium::test
