// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What session*.cpp share: reading arguments from JSON, forgiving in how they
// are spelt, and writing answers.

#include "core/base/result.h"
#include "core/endpoint/socket_host.h"

#include <nlohmann/json.hpp>

namespace packetarium::endpoint {

using Json = nlohmann::ordered_json;

/// What is wrong with a request, for whoever writes the harness.
struct Mistake {
    std::string what;
    Errno error = Errno::Invalid; ///< of a call
};

Mistake missing(std::string_view key);
Mistake unusable(std::string_view key, std::string_view range = {}); ///< range: what it may be, in words
bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words);

/// What is to be known of a line before it is read as a whole.
struct LineCheck {
    bool json = false;
    std::string broken; ///< why it is not read at all
    std::string twice;  ///< a key that stands twice in one object, of which the library would keep the last
};
LineCheck checkLine(std::string_view line);

/// The arguments of a request: those under `args`, then those beside it.
class Arguments {
public:
    explicit Arguments(const Json& request);
    /// The first of these keys that is there and not null.
    const Json* find(std::initializer_list<std::string_view> keys) const;
    /// "args.fd", or "fd" if it stands beside `args`.
    std::string pathOf(const Json* found) const;
    /// That one of what was looked for is there under two names, in words.
    const std::optional<std::string>& twice() const { return twice_; }

private:
    const Json* inner_ = nullptr;
    const Json* outer_ = nullptr;
    mutable std::optional<std::string> twice_;
};

/// What a request holds that it may not: a key that is neither one of `beside` nor of `arguments`, or of `arguments` in `args`; or
/// an `args` that is no object. Said in words.
std::optional<std::string> strangeIn(const Json& request, std::initializer_list<std::string_view> beside,
                                     std::span<const std::string_view> arguments);
/// A key of `object` that is none of `known`; `path` is where the object stands.
std::optional<Mistake> strangeInside(const Json& object, const std::string& path,
                                     std::initializer_list<std::string_view> known);
/// The keys of a call's arguments.
std::vector<std::string_view> argumentsOf(Fn fn);

std::optional<std::int64_t> integerOf(const Json& value); ///< also 3.0, "3", true
std::optional<bool> flagOf(const Json& value);            ///< also 0, 1, "on", "off", "yes", "no"
std::string lowerCase(std::string_view text);
std::optional<Bytes> bytesOfHex(std::string_view hex); ///< spaces and colons may stand between octets
std::optional<Mistake> readHex(const Json& hex, Bytes& bytes);
/// An address and a port, in whichever way they are written.
std::optional<Mistake> readEnds(const Arguments& arguments, Call& call);
/// Which of the two is not there, unless AF_UNSPEC stands for both.
std::optional<Mistake> missingEnd(const Call& call);
/// The name of an option, and its value if it is to be set.
std::optional<Mistake> readOption(const Arguments& arguments, Call& call, bool withValue);
std::string hexOf(ByteView bytes);
Json microseconds(SimTime time);
/// "until_us" and the like: whole, from 0 to the end of time.
constexpr std::int64_t kLastMicrosecond = 9'000'000'000'000'000;
std::optional<std::int64_t> microsecondsOf(const Json& value);

// session_setup.cpp
Result<HostSetup, Mistake> hostSetupOf(const Json& host);
// session_calls.cpp
Result<Call, Mistake> callOf(Fn fn, const Arguments& arguments);
/// Writes `answer` behind what `reply` holds already.
void writeAnswer(Json& reply, const Answer& answer, Fn fn);
// session_info.cpp
Json connectionInfo(const SocketHost& host, ConnId conn);
Json socketInfo(const SocketHost& host, int fd, const Socket& socket);
Json hostInfo(const SocketHost& host);

} // namespace packetarium::endpoint
