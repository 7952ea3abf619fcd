// SPDX-License-Identifier: GPL-3.0-or-later
// Labels of program events and troubles; the sentences are in catalogue_programs_sentences.cpp.
#include "ui/i18n/catalogue_programs.h"

#include "ui/i18n/catalogue_words.h"

namespace packetarium {
namespace {

Words eventLabel(ProgramEvent event)
{
    switch (event) {
    case ProgramEvent::DatagramSent: return {"datagram sent", "发送数据报"};
    case ProgramEvent::DatagramReceived: return {"datagram received", "收到数据报"};
    case ProgramEvent::DatagramRefused: return {"datagram refused", "数据报被拒"};
    case ProgramEvent::PingSent: return {"ping sent", "发出 ping"};
    case ProgramEvent::PingAnswered: return {"ping answered", "ping 有应答"};
    case ProgramEvent::PingTimedOut: return {"ping timed out", "ping 超时"};
    case ProgramEvent::PingRefused: return {"ping refused", "ping 被拒"};
    case ProgramEvent::TraceProbed: return {"probe sent", "发出探测"};
    case ProgramEvent::TraceHop: return {"hop found", "找到一跳"};
    case ProgramEvent::TraceNoAnswer: return {"hop silent", "该跳无应答"};
    case ProgramEvent::TraceDone: return {"route traced", "路由跟踪结束"};
    case ProgramEvent::ResolveAsked: return {"name asked", "查询域名"};
    case ProgramEvent::ResolveCached: return {"name in cache", "缓存命中"};
    case ProgramEvent::ResolveAnswered: return {"name resolved", "域名解析成功"};
    case ProgramEvent::ResolveFailed: return {"name not resolved", "域名解析失败"};
    case ProgramEvent::NameServed: return {"name served", "回答域名"};
    case ProgramEvent::NameReferred: return {"referral given", "指向下级"};
    case ProgramEvent::UrlOpened: return {"URL opened", "打开网址"};
    case ProgramEvent::UrlConnecting: return {"connecting", "建立连接"};
    case ProgramEvent::UrlRequested: return {"request sent", "发出请求"};
    case ProgramEvent::UrlAnswered: return {"response received", "收到响应"};
    case ProgramEvent::UrlShown: return {"shown", "显示"};
    case ProgramEvent::UrlFailed: return {"URL failed", "打开失败"};
    case ProgramEvent::RequestReceived: return {"request received", "收到请求"};
    case ProgramEvent::ResponseSent: return {"response sent", "发出响应"};
    case ProgramEvent::TextEncoded: return {"text encoded", "文字编码"};
    case ProgramEvent::TextCompressed: return {"compressed", "压缩"};
    case ProgramEvent::TextEncrypted: return {"encrypted", "加密"};
    case ProgramEvent::TextDecrypted: return {"decrypted", "解密"};
    case ProgramEvent::TextInflated: return {"inflated", "解压"};
    case ProgramEvent::TextDecoded: return {"text decoded", "文字解码"};
    case ProgramEvent::TextGarbled: return {"text garbled", "乱码"};
    case ProgramEvent::TurnTaken: return {"turn taken", "轮到发言"};
    case ProgramEvent::TransferAsked: return {"file asked for", "请求文件"};
    case ProgramEvent::TransferServed: return {"file served", "提供文件"};
    case ProgramEvent::TransferCheckpoint: return {"checkpoint", "检查点"};
    case ProgramEvent::TransferCut: return {"transfer cut", "传输中断"};
    case ProgramEvent::TransferDone: return {"transfer done", "传输完成"};
    case ProgramEvent::Count_: break;
    }
    return {};
}

Words troubleLabel(ProgramTrouble trouble)
{
    switch (trouble) {
    case ProgramTrouble::None: break;
    case ProgramTrouble::NoSuchName: return {"no such name", "域名不存在"};
    case ProgramTrouble::NoAnswer: return {"no answer", "没有应答"};
    case ProgramTrouble::BadAnswer: return {"answer not understood", "应答无法理解"};
    case ProgramTrouble::ServerFailed: return {"server could not answer", "服务器无法回答"};
    case ProgramTrouble::NetworkUnreachable: return {"network unreachable", "网络不可达"};
    case ProgramTrouble::HostUnreachable: return {"host unreachable", "主机不可达"};
    case ProgramTrouble::PortUnreachable: return {"port unreachable", "端口不可达"};
    case ProgramTrouble::ProtocolUnreachable: return {"protocol unreachable", "协议不可达"};
    case ProgramTrouble::FragmentationNeeded: return {"too large, must not be fragmented", "过大且不许分片"};
    case ProgramTrouble::TtlExceeded: return {"TTL ran out", "TTL 耗尽"};
    case ProgramTrouble::ConnectionRefused: return {"connection refused", "连接被拒绝"};
    case ProgramTrouble::ConnectionReset: return {"connection reset", "连接被重置"};
    case ProgramTrouble::NotReachable: return {"no route", "没有路由"};
    case ProgramTrouble::BadKey: return {"could not be decrypted", "无法解密"};
    case ProgramTrouble::NoNameServer: return {"no name server set", "没有设置域名服务器"};
    }
    return {};
}

} // namespace

std::string_view labelOf(ProgramEvent event, Language language)
{
    return eventLabel(event).in(language);
}

std::string_view labelOf(ProgramTrouble trouble, Language language)
{
    return troubleLabel(trouble).in(language);
}

} // namespace packetarium
