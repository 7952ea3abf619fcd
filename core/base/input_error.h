// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is wrong with something that came from outside: which mistake, where,
// and the words needed to say it. No prose: ui/i18n/catalogue.h turns it into
// one sentence in the reader's language.

#include <string>
#include <vector>

namespace packetarium {

enum class InputErrorId {
    FileNotFound,   ///< file
    FileUnreadable, ///< file; args: the system's reason
    FileUnwritable, ///< file; args: the system's reason
    FileTooLarge,   ///< file; args: size, limit (bytes)
    NotUtf8,        ///< file: bytes that are no UTF-8, or control characters
    NotYaml,        ///< args: the parser's own words
    YamlFeature, ///< args: a part of YAML that these files do without: "anchor", "alias", "tag", "documents", "complex-key", "escape"
    TooDeep,       ///< args: the most levels there may be
    WrongVersion,  ///< args: found, supported
    UnknownKey,    ///< args: key, where (a path such as "link"), the keys allowed there
    MissingKey,    ///< args: key, where
    DuplicateKey,  ///< args: key
    NotExactlyOne, ///< args: where, the keys of which one must stand there, those that do (may be empty)
    WrongType, ///< args: key, expected kind ("number", "text", "texts", "list", "map", "yes/no", "percentage", "name", "hex"), found text
    NotADuration,       ///< args: key, found ("20 ms" is expected)
    NotABandwidth,      ///< args: key, found ("10 Mbit/s" is expected)
    NotAnAddress,       ///< args: key, found
    NotAMac,            ///< args: key, found
    NotOneOf,           ///< args: key, found, the values allowed
    OutOfRange,         ///< args: key, found, least, most
    UnknownHost,        ///< args: found, the names there are
    DuplicateName,      ///< args: the name or address used twice
    TooMany,            ///< args: key, the most there may be
    UnknownScenario,    ///< args: name, the built-in names
    UnknownLesson,      ///< args: name, the built-in names
    UnknownPlaceholder, ///< args: placeholder, the ones allowed
    StepNeverHappens,   ///< args: step number (from 1), what it waits for
    ClaimNotShown,      ///< args: step number (from 1), the claim, what the run shows
    StepsOutOfOrder,    ///< args: step number (from 1)
    MissingTranslation, ///< args: key, language
    RunTooLong,         ///< args: events done; the run was stopped
    BadArgument,        ///< args: the argument, the command-line parser's own words
    UnknownOption,      ///< args: the option, the options there are
    UnknownCommand,     ///< args: the command, the commands there are
    MissingCommand,     ///< args: the commands there are
    MissingValue,       ///< args: the option that stands without its value
    MissingArgument,    ///< args: what is missing ("SCENARIO"), the command
    UnexpectedArgument, ///< args: the argument that is one too many
    RepeatedOption,     ///< args: the option that may stand only once
    // Networks. A node is a host, router, switch or hub; an end of a link is "client" or "r1.lan".
    NotAPrefix,       ///< args: key, found, what one looks like ("192.168.1.25/24")
    NotAnAnyAddress,  ///< args: key, found (an IPv4 or IPv6 address is expected)
    NotAnIpv6Address, ///< args: key, found
    NetworkAddress,   ///< args: key, the address, its prefix: it names the network itself
    BroadcastAddress, ///< args: key, the address, its prefix
    HostBits,         ///< args: key, found, the same with the host bits zero
    NotOnPrefix,      ///< args: key, the address, the prefixes that the node has (may be empty)
    OwnAddress,       ///< args: key, the address, which is the node's own
    DuplicateAddress, ///< args: key, the address, the node that has it already
    DuplicatePort,    ///< args: key, the port, used twice on one host
    UnknownNode,      ///< args: found, the names there are
    UnknownInterface, ///< args: found, the router, its interfaces
    InterfaceNeeded,  ///< args: the router, its interfaces: an end must say which
    NoInterfaces,     ///< args: found, the node, which is no router
    LinkToItself,     ///< args: key, the node
    LinkedTwice,      ///< args: key, the two nodes
    TwoCables,        ///< args: key, the end, which has a cable already
    SwitchLoop,       ///< args: key, the nodes of the loop in their order
    PrefixesDiffer,   ///< args: key, end, its prefix, another end joined to it, its prefix
    SamePrefixTwice,  ///< args: key, the prefix, the router's other interface that has it
    NotADomainName,   ///< args: key, found, why: "empty", "label", "long-label", "long", "character", "hyphen"
    NotInZone,        ///< args: key, the name, the zones (may be empty)
    NotAUrl,          ///< args: key, found, why: "scheme", "host", "port", "character"
    NotADestination,  ///< args: key, found, the nodes that have addresses
    NoSuchLink,       ///< args: key, the two ends
    NeedsNetwork,     ///< args: key; only a scenario with links can do it
    NoRoute,          ///< args: from, to, the node at which the way ends. A warning
    // Captures.
    NotACapture,      ///< file; args: the capture library's own words
    CaptureLinkType,  ///< file; args: the link type, as the capture library names it
    CaptureEmpty,     ///< file; args: packets in it, of which none carries IP or ARP; 0 also of a file without an octet
    CaptureBroken,    ///< file; args: the capture library's own words
    CaptureCancelled, ///< file
    NoSuchConversation, ///< args: found, how many there are
    NotForCaptures,     ///< args: an option that means something for scenarios only
};

struct InputError {
    InputErrorId id{};
    std::vector<std::string> args;
    std::string file;   ///< empty: not from a file
    int line = 0;       ///< from 1; 0: not known
    int column = 0;     ///< from 1; 0: not known
    std::string path{}; ///< in a scenario: the way to what is meant, "links[2].between[1]"; empty: not known

    bool operator==(const InputError&) const = default;
};

} // namespace packetarium
