// SPDX-License-Identifier: GPL-3.0-or-later
// Congestion control: its phases, what limits a sender, and the algorithms.
#include "ui/i18n/catalogue_words.h"

namespace packetarium {
namespace {

Words phaseLabel(CongestionPhase phase)
{
    switch (phase) {
    case CongestionPhase::SlowStart: return {"slow start", "慢启动"};
    case CongestionPhase::CongestionAvoidance: return {"congestion avoidance", "拥塞避免"};
    case CongestionPhase::FastRecovery: return {"fast recovery", "快恢复"};
    case CongestionPhase::AfterTimeout: return {"slow start after time-out", "超时后的慢启动"};
    }
    return {};
}

Words phaseWords(CongestionPhase phase)
{
    switch (phase) {
    case CongestionPhase::SlowStart:
        return {"The congestion window grows by a segment with each acknowledgment: it doubles every round trip.",
                "每收到一个确认，拥塞窗口增加一个报文段：每个往返时间翻一倍。"};
    case CongestionPhase::CongestionAvoidance:
        return {"The congestion window grows by about one segment in each round trip.",
                "每个往返时间，拥塞窗口大约只增加一个报文段。"};
    case CongestionPhase::FastRecovery:
        return {"Duplicate ACKs showed a loss. It is repaired while data goes on flowing at half the rate.",
                "重复确认暴露了丢失。一边补发，一边以减半的速率继续发送。"};
    case CongestionPhase::AfterTimeout:
        return {"A time-out emptied the network. What was under way goes again, beginning with one segment.",
                "超时说明网络可能已经空了。从一个报文段开始，把途中的数据重新发出。"};
    }
    return {};
}

Words limitLabel(SendLimit limit)
{
    switch (limit) {
    case SendLimit::Program: return {"the program", "程序"};
    case SendLimit::ReceiverWindow: return {"the receiver's window", "接收窗口"};
    case SendLimit::CongestionWindow: return {"the congestion window", "拥塞窗口"};
    case SendLimit::Nagle: return {"Nagle's algorithm", "Nagle 算法"};
    case SendLimit::SmallWindow: return {"a window too small", "窗口太小"};
    }
    return {};
}

Words limitWords(SendLimit limit)
{
    switch (limit) {
    case SendLimit::Program: return {"All that the program wrote has been sent.", "程序写入的数据都已发出。"};
    case SendLimit::ReceiverWindow:
        return {"The receiver has allowed no more than what is under way.", "接收方允许的数据都已在途中。"};
    case SendLimit::CongestionWindow:
        return {"The congestion window is used up; more would risk flooding the network.",
                "拥塞窗口已经用完，再发就可能压垮网络。"};
    case SendLimit::Nagle:
        return {"Less than a full segment waits, and something is still unacknowledged: more may come to fill it.",
                "等待的数据不足一个满长报文段，而前面还有数据未被确认：再等一等，也许能凑满。"};
    case SendLimit::SmallWindow:
        return {"What the window leaves is too small to be worth a segment.",
                "窗口剩下的空间太小，不值得发一个报文段。"};
    }
    return {};
}

Words algorithmLabel(CongestionControl algorithm)
{
    switch (algorithm) {
    case CongestionControl::None: return {"none", "无"};
    case CongestionControl::Tahoe: return {"Tahoe", "Tahoe"};
    case CongestionControl::Reno: return {"Reno", "Reno"};
    case CongestionControl::NewReno: return {"NewReno", "NewReno"};
    case CongestionControl::Cubic: return {"CUBIC", "CUBIC"};
    }
    return {};
}

Words algorithmWords(CongestionControl algorithm)
{
    switch (algorithm) {
    case CongestionControl::None:
        return {"No congestion control: only the receiver's window limits the sender. This is not TCP as it must be.",
                "没有拥塞控制：只受接收窗口限制。这不是合格的 TCP。"};
    case CongestionControl::Tahoe:
        return {"Fast retransmit, but after every loss slow start begins anew.",
                "有快重传，但每次丢失之后都从慢启动重新开始。"};
    case CongestionControl::Reno:
        return {"Fast retransmit and fast recovery; recovery ends with the first new acknowledgment.",
                "有快重传和快恢复，收到第一个新的确认就结束恢复。"};
    case CongestionControl::NewReno:
        return {"As Reno, but recovery lasts until all that was under way is acknowledged.",
                "与 Reno 相同，但要等发现丢失时在途的数据全部得到确认，恢复才结束。"};
    case CongestionControl::Cubic:
        return {"After a loss the window grows along a cubic curve of time towards where the loss happened.",
                "丢失之后，窗口按时间的三次曲线向上次丢失时的大小回升。"};
    }
    return {};
}

} // namespace

std::string_view labelOf(CongestionPhase phase, Language language)
{
    return phaseLabel(phase).in(language);
}
std::string_view explain(CongestionPhase phase, Language language)
{
    return phaseWords(phase).in(language);
}
std::string_view labelOf(SendLimit limit, Language language)
{
    return limitLabel(limit).in(language);
}
std::string_view explain(SendLimit limit, Language language)
{
    return limitWords(limit).in(language);
}
std::string_view labelOf(CongestionControl algorithm, Language language)
{
    return algorithmLabel(algorithm).in(language);
}
std::string_view explain(CongestionControl algorithm, Language language)
{
    return algorithmWords(algorithm).in(language);
}

std::string_view notTcpLabel(Language language)
{
    return Words{"not TCP", "不是 TCP"}.in(language);
}

} // namespace packetarium
