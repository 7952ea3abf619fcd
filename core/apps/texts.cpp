// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/texts.h"

#include "core/wire/bytes.h"

namespace packetarium {

Texts::Channel& Texts::channelOf(const AppContext& app, ConnId conn)
{
    const auto known = channels_.find(conn);
    if (known != channels_.end())
        return known->second;
    Channel& channel = channels_[conn];
    if (const Connection* tcp = app.host.connection(conn)) {
        const bool active = !tcp->openedPassively();
        channel.myTurn = active;
        channel.sealing.emplace(keyFor(*tcp, active));
        channel.opening.emplace(keyFor(*tcp, !active));
    }
    return channel;
}

Bytes Texts::keyFor(const Connection& tcp, bool fromActive) const
{
    const bool active = !tcp.openedPassively();
    Bytes secret = secret_;
    appendU32(secret, (active ? tcp.iss() : tcp.irs()).value());
    appendU32(secret, (active ? tcp.irs() : tcp.iss()).value());
    secret.push_back(fromActive ? 'a' : 'p');
    return secret;
}

void Texts::send(const AppContext& app, const DoSendText& asked)
{
    const ConnId conn = app.host.currentId();
    const Connection* tcp = app.host.connection(conn);
    if (tcp != nullptr && (tcp->state() == TcpState::SynSent || tcp->state() == TcpState::SynReceived))
        early_.emplace_back(conn, asked);
    else if (tcp != nullptr && tcp->state() >= TcpState::Established)
        sendOn(app, conn, asked);
    else
        app.host.sendOn(app.cx, ConnId::none(), {}); // says that there is no connection
}

void Texts::onOpened(const AppContext& app, ConnId conn)
{
    const std::vector<std::pair<ConnId, DoSendText>> early = std::exchange(early_, {});
    for (const auto& [on, text] : early) {
        if (on == conn)
            sendOn(app, conn, text);
        else
            early_.emplace_back(on, text);
    }
}

void Texts::onEnd(ConnId conn)
{
    channels_.erase(conn);
    std::erase_if(early_, [&](const auto& text) { return text.first == conn; });
}

void Texts::forget()
{
    channels_.clear();
    early_.clear();
}

void Texts::sendOn(const AppContext& app, ConnId conn, const DoSendText& asked)
{
    Channel& channel = channelOf(app, conn);
    if (!asked.halfDuplex) {
        transmit(app, conn, channel, asked);
        return;
    }
    // Who has not said how it reads reads as it writes; else it would never hear that its turn has come.
    if (!reader_)
        reader_ = DoReadText{asked.charset, asked.gzip, asked.encrypt};
    channel.waiting.push_back(asked);
    speak(app, conn, channel);
}

void Texts::speak(const AppContext& app, ConnId conn, Channel& channel)
{
    if (!channel.myTurn || channel.waiting.empty())
        return;
    const DoSendText text = std::move(channel.waiting.front());
    channel.waiting.pop_front();
    channel.myTurn = false;
    noteProgram(app, ProgramEvent::TurnTaken, {.text = text.text, .conn = conn});
    transmit(app, conn, channel, text);
}

void Texts::transmit(const AppContext& app, ConnId conn, Channel& channel, const DoSendText& text)
{
    std::optional<Bytes> octets = encodeText(text.text, text.charset);
    if (!octets || octets->size() > kMostOctets) {
        noteProgram(app, ProgramEvent::TextEncoded,
                    {.text = text.charset, .trouble = ProgramTrouble::BadAnswer, .conn = conn});
        return;
    }
    noteProgram(app, ProgramEvent::TextEncoded, {.value = octets->size(), .text = text.charset, .conn = conn});
    if (text.gzip) {
        octets = gzip(*octets);
        noteProgram(app, ProgramEvent::TextCompressed, {.value = octets->size(), .text = "gzip", .conn = conn});
    }
    Bytes framed;
    appendU32(framed, static_cast<std::uint32_t>(octets->size()));
    framed.insert(framed.end(), octets->begin(), octets->end());
    if (text.encrypt) {
        framed = channel.sealing->protect(framed);
        noteProgram(app, ProgramEvent::TextEncrypted,
                    {.value = framed.size(), .text = RecordProtection::kCipher, .conn = conn});
    }
    app.host.sendOn(app.cx, conn, framed);
}

void Texts::onData(const AppContext& app, ConnId conn, ByteView data)
{
    if (!reader_)
        return;
    Channel& channel = channelOf(app, conn);
    if (channel.lost) {
        decode(app, conn, data, false);
        return;
    }
    if (reader_->encrypt) {
        channel.stream.insert(channel.stream.end(), data.begin(), data.end());
        if (!openRecords(app, conn, channel))
            return;
    } else {
        channel.plain.insert(channel.plain.end(), data.begin(), data.end());
    }
    while (channel.plain.size() >= kLengthSize) {
        const std::uint32_t length = readU32(channel.plain, 0);
        if (length > kMostOctets) { // no length: this is not what the reader takes it for
            channel.lost = true;
            decode(app, conn, channel.plain, false);
            channel.plain.clear();
            return;
        }
        if (channel.plain.size() < kLengthSize + length)
            return;
        const auto from = channel.plain.begin() + kLengthSize;
        Bytes text(from, from + length);
        channel.plain.erase(channel.plain.begin(), from + length);
        show(app, conn, std::move(text));
        channel.myTurn = true;
        speak(app, conn, channel);
    }
}

/// False if what came is no record of this key: nothing after it can be read either.
bool Texts::openRecords(const AppContext& app, ConnId conn, Channel& channel)
{
    while (true) {
        const RecordProtection::Opened record = channel.opening->open(channel.stream);
        if (record.outcome == RecordProtection::Outcome::NeedMore)
            return true;
        if (record.outcome == RecordProtection::Outcome::Bad) {
            noteProgram(app, ProgramEvent::TextDecrypted,
                        {.text = RecordProtection::kCipher, .trouble = ProgramTrouble::BadKey, .conn = conn});
            channel.lost = true;
            decode(app, conn, channel.stream, false);
            channel.stream.clear();
            return false;
        }
        channel.stream.erase(channel.stream.begin(), channel.stream.begin() + static_cast<std::ptrdiff_t>(record.used));
        channel.plain.insert(channel.plain.end(), record.content.begin(), record.content.end());
        noteProgram(app, ProgramEvent::TextDecrypted,
                    {.value = record.content.size(), .text = RecordProtection::kCipher, .conn = conn});
    }
}

void Texts::show(const AppContext& app, ConnId conn, Bytes text)
{
    if (!reader_->gzip) {
        decode(app, conn, text, true);
        return;
    }
    const std::optional<Bytes> inflated = gunzip(text, kMostOctets);
    if (!inflated) {
        decode(app, conn, text, false);
        return;
    }
    noteProgram(app, ProgramEvent::TextInflated, {.value = inflated->size(), .text = "gzip", .conn = conn});
    decode(app, conn, *inflated, true);
}

void Texts::decode(const AppContext& app, ConnId conn, ByteView text, bool fits)
{
    const DecodedText decoded = decodeText(text, reader_->charset);
    std::uint64_t characters = 0;
    for (const char c : decoded.utf8)
        characters += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u ? 1u : 0u;
    const bool clean = decoded.clean && fits;
    noteProgram(app, clean ? ProgramEvent::TextDecoded : ProgramEvent::TextGarbled,
                {.value = characters, .text = decoded.utf8, .conn = conn});
}

} // namespace packetarium
