// SPDX-License-Identifier: GPL-3.0-or-later
// Names of OSI's layers, and which protocol stands at a layer of a frame.
#include "ui/i18n/catalogue_layers.h"

#include "ui/i18n/catalogue_words.h"

#include <algorithm>

namespace packetarium {
namespace {

Words osiLabel(OsiLayer layer)
{
    switch (layer) {
    case OsiLayer::Physical: return {"Physical", "物理层"};
    case OsiLayer::DataLink: return {"Data link", "数据链路层"};
    case OsiLayer::Network: return {"Network", "网络层"};
    case OsiLayer::Transport: return {"Transport", "传输层"};
    case OsiLayer::Session: return {"Session", "会话层"};
    case OsiLayer::Presentation: return {"Presentation", "表示层"};
    case OsiLayer::Application: return {"Application", "应用层"};
    }
    return {};
}

Words osiWords(OsiLayer layer)
{
    switch (layer) {
    case OsiLayer::Physical: return {"Sends bits as a signal on the cable.", "把比特变成线路上的信号。"};
    case OsiLayer::DataLink:
        return {"Carries a frame to the next station on the same network, by MAC address.",
                "按 MAC 地址把帧送到同一网络中的下一站。"};
    case OsiLayer::Network:
        return {"Carries a packet across networks to the right host, by IP address.",
                "按 IP 地址把分组跨网络送到正确的主机。"};
    case OsiLayer::Transport:
        return {"Carries data between programs, by port number.", "按端口号在两端的程序之间传送数据。"};
    case OsiLayer::Session:
        return {"Opens, keeps in turn and ends a dialogue, and lets it resume at a checkpoint. On the internet the "
                "application does this itself.",
                "建立、管理和结束会话，并能从同步点继续。在互联网中，这由应用程序自己完成。"};
    case OsiLayer::Presentation:
        return {"Agrees on how data are written: characters, compression, encryption. On the internet the application "
                "does this itself.",
                "约定数据的表示方式：字符编码、压缩、加密。在互联网中，这由应用程序自己完成。"};
    case OsiLayer::Application: return {"What the programs say to each other.", "程序之间交谈的内容。"};
    }
    return {};
}

const Field* headerAt(const std::vector<Field>& nodes, Layer layer)
{
    const auto found = std::ranges::find_if(nodes, [layer](const Field& f) { return f.layer == layer; });
    return found == nodes.end() ? nullptr : &*found;
}

/// The header of an HTTP message of that name, in lower case; "" if there is none.
std::string httpField(ByteView frame, std::string_view name)
{
    const std::vector<Field> nodes = dissect(frame);
    const Field* http = headerAt(nodes, Layer::Application);
    if (http == nullptr || http->id != FieldId::Http)
        return {};
    const auto text = [&](const Field& f) {
        std::string s;
        for (std::uint32_t i = 0; i < f.byteLength() && f.byteOffset() + i < frame.size(); ++i)
            s += static_cast<char>(frame[f.byteOffset() + i]);
        std::ranges::transform(s, s.begin(),
                               [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
        return s;
    };
    for (const Field& line : http->children) {
        if (line.id != FieldId::HttpField)
            continue;
        std::string value;
        bool wanted = false;
        for (const Field& part : line.children) {
            if (part.id == FieldId::HttpFieldName)
                wanted = text(part).starts_with(name);
            else if (part.id == FieldId::HttpFieldValue)
                value = text(part);
        }
        const auto first = value.find_first_not_of(" \t");
        const auto last = value.find_last_not_of(" \t\r\n");
        if (wanted && first != std::string::npos)
            return value.substr(first, last - first + 1);
    }
    return {};
}

bool isHttpRequest(const Field& http)
{
    return std::ranges::any_of(http.children, [](const Field& line) {
        return line.id == FieldId::HttpMethod ||
               std::ranges::any_of(line.children, [](const Field& f) { return f.id == FieldId::HttpMethod; });
    });
}

} // namespace

std::string_view labelOf(OsiLayer layer, Language language)
{
    return osiLabel(layer).in(language);
}

std::string_view explain(OsiLayer layer, Language language)
{
    return osiWords(layer).in(language);
}

Layer tcpIpLayer(OsiLayer layer)
{
    switch (layer) {
    case OsiLayer::Physical: return Layer::Physical;
    case OsiLayer::DataLink: return Layer::Link;
    case OsiLayer::Network: return Layer::Internet;
    case OsiLayer::Transport: return Layer::Transport;
    case OsiLayer::Session:
    case OsiLayer::Presentation:
    case OsiLayer::Application: return Layer::Application;
    }
    return Layer::Application;
}

std::string protocolAt(ByteView frame, Layer layer, Language language)
{
    if (layer == Layer::Physical)
        return std::string(Words{"bits", "比特"}.in(language));
    std::string names;
    for (const Field& node : dissect(frame)) {
        if (node.layer != layer)
            continue;
        std::string_view name = labelOf(node.id, language);
        switch (node.id) {
        case FieldId::Ethernet: name = Words{"Ethernet", "以太网"}.in(language); break;
        case FieldId::Http: name = "HTTP"; break;
        case FieldId::Dns: name = "DNS"; break;
        case FieldId::TlsRecord: name = "TLS"; break;
        case FieldId::Payload: name = Words{"data", "数据"}.in(language); break;
        case FieldId::Undecoded: name = Words{"unknown", "未知"}.in(language); break;
        default: break;
        }
        // The innermost one first: it is what the layer is busy with.
        if (names.find(name) == std::string::npos)
            names = names.empty() ? std::string(name) : std::string(name) + " · " + names;
    }
    return names;
}

std::string presentationOf(ByteView frame, Language language)
{
    const std::vector<Field> nodes = dissect(frame);
    const Field* data = headerAt(nodes, Layer::Application);
    const auto plain = [&](const Words& words) { return std::string(words.in(language)); };
    if (data == nullptr)
        return plain({"nothing to write", "没有数据"});
    switch (data->id) {
    case FieldId::Http: {
        const std::string type = httpField(frame, "content-type");
        const std::string coding = httpField(frame, "content-encoding");
        if (!type.empty())
            return coding.empty() ? type : type + ", " + coding;
        return plain({"ASCII text", "ASCII 文本"});
    }
    case FieldId::Dns: return plain({"binary, names as labels", "二进制，域名按标签编码"});
    case FieldId::TlsRecord: return plain({"AES-128-GCM", "AES-128-GCM"});
    default: return plain({"octets as they are", "原样的字节"});
    }
}

std::string sessionOf(ByteView frame, Language language)
{
    const std::vector<Field> nodes = dissect(frame);
    const Field* data = headerAt(nodes, Layer::Application);
    const auto plain = [&](const Words& words) { return std::string(words.in(language)); };
    if (data == nullptr)
        return plain({"no one's turn", "无人发言"});
    if (data->id == FieldId::Http) {
        const std::string connection = httpField(frame, "connection");
        if (connection.find("close") != std::string::npos)
            return plain({"last turn, then end", "说完即结束"});
        if (!httpField(frame, "range").empty() || !httpField(frame, "content-range").empty())
            return plain({"resumes at an octet", "从断点继续"});
        return isHttpRequest(*data) ? plain({"asks, then listens", "提问，然后等待"})
                                    : plain({"answers in its turn", "轮到它回答"});
    }
    if (data->id == FieldId::Dns)
        return plain({"one question, one answer", "一问一答"});
    return plain({"both may speak", "双方都可发言"});
}

} // namespace packetarium
