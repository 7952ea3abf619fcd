// SPDX-License-Identifier: GPL-3.0-or-later
// The eleven states, what moves a connection between them, and what it does then.
#include "ui/i18n/catalogue_words.h"

namespace packetarium {
namespace {

Words stateWords(TcpState state)
{
    switch (state) {
    case TcpState::Closed: return {"No connection: nothing is remembered.", "没有连接，什么都不记录。"};
    case TcpState::Listen: return {"Waiting for a connection request from anyone.", "等待任意一方发来连接请求。"};
    case TcpState::SynSent:
        return {"A SYN has gone out; waiting for the peer's SYN and for its acknowledgment.",
                "SYN 已发出，等待对方的 SYN 以及对方对本方 SYN 的确认。"};
    case TcpState::SynReceived:
        return {"Both SYNs have been seen here; waiting for this side's SYN to be acknowledged.",
                "双方的 SYN 在这里都已出现，等待对方确认本方的 SYN。"};
    case TcpState::Established:
        return {"The connection is open; data may flow in both directions.", "连接已建立，双向都可以传送数据。"};
    case TcpState::FinWait1:
        return {"This side has closed and sent its FIN; waiting for its acknowledgment or for the peer's FIN.",
                "本方已关闭并发出 FIN，等待对方的确认或对方的 FIN。"};
    case TcpState::FinWait2:
        return {"This side's FIN is acknowledged; waiting for the peer's FIN. Data may still arrive.",
                "本方的 FIN 已被确认，等待对方的 FIN；其间仍可接收数据。"};
    case TcpState::CloseWait:
        return {"The peer has closed; waiting for the program here to close too. Data may still be sent.",
                "对方已关闭，等待本方程序也关闭；其间仍可发送数据。"};
    case TcpState::Closing:
        return {"Both sides closed at the same time; waiting for this side's FIN to be acknowledged.",
                "双方同时关闭，等待对方确认本方的 FIN。"};
    case TcpState::LastAck:
        return {
            "The peer had closed first and this side's FIN is out; waiting for its acknowledgment, then all is over.",
            "对方先关闭，本方的 FIN 也已发出，等到它被确认就结束。"};
    case TcpState::TimeWait:
        return {"All is said; waiting 2 MSL so that a lost last ACK can be repeated and old segments die out.",
                "双方都已说完，再等 2 MSL：最后的 ACK 丢了还能重发，旧报文段也会在网络中消失。"};
    }
    return {};
}

Words eventLabel(TcpEvent event)
{
    switch (event) {
    case TcpEvent::PassiveOpen: return {"passive open", "被动打开"};
    case TcpEvent::ActiveOpen: return {"active open", "主动打开"};
    case TcpEvent::Send: return {"send", "发送"};
    case TcpEvent::Close: return {"close", "关闭"};
    case TcpEvent::Abort: return {"abort", "中止"};
    case TcpEvent::RcvSyn: return {"rcv SYN", "收到 SYN"};
    case TcpEvent::RcvSynAck: return {"rcv SYN,ACK", "收到 SYN,ACK"};
    case TcpEvent::RcvAckOfSyn: return {"rcv ACK of SYN", "收到对 SYN 的 ACK"};
    case TcpEvent::RcvFin: return {"rcv FIN", "收到 FIN"};
    case TcpEvent::RcvAckOfFin: return {"rcv ACK of FIN", "收到对 FIN 的 ACK"};
    case TcpEvent::RcvFinAckOfFin: return {"rcv FIN + ACK of FIN", "收到 FIN 及对 FIN 的 ACK"};
    case TcpEvent::RcvRst: return {"rcv RST", "收到 RST"};
    case TcpEvent::TimeWaitTimeout: return {"2 MSL over", "2 MSL 到时"};
    case TcpEvent::GiveUp: return {"gives up", "放弃重传"};
    }
    return {};
}

Words eventWords(TcpEvent event)
{
    switch (event) {
    case TcpEvent::PassiveOpen: return {"The program listens on a port.", "程序在一个端口上监听。"};
    case TcpEvent::ActiveOpen:
        return {"The program asks for a connection to another host.", "程序请求与另一台主机建立连接。"};
    case TcpEvent::Send:
        return {"The program sends on a listening connection, which turns it into an active open.",
                "程序在监听中的连接上发送数据，这就变成了主动打开。"};
    case TcpEvent::Close:
        return {"The program has nothing more to send and closes.", "程序没有更多数据要发送，于是关闭。"};
    case TcpEvent::Abort: return {"The program gives the connection up at once.", "程序立即放弃连接。"};
    case TcpEvent::RcvSyn: return {"A SYN arrived: the peer asks for a connection.", "收到 SYN：对方请求建立连接。"};
    case TcpEvent::RcvSynAck:
        return {"A SYN arrived that also acknowledges this side's SYN.", "收到对方的 SYN，同时它确认了本方的 SYN。"};
    case TcpEvent::RcvAckOfSyn: return {"This side's SYN was acknowledged.", "本方的 SYN 被确认。"};
    case TcpEvent::RcvFin:
        return {"The peer's FIN arrived: it will send no more data.", "收到对方的 FIN：对方不再发送数据。"};
    case TcpEvent::RcvAckOfFin: return {"This side's FIN was acknowledged.", "本方的 FIN 被确认。"};
    case TcpEvent::RcvFinAckOfFin:
        return {"One segment brought the peer's FIN and acknowledged this side's.",
                "同一个报文段带来了对方的 FIN 和对本方 FIN 的确认。"};
    case TcpEvent::RcvRst: return {"An acceptable reset arrived.", "收到一个有效的复位。"};
    case TcpEvent::TimeWaitTimeout:
        return {"Twice the maximum segment lifetime has passed.", "已经过了两倍的最长报文段寿命。"};
    case TcpEvent::GiveUp: return {"Retransmitting was of no use for too long.", "重传了很久仍没有回应。"};
    }
    return {};
}

Words actionLabel(TcpAction action)
{
    switch (action) {
    case TcpAction::None: return {"-", "-"};
    case TcpAction::CreateTcb: return {"create TCB", "创建 TCB"};
    case TcpAction::SendSyn: return {"snd SYN", "发送 SYN"};
    case TcpAction::SendSynAck: return {"snd SYN,ACK", "发送 SYN,ACK"};
    case TcpAction::SendAck: return {"snd ACK", "发送 ACK"};
    case TcpAction::SendFin: return {"snd FIN", "发送 FIN"};
    case TcpAction::SendRst: return {"snd RST", "发送 RST"};
    case TcpAction::DeleteTcb: return {"delete TCB", "删除 TCB"};
    }
    return {};
}

Words actionWords(TcpAction action)
{
    switch (action) {
    case TcpAction::None: return {"Nothing is sent.", "不发送任何报文段。"};
    case TcpAction::CreateTcb:
        return {"A transmission control block is made: the memory of the connection.",
                "建立传输控制块（TCB），用来记录这条连接。"};
    case TcpAction::SendSyn: return {"A SYN with the initial sequence number goes out.", "发出带有初始序号的 SYN。"};
    case TcpAction::SendSynAck:
        return {"One segment carries this side's SYN and acknowledges the peer's.",
                "用一个报文段发出本方的 SYN，并确认对方的 SYN。"};
    case TcpAction::SendAck: return {"An acknowledgment goes out.", "发出确认。"};
    case TcpAction::SendFin:
        return {"A FIN goes out, after all data that still waits.", "等待发送的数据发完之后，发出 FIN。"};
    case TcpAction::SendRst: return {"A reset goes out.", "发出复位。"};
    case TcpAction::DeleteTcb: return {"The connection is forgotten.", "删除这条连接的记录。"};
    }
    return {};
}

} // namespace

std::string_view explain(TcpState state, Language language)
{
    return stateWords(state).in(language);
}
std::string_view labelOf(TcpEvent event, Language language)
{
    return eventLabel(event).in(language);
}
std::string_view explain(TcpEvent event, Language language)
{
    return eventWords(event).in(language);
}
std::string_view labelOf(TcpAction action, Language language)
{
    return actionLabel(action).in(language);
}
std::string_view explain(TcpAction action, Language language)
{
    return actionWords(action).in(language);
}

EdgeLabel edgeLabel(const TcpTransition& row, Language language)
{
    return {labelOf(row.event, language), labelOf(row.action, language)};
}

} // namespace packetarium
