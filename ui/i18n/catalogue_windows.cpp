// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/catalogue_windows.h"

#include "ui/i18n/catalogue_pattern.h"
#include "ui/i18n/catalogue_words.h"

namespace packetarium {
namespace {

Words partLabel(WindowPart part)
{
    switch (part) {
    case WindowPart::Acknowledged: return {"acknowledged", "已确认"};
    case WindowPart::InFlight: return {"in flight", "在途"};
    case WindowPart::Sacked: return {"SACKed", "SACK 已收到"};
    case WindowPart::Ready: return {"ready to send", "可以发出"};
    case WindowPart::Usable: return {"usable window", "可用窗口"};
    case WindowPart::Waiting: return {"not allowed yet", "写入待发"};
    case WindowPart::HeldBack: return {"beyond cwnd", "超出 cwnd"};
    case WindowPart::Outside: return {"outside the window", "窗口之外"};
    case WindowPart::Read: return {"read by the program", "程序已读"};
    case WindowPart::Unread: return {"waits to be read", "等待读取"};
    case WindowPart::Gap: return {"missing", "缺失"};
    case WindowPart::OutOfOrder: return {"out of order", "失序到达"};
    case WindowPart::Open: return {"window open", "窗口空闲"};
    case WindowPart::Beyond: return {"outside the window", "窗口之外"};
    case WindowPart::SndUna: return {"SND.UNA", "SND.UNA"};
    case WindowPart::SndNxt: return {"SND.NXT", "SND.NXT"};
    case WindowPart::SendEdge: return {"SND.UNA+SND.WND", "SND.UNA+SND.WND"};
    case WindowPart::CwndEdge: return {"SND.UNA+cwnd", "SND.UNA+cwnd"};
    case WindowPart::RcvNxt: return {"RCV.NXT", "RCV.NXT"};
    case WindowPart::ReceiveEdge: return {"RCV.NXT+RCV.WND", "RCV.NXT+RCV.WND"};
    case WindowPart::Limit: return {"what limits the sender", "发送方受什么限制"};
    case WindowPart::Phase: return {"phase of congestion control", "拥塞控制的阶段"};
    case WindowPart::Closed: return {"window closed", "窗口关闭"};
    case WindowPart::Numbers: return {"the sender's numbers", "发送方的数值"};
    case WindowPart::ReceiveNumbers: return {"the receiver's numbers", "接收方的数值"};
    case WindowPart::Direction: return {"the other direction", "另一个方向"};
    }
    return {};
}

Words partWords(WindowPart part)
{
    switch (part) {
    case WindowPart::Acknowledged:
        return {"Sent, and the receiver has confirmed it: the sender has let go of these octets.",
                "已经发出，并得到对方确认：发送方不再保留这些字节。"};
    case WindowPart::InFlight:
        return {"Sent and not acknowledged. The sender keeps these octets, because it may have to send them again.",
                "已经发出，尚未得到确认。发送方保留着这些字节，因为可能需要重传。"};
    case WindowPart::Sacked:
        return {"The receiver says by SACK that it holds these octets beyond a gap; they need not go again.",
                "接收方用 SACK 告知：缺口之后的这些字节已经收到，不必重传。"};
    case WindowPart::Ready:
        return {"The program has written these octets and the windows allow them; the sender has not sent them yet.",
                "程序已经写入，窗口也允许，但发送方还没有发出。"};
    case WindowPart::Usable:
        return {"What may still be sent at once. The program has written nothing for it yet.",
                "还可以立即发送的部分，程序还没有写入相应的数据。"};
    case WindowPart::Waiting:
        return {"The program has written these octets; they wait in the send buffer until the window reaches them.",
                "程序已经写入这些字节；它们在发送缓冲区中等待，直到窗口移到这里。"};
    case WindowPart::HeldBack:
        return {
            "The receiver has room for these octets, but the congestion window holds them back for the network's sake.",
            "接收方有空间容纳这些字节，但为了不压垮网络，拥塞窗口不允许现在发出。"};
    case WindowPart::Outside:
        return {"The receiver has not allowed these numbers yet. Its next acknowledgments will move the window on.",
                "接收方还没有允许这些序号；之后的确认会让窗口前移。"};
    case WindowPart::Read:
        return {"The receiving program has read these octets; the buffer has forgotten them.",
                "接收方程序已经读走这些字节，缓冲区不再保留。"};
    case WindowPart::Unread:
        return {"Received in order and acknowledged. Until the program reads them they take room, and the window is "
                "smaller.",
                "已按序收到并确认。程序读走之前占着缓冲区，窗口因此变小。"};
    case WindowPart::Gap:
        return {
            "Missing: something later has arrived, this has not. Every further segment is answered with the same ACK.",
            "缺失：后面的数据已经到达，这一段还没有。之后每个报文段都只能得到同样的确认。"};
    case WindowPart::OutOfOrder:
        return {"Arrived beyond a gap. The receiver keeps it, but can neither hand it over nor acknowledge it yet.",
                "越过缺口先到的数据。接收方先保留，但还不能交付，也不能确认。"};
    case WindowPart::Open:
        return {"Room in the receive buffer: the receiver takes octets with these numbers.",
                "接收缓冲区中的空位：接收方愿意接受这些序号的字节。"};
    case WindowPart::Beyond:
        return {"No room: a segment with these numbers would be refused and answered with an ACK.",
                "没有空间：带有这些序号的报文段会被拒绝，并以 ACK 应答。"};
    case WindowPart::SndUna:
        return {"The oldest number that is not acknowledged: the left edge of the send window.",
                "最早的未确认序号：发送窗口的左沿。"};
    case WindowPart::SndNxt: return {"The number that the next new octet gets.", "下一个新字节使用的序号。"};
    case WindowPart::SendEdge:
        return {
            "The right edge of what the receiver allows: its last acknowledgment plus the window that came with it.",
            "接收方允许的右沿：最近一次确认号加上随之通告的窗口。"};
    case WindowPart::CwndEdge:
        return {
            "The right edge of what congestion control allows. The sender set this limit itself, to spare the network; "
            "the nearer of the two edges counts.",
            "拥塞控制允许的右沿。这是发送方为保护网络给自己定的限制；两个右沿中较近的一个起作用。"};
    case WindowPart::RcvNxt:
        return {"The number that the receiver expects next: all before it has arrived. It is what ACKs say.",
                "接收方期望的下一个序号：此前的全部收到。ACK 中的确认号就是它。"};
    case WindowPart::ReceiveEdge:
        return {"The right edge of the receive window. It moves on as the program reads.",
                "接收窗口的右沿；程序读取后向前移动。"};
    case WindowPart::Limit:
        return {"A sender may send until the nearest of several limits stops it.",
                "发送方可以一直发送，直到最先碰到的限制。"};
    case WindowPart::Phase:
        return {"Congestion control decides how much may be in the network at once.",
                "拥塞控制决定同时可以有多少数据在网络中。"};
    case WindowPart::Closed:
        return {"The receiver's buffer is full: it allows nothing. When its program reads, an ACK opens the window "
                "again; in "
                "case that ACK is lost, the sender probes each time the persist timer runs out.",
                "接收缓冲区已满，不允许再发。程序读取后，会有 ACK 重新打开窗口；以防这个 ACK "
                "丢失，坚持计时器每次到时，发送方都发一个探测。"};
    case WindowPart::Numbers:
        return {
            "Windows are in octets, with the scale of RFC 7323 applied: what stands in the header times the factor.",
            "窗口以字节计，已按 RFC 7323 的扩大因子换算：首部中的值乘以因子。"};
    case WindowPart::ReceiveNumbers:
        return {"What the receive buffer holds, and the window that the receiver offers for the rest.",
                "接收缓冲区中存放的数据，以及为其余部分通告的窗口。"};
    case WindowPart::Direction:
        return {"A connection carries data both ways, each with its own numbers, buffers and windows.",
                "一条连接在两个方向上都能传数据，各有自己的序号、缓冲区和窗口。"};
    }
    return {};
}

Words words(WindowsWord w)
{
    switch (w) {
    case WindowsWord::View: return {"Windows view", "窗口视图"};
    case WindowsWord::Empty:
        return {"No TCP connection yet: its windows appear here as soon as one is opened.",
                "还没有 TCP 连接：建立连接后，这里显示它的窗口。"};
    case WindowsWord::Way: return {"{0} → {1}", "{0} → {1}"};
    case WindowsWord::Sends: return {"send buffer", "发送缓冲区"};
    case WindowsWord::Receives: return {"receive buffer", "接收缓冲区"};
    case WindowsWord::LimitedBy: return {"limited by {0}", "限制：{0}"};
    case WindowsWord::Closed: return {"window closed", "窗口关闭"};
    case WindowsWord::ClosedProbe: return {"window closed · probe in {0}", "窗口关闭 · {0} 后探测"};
    case WindowsWord::TimerLeft: return {"{0}: {1} left", "{0}：还剩 {1}"};
    case WindowsWord::InFlight: return {"in flight {0}", "在途 {0}"};
    case WindowsWord::Rwnd: return {"rwnd {0}", "rwnd {0}"};
    case WindowsWord::RwndScaled: return {"rwnd {0} (scale ×{1})", "rwnd {0}（扩大 ×{1}）"};
    case WindowsWord::Waiting: return {"waiting {0}", "待发 {0}"};
    case WindowsWord::Unread: return {"to be read {0}", "待读 {0}"};
    case WindowsWord::OutOfOrder: return {"out of order {0}", "失序 {0}"};
    case WindowsWord::RcvWindow: return {"window {0}", "窗口 {0}"};
    case WindowsWord::RcvWindowScaled: return {"window {0} (scale ×{1})", "窗口 {0}（扩大 ×{1}）"};
    case WindowsWord::NothingSent: return {"{0} → {1}: no data in this run", "{0} → {1}：本次运行没有数据"};
    case WindowsWord::FoldedLine: return {"{0} → {1}: {2} in this run", "{0} → {1}：本次运行共 {2}"};
    case WindowsWord::Unfold: return {"A click shows this direction.", "点击显示这个方向。"};
    case WindowsWord::Again: return {"again", "重传"};
    case WindowsWord::Lost: return {"lost", "丢失"};
    case WindowsWord::Held: return {"held", "扣住"};
    case WindowsWord::NoOctet:
        return {"{0} takes this number but carries no octet: counted like one, it can be acknowledged and sent again.",
                "{0} 占用这个序号，但不含数据；像一个字节那样计数，才能得到确认，也才能重传。"};
    case WindowsWord::NoOctets:
        return {
            "SYN and FIN take a number each but carry no octet: counted like octets, they can be acknowledged and sent "
            "again.",
            "SYN 和 FIN 各占用一个序号，但都不含数据；像字节那样计数，才能得到确认，也才能重传。"};
    case WindowsWord::Octets: return {"{0}: {1} to {2}.", "{0}：{1} 到 {2}。"};
    case WindowsWord::SegmentTo: return {"On its way to {0}.", "正在发往{0}。"};
    case WindowsWord::AckTo: return {"An acknowledgment on its way to {0}.", "确认正在发往{0}。"};
    case WindowsWord::Keys: return {"Wheel: zoom · drag: move · 0: reset", "滚轮缩放 · 拖动平移 · 0 复原"};
    }
    return {};
}

} // namespace

std::string_view labelOf(WindowPart part, Language language)
{
    return partLabel(part).in(language);
}
std::string_view explain(WindowPart part, Language language)
{
    return partWords(part).in(language);
}

std::string_view clauseOf(WindowPart part)
{
    switch (part) {
    case WindowPart::Acknowledged:
    case WindowPart::InFlight:
    case WindowPart::Usable:
    case WindowPart::Ready:
    case WindowPart::Waiting:
    case WindowPart::Outside: return "RFC 9293 §3.4, Figure 3";
    case WindowPart::Open:
    case WindowPart::Beyond:
    case WindowPart::Read: return "RFC 9293 §3.4, Figure 4";
    case WindowPart::SndUna:
    case WindowPart::SndNxt:
    case WindowPart::RcvNxt: return "RFC 9293 §3.3.1";
    case WindowPart::SendEdge:
    case WindowPart::ReceiveEdge:
    case WindowPart::Unread:
    case WindowPart::Limit: return "RFC 9293 §3.8.6";
    case WindowPart::Closed: return "RFC 9293 §3.8.6.1";
    case WindowPart::Sacked: return "RFC 2018 §4";
    case WindowPart::Gap:
    case WindowPart::OutOfOrder: return "RFC 5681 §4.2";
    case WindowPart::CwndEdge:
    case WindowPart::HeldBack:
    case WindowPart::Phase: return "RFC 5681 §3.1";
    case WindowPart::Numbers:
    case WindowPart::ReceiveNumbers: return "RFC 7323 §2";
    case WindowPart::Direction: return "RFC 9293 §2.2";
    }
    return {};
}

std::string_view word(WindowsWord w, Language language)
{
    return words(w).in(language);
}

std::string sentence(WindowsWord w, Language language, std::initializer_list<std::string_view> arguments)
{
    return filledPattern(word(w, language), arguments);
}

std::string groupedNumber(std::uint64_t n)
{
    std::string digits = std::to_string(n);
    for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3)
        digits.insert(static_cast<std::size_t>(i), ",");
    return digits;
}

} // namespace packetarium
