// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The parts of the fields' words: labelOf and explain of a FieldId ask each
// part in turn. A part gives empty words for a field that is not its own; that
// none is forgotten, tests/core/catalogue_test.cpp watches.

#include "ui/i18n/catalogue_words.h"

namespace packetarium {

/// ARP, IPv6, ICMP and ICMPv6, UDP, TCP's options, fragments (catalogue_fields_net*.cpp).
Words networkFieldLabel(FieldId field);
Words networkFieldWords(FieldId field);
/// DNS, HTTP, TLS-shaped records (catalogue_fields_app.cpp).
Words applicationFieldLabel(FieldId field);
Words applicationFieldWords(FieldId field);

} // namespace packetarium
