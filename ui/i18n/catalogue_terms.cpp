// SPDX-License-Identifier: GPL-3.0-or-later
// Variables, timers, calls of programs, fates, profiles, ways of writing numbers.
#include "ui/i18n/catalogue_words.h"

namespace packetarium {
namespace {

Words variableWords(Variable variable)
{
    switch (variable) {
    case Variable::Iss:
        return {"Initial send sequence number: the number of this side's SYN.", "初始发送序号：本方 SYN 的序号。"};
    case Variable::Irs:
        return {"Initial receive sequence number: the number of the peer's SYN.", "初始接收序号：对方 SYN 的序号。"};
    case Variable::SndUna: return {"Oldest number sent and not yet acknowledged.", "已发送但尚未确认的最小序号。"};
    case Variable::SndNxt: return {"Next number to send.", "下一个要发送的序号。"};
    case Variable::SndWnd:
        return {"Send window: how much the peer is ready to take.", "发送窗口：对方还愿意接收多少。"};
    case Variable::SndWl1:
        return {"Sequence number of the segment that last changed the send window.",
                "最近一次更新发送窗口的报文段的序号。"};
    case Variable::SndWl2:
        return {"Acknowledgment number of the segment that last changed the send window.",
                "最近一次更新发送窗口的报文段的确认号。"};
    case Variable::SndMss:
        return {"Most data that one segment to the peer may carry.", "发给对方的一个报文段最多能携带的数据。"};
    case Variable::SndBuffered:
        return {"Data that the program wrote and the peer has not yet acknowledged.",
                "程序已写入、对方尚未确认的数据。"};
    case Variable::RcvNxt:
        return {"Next number expected from the peer; it is what this side acknowledges.",
                "期望从对方收到的下一个序号，也就是本方发出的确认号。"};
    case Variable::RcvWnd:
        return {"Receive window: how much this side is ready to take.", "接收窗口：本方还愿意接收多少。"};
    case Variable::RcvBuffered:
        return {"Data that arrived in order and that the program has not yet read.",
                "已按序到达、程序尚未读取的数据。"};
    case Variable::RcvOutOfOrder:
        return {"Data that arrived beyond a gap and waits for what is missing.",
                "缺口之后先到的数据，等待缺少的部分。"};
    case Variable::Srtt: return {"Smoothed round-trip time.", "平滑往返时间。"};
    case Variable::RttVar: return {"How much the round-trip time varies.", "往返时间的波动。"};
    case Variable::Rto:
        return {"Retransmission timeout: how long to wait for an acknowledgment.", "重传超时：等待确认的时间。"};
    case Variable::Retransmissions:
        return {"How often the oldest unacknowledged segment has been sent again.",
                "最早的未确认报文段已经重传的次数。"};
    case Variable::Cwnd:
        return {
            "Congestion window: how much this side allows itself to have under way, so as not to flood the network.",
            "拥塞窗口：为了不压垮网络，本方允许自己同时在途的数据量。"};
    case Variable::Ssthresh:
        return {"Slow start threshold: below it the congestion window doubles every round trip, above it it grows by a "
                "segment.",
                "慢启动门限：拥塞窗口低于它时每个往返翻倍，高于它时每个往返只增加一个报文段。"};
    case Variable::Recover:
        return {"Highest number sent when the loss was noticed; fast recovery ends when it is acknowledged.",
                "发现丢失时已发送的最大序号；它得到确认，快恢复就结束。"};
    case Variable::Pipe:
        return {"Data taken to be in the network now, while losses are repaired.",
                "修复丢失期间，估计仍在网络中的数据量。"};
    case Variable::DuplicateAcks:
        return {"Duplicate ACKs in a row; three mean a loss.", "连续收到的重复确认个数；满三个就认为丢失。"};
    case Variable::Phase: return {"What congestion control is doing.", "拥塞控制所处的阶段。"};
    case Variable::LimitedBy:
        return {"What keeps this side from sending more right now.", "此刻是什么限制了本方继续发送。"};
    case Variable::SndScale:
        return {"The peer's windows count in units of 2 to this power.", "对方窗口的单位是 2 的这么多次方字节。"};
    case Variable::RcvScale:
        return {"This side's windows count in units of 2 to this power.", "本方窗口的单位是 2 的这么多次方字节。"};
    case Variable::OutOfOrder1:
    case Variable::OutOfOrder2:
    case Variable::OutOfOrder3:
    case Variable::OutOfOrder4: return {"A stretch of data that arrived beyond a gap.", "缺口之后先到的一段数据。"};
    case Variable::Sacked1:
    case Variable::Sacked2:
    case Variable::Sacked3:
    case Variable::Sacked4:
        return {"A stretch of our data that the peer says it holds beyond a gap.",
                "对方用 SACK 告知已经收到的、缺口之后的一段数据。"};
    }
    return {};
}

Words timerLabel(Timer timer)
{
    switch (timer) {
    case Timer::Retransmission: return {"retransmission", "重传"};
    case Timer::DelayedAck: return {"delayed ACK", "延迟确认"};
    case Timer::TimeWait: return {"2 MSL", "2 MSL"};
    case Timer::Persist: return {"persist", "坚持"};
    case Timer::KeepAlive: return {"keep-alive", "保活"};
    case Timer::UserTimeout: return {"user timeout", "用户超时"};
    case Timer::TailLossProbe: return {"tail loss probe", "尾部丢失探测"};
    case Timer::Reordering: return {"reordering", "乱序等待"};
    }
    return {};
}

Words timerWords(Timer timer)
{
    switch (timer) {
    case Timer::Retransmission:
        return {"Runs while something is unacknowledged; when it runs out, the oldest segment is sent again.",
                "有数据未被确认时运行；到时就重传最早的报文段。"};
    case Timer::DelayedAck:
        return {"Holds an acknowledgment back for a moment, so that it may ride on data or cover two segments.",
                "把确认推迟片刻，好让它随数据一起发出，或一次确认两个报文段。"};
    case Timer::TimeWait:
        return {"Keeps the connection in TIME-WAIT for twice the maximum segment lifetime.",
                "让连接在 TIME-WAIT 中停留两倍的最长报文段寿命。"};
    case Timer::Persist:
        return {"Runs while the peer's window is closed; when it runs out, one octet asks whether it is still closed.",
                "对方窗口为 0 时运行；到时就发一个字节，探测窗口是否仍然关闭。"};
    case Timer::KeepAlive:
        return {"Runs while nothing is heard; when it runs out, the peer is asked whether it is still there.",
                "没有收到任何消息时运行；到时就询问对方是否还在。"};
    case Timer::UserTimeout:
        return {"Runs while data waits for acknowledgment; when it runs out, the connection is given up.",
                "有数据等待确认时运行；到时就放弃连接。"};
    case Timer::TailLossProbe:
        return {"Runs while data wait for acknowledgment and no loss is known; when it runs out, one segment is sent "
                "to find out.",
                "有数据等待确认而尚未发现丢失时运行；到时就发一个报文段探个究竟。"};
    case Timer::Reordering:
        return {
            "A later segment has arrived before this one; when the timer runs out, the missing one is taken for lost.",
            "后发的报文段先到了；到时还没等来前一个，就判定它丢失。"};
    }
    return {};
}

Words timerChangeLabel(TimerChange change)
{
    switch (change) {
    case TimerChange::Started: return {"started", "启动"};
    case TimerChange::Stopped: return {"stopped", "停止"};
    case TimerChange::Fired: return {"ran out", "到时"};
    }
    return {};
}

Words callLabel(AppCall call)
{
    switch (call) {
    case AppCall::Listen: return {"listen", "监听"};
    case AppCall::Accept: return {"accept", "接受"};
    case AppCall::Connect: return {"connect", "连接"};
    case AppCall::Send: return {"send", "发送"};
    case AppCall::Receive: return {"receive", "接收"};
    case AppCall::Close: return {"close", "关闭"};
    case AppCall::Shutdown: return {"shut down sending", "关闭发送方向"};
    case AppCall::Abort: return {"abort", "中止"};
    case AppCall::Crash: return {"crash", "崩溃"};
    case AppCall::Opened: return {"opened", "连接已建立"};
    case AppCall::Delivered: return {"data delivered", "数据已交付"};
    case AppCall::PeerClosed: return {"peer closed", "对方已关闭"};
    case AppCall::Failed: return {"failed", "失败"};
    case AppCall::Closed: return {"closed", "连接已关闭"};
    }
    return {};
}

Words callWords(AppCall call)
{
    switch (call) {
    case AppCall::Listen: return {"The program waits for connections on a port.", "程序在端口上等待连接。"};
    case AppCall::Accept:
        return {"accept() returns: the program has a connection, which TCP had opened before.",
                "accept() 返回：程序拿到一条连接，而 TCP 早已把它建立好。"};
    case AppCall::Connect: return {"The program asks TCP to open a connection.", "程序要求 TCP 打开一条连接。"};
    case AppCall::Send: return {"The program hands data to TCP.", "程序把数据交给 TCP。"};
    case AppCall::Receive: return {"The program reads what has arrived.", "程序读取已经到达的数据。"};
    case AppCall::Close:
        return {"The program is done with the connection, in both directions.",
                "程序不再使用这条连接，两个方向都关闭。"};
    case AppCall::Shutdown: return {"The program has no more to send, but still reads.", "程序不再发送，但仍会读取。"};
    case AppCall::Abort:
        return {"The program drops the connection at once; whatever waits is thrown away.",
                "程序立即放弃连接，尚未发出的数据全部丢弃。"};
    case AppCall::Crash:
        return {"The host forgets every connection without a word, as after a power cut.",
                "主机不声不响地忘掉所有连接，就像突然断电。"};
    case AppCall::Opened: return {"TCP tells the program that the connection is open.", "TCP 通知程序：连接已建立。"};
    case AppCall::Delivered: return {"TCP gives the program data in order.", "TCP 把数据按序交给程序。"};
    case AppCall::PeerClosed:
        return {"TCP tells the program that the peer will send no more.", "TCP 通知程序：对方不再发送数据。"};
    case AppCall::Failed: return {"TCP tells the program that the connection failed.", "TCP 通知程序：连接失败。"};
    case AppCall::Closed: return {"TCP tells the program that the connection is over.", "TCP 通知程序：连接已结束。"};
    }
    return {};
}

Words resultLabel(AppResult result)
{
    switch (result) {
    case AppResult::Ok: return {"done", "成功"};
    case AppResult::Refused: return {"connection refused", "连接被拒绝"};
    case AppResult::Reset: return {"connection reset", "连接被复位"};
    case AppResult::TimedOut: return {"timed out", "超时"};
    case AppResult::NoSuchConnection: return {"no such connection", "连接不存在"};
    case AppResult::AlreadyExists: return {"connection already exists", "连接已存在"};
    case AppResult::Closing: return {"connection is closing", "连接正在关闭"};
    case AppResult::Aborted: return {"connection aborted", "连接已中止"};
    case AppResult::Unreachable: return {"unreachable", "无法到达"};
    case AppResult::WouldBlock: return {"would have to wait", "需要等待"};
    case AppResult::NoPortLeft: return {"no port left", "没有可用端口"};
    }
    return {};
}

Words resultWords(AppResult result)
{
    switch (result) {
    case AppResult::Ok: return {"It was done.", "已完成。"};
    case AppResult::Refused:
        return {"The other side answered with a reset: nobody listens on that port.",
                "对方以 RST 应答：该端口上没有程序在监听。"};
    case AppResult::Reset:
        return {"The other side reset the connection; what was under way is lost.", "对方复位了连接，途中的数据丢失。"};
    case AppResult::TimedOut: return {"No answer came in spite of every retransmission.", "多次重传后仍然没有回应。"};
    case AppResult::NoSuchConnection:
        return {"The program has no connection on which this could be done.", "程序没有可以执行该操作的连接。"};
    case AppResult::AlreadyExists:
        return {"There is a connection with the same addresses and ports already.", "地址和端口都相同的连接已经存在。"};
    case AppResult::Closing:
        return {"The program has closed already; it can send no more.", "程序已经关闭，不能再发送。"};
    case AppResult::Aborted: return {"The connection was dropped at once.", "连接被立即放弃。"};
    case AppResult::Unreachable:
        return {"A router or the peer's host reported that the peer cannot be reached.",
                "路由器或对方主机报告：无法到达对方。"};
    case AppResult::WouldBlock:
        return {"It cannot be done without waiting: the buffer is full, or nothing is there yet.",
                "现在做不了，要等待：缓冲区已满，或者还没有内容。"};
    case AppResult::NoPortLeft:
        return {"Every port that could be chosen is in use for this peer.", "对这个对方来说，可选的端口都已占用。"};
    }
    return {};
}

Words fateLabel(Fate fate)
{
    switch (fate) {
    case Fate::InFlight: return {"in flight", "传输中"};
    case Fate::Arrived: return {"arrived", "已到达"};
    case Fate::Lost: return {"lost", "丢失"};
    }
    return {};
}

Words profileLabel(Profile profile)
{
    switch (profile) {
    case Profile::Rfc: return {"RFC", "RFC"};
    case Profile::Linux: return {"Linux-like", "类 Linux"};
    }
    return {};
}

Words profileWords(Profile profile)
{
    switch (profile) {
    case Profile::Rfc: return {"Settings as the RFCs give them.", "采用 RFC 给出的设置。"};
    case Profile::Linux:
        return {"Settings close to a common kernel's, where it differs from the RFCs.",
                "在与 RFC 不同之处，采用接近常见内核的设置。"};
    }
    return {};
}

Words styleLabel(NumberStyle style)
{
    switch (style) {
    case NumberStyle::Symbolic: return {"symbolic (x, y)", "符号（x, y）"};
    case NumberStyle::Relative: return {"relative", "相对"};
    case NumberStyle::Raw: return {"raw", "原始"};
    }
    return {};
}

} // namespace

std::string_view explain(Variable variable, Language language)
{
    return variableWords(variable).in(language);
}
std::string_view labelOf(Timer timer, Language language)
{
    return timerLabel(timer).in(language);
}
std::string_view explain(Timer timer, Language language)
{
    return timerWords(timer).in(language);
}
std::string_view labelOf(TimerChange change, Language language)
{
    return timerChangeLabel(change).in(language);
}
std::string_view labelOf(AppCall call, Language language)
{
    return callLabel(call).in(language);
}
std::string_view explain(AppCall call, Language language)
{
    return callWords(call).in(language);
}
std::string_view labelOf(AppResult result, Language language)
{
    return resultLabel(result).in(language);
}
std::string_view explain(AppResult result, Language language)
{
    return resultWords(result).in(language);
}
std::string_view labelOf(Fate fate, Language language)
{
    return fateLabel(fate).in(language);
}
std::string_view labelOf(Profile profile, Language language)
{
    return profileLabel(profile).in(language);
}
std::string_view explain(Profile profile, Language language)
{
    return profileWords(profile).in(language);
}
std::string_view labelOf(NumberStyle style, Language language)
{
    return styleLabel(style).in(language);
}

} // namespace packetarium
