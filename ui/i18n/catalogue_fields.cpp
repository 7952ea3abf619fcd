// SPDX-License-Identifier: GPL-3.0-or-later
// Names of header fields and of the layers they belong to.
#include "ui/i18n/catalogue_fields.h"

namespace packetarium {
namespace {

Words fieldLabel(FieldId field)
{
    switch (field) {
    case FieldId::Ethernet: return {"Ethernet II", "以太网 II"};
    case FieldId::EthDestination: return {"Destination address", "目的地址"};
    case FieldId::EthSource: return {"Source address", "源地址"};
    case FieldId::EthType: return {"Type", "类型"};
    case FieldId::EthPadding: return {"Padding", "填充"};
    case FieldId::EthFcs: return {"Frame check sequence", "帧检验序列"};

    case FieldId::Ipv4: return {"IPv4", "IPv4"};
    case FieldId::IpVersion: return {"Version", "版本"};
    case FieldId::IpIhl: return {"Header length", "首部长度"};
    case FieldId::IpDscp: return {"DSCP", "区分服务"};
    case FieldId::IpEcn: return {"ECN", "显式拥塞通知"};
    case FieldId::IpTotalLength: return {"Total length", "总长度"};
    case FieldId::IpIdentification: return {"Identification", "标识"};
    case FieldId::IpFlags: return {"Flags", "标志"};
    case FieldId::IpReserved: return {"Reserved", "保留"};
    case FieldId::IpDontFragment: return {"DF: don't fragment", "DF：不分片"};
    case FieldId::IpMoreFragments: return {"MF: more fragments", "MF：还有分片"};
    case FieldId::IpFragmentOffset: return {"Fragment offset", "片偏移"};
    case FieldId::IpTtl: return {"Time to live", "生存时间"};
    case FieldId::IpProtocol: return {"Protocol", "协议"};
    case FieldId::IpHeaderChecksum: return {"Header checksum", "首部校验和"};
    case FieldId::IpSource: return {"Source address", "源地址"};
    case FieldId::IpDestination: return {"Destination address", "目的地址"};
    case FieldId::IpOptions: return {"Options", "选项"};

    case FieldId::Tcp: return {"TCP", "TCP"};
    case FieldId::TcpSourcePort: return {"Source port", "源端口"};
    case FieldId::TcpDestinationPort: return {"Destination port", "目的端口"};
    case FieldId::TcpSequence: return {"Sequence number", "序号"};
    case FieldId::TcpAcknowledgment: return {"Acknowledgment number", "确认号"};
    case FieldId::TcpDataOffset: return {"Data offset", "数据偏移"};
    case FieldId::TcpReserved: return {"Reserved", "保留"};
    case FieldId::TcpFlagBits: return {"Control bits", "控制位"};
    case FieldId::TcpCwr: return {"CWR", "CWR"};
    case FieldId::TcpEce: return {"ECE", "ECE"};
    case FieldId::TcpUrg: return {"URG", "URG"};
    case FieldId::TcpAck: return {"ACK", "ACK"};
    case FieldId::TcpPsh: return {"PSH", "PSH"};
    case FieldId::TcpRst: return {"RST", "RST"};
    case FieldId::TcpSyn: return {"SYN", "SYN"};
    case FieldId::TcpFin: return {"FIN", "FIN"};
    case FieldId::TcpWindow: return {"Window", "窗口"};
    case FieldId::TcpChecksum: return {"Checksum", "校验和"};
    case FieldId::TcpUrgentPointer: return {"Urgent pointer", "紧急指针"};
    case FieldId::TcpOptions: return {"Options", "选项"};
    case FieldId::TcpOptionMss: return {"Maximum segment size", "最大报文段长度"};
    case FieldId::TcpOptionNop: return {"No operation", "空操作"};
    case FieldId::TcpOptionEnd: return {"End of options", "选项结束"};
    case FieldId::TcpOptionUnknown: return {"Unknown option", "未知选项"};

    case FieldId::Payload: return {"Data", "数据"};
    case FieldId::Undecoded: return {"Not understood", "无法解析"};
    default: break;
    }
    const Words words = networkFieldLabel(field);
    return words.en.empty() ? applicationFieldLabel(field) : words;
}

Words layerLabel(Layer layer)
{
    switch (layer) {
    case Layer::Physical: return {"Physical", "物理层"};
    case Layer::Link: return {"Link", "链路层"};
    case Layer::Internet: return {"Internet", "网络层"};
    case Layer::Transport: return {"Transport", "传输层"};
    case Layer::Application: return {"Application", "应用层"};
    }
    return {};
}

Words layerWords(Layer layer)
{
    switch (layer) {
    case Layer::Physical: return {"Bits as a signal on the cable.", "比特变成线路上的信号。"};
    case Layer::Link:
        return {"Carries a frame to the next station on the same network, by MAC address.",
                "按 MAC 地址把帧送到同一网络中的下一站。"};
    case Layer::Internet:
        return {"Carries a datagram across networks to the right host, by IP address.",
                "按 IP 地址把数据报跨网络送到正确的主机。"};
    case Layer::Transport:
        return {"Carries data between programs, by port number; TCP makes it reliable and in order.",
                "按端口号在程序之间传送数据；TCP 保证可靠、有序。"};
    case Layer::Application: return {"What the programs say to each other.", "程序之间交谈的内容。"};
    }
    return {};
}

} // namespace

std::string_view labelOf(FieldId field, Language language)
{
    return fieldLabel(field).in(language);
}
std::string_view labelOf(Layer layer, Language language)
{
    return layerLabel(layer).in(language);
}
std::string_view explain(Layer layer, Language language)
{
    return layerWords(layer).in(language);
}

} // namespace packetarium
