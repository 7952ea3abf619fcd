// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/catalogue_reasons_tcp.h"

namespace packetarium {

Words tcpReasonLabel(Reason reason)
{
    switch (reason) {
    case Reason::SentFastRetransmit: return {"fast retransmit", "快重传"};
    case Reason::SentRackRetransmit: return {"lost: later one arrived", "后发先至，判为丢失"};
    case Reason::SentTailLossProbe: return {"tail loss probe", "尾部丢失探测"};
    case Reason::SentRecovery: return {"recovery retransmission", "恢复期重传"};
    case Reason::SentLimitedTransmit: return {"limited transmit", "有限传输"};
    case Reason::SentAfterTimeout: return {"again after time-out", "超时后继续重传"};
    case Reason::SentOverrideTimer: return {"small segment after all", "小报文段等够了"};
    case Reason::SentKeepAlive: return {"keep-alive", "保活探测"};
    case Reason::SentSmallerSegment: return {"again, smaller", "改小后重发"};
    case Reason::SentAckPaws: return {"ACK: old timestamp", "时间戳过旧"};
    case Reason::SentSynCookie: return {"SYN cookie", "SYN cookie"};
    case Reason::IgnoredPaws: return {"old timestamp", "时间戳过旧"};
    case Reason::IgnoredChallengeLimit: return {"challenge limit reached", "质询 ACK 已达上限"};
    case Reason::IgnoredSynQueueFull: return {"SYN queue full", "半连接队列已满"};
    case Reason::IgnoredBacklogFull: return {"accept queue full", "全连接队列已满"};
    case Reason::IgnoredBadCookie: return {"no valid cookie", "cookie 无效"};
    case Reason::IgnoredIcmpSoft: return {"soft error noted", "软错误，已记下"};
    case Reason::IgnoredIcmpNotInFlight: return {"not about what is in flight", "与途中的数据无关"};
    case Reason::ChangedMarked: return {"marked (ECN)", "已打标记（ECN）"};
    default: return {};
    }
}

Words tcpReasonWhy(Reason reason)
{
    switch (reason) {
    case Reason::SentFastRetransmit:
        return {"Three duplicate ACKs say that later segments arrived and this one did not. It goes again at once, "
                "without waiting for the timer.",
                "连续三个重复确认说明后面的报文段到了，而这一个没到。不等计时器到时，立即重传。"};
    case Reason::SentRackRetransmit:
        return {"A segment that left later has arrived, and this one has had time enough to arrive as well. It goes "
                "again without waiting for three duplicate ACKs.",
                "比它晚发的报文段已经到了，而留给它的时间也已用完。不必等三个重复确认，立即重传。"};
    case Reason::SentTailLossProbe:
        return {
            "Two round trips have passed without an acknowledgment. If the end of the flight was lost, nothing behind "
            "it can show that; this segment makes the peer answer long before the retransmission timer would.",
            "两个往返时间过去了，没有收到确认。如果丢的是最后几个报文段，后面再没有别的能暴露它；发出这一个，不必等重传"
            "计时器到时，对方就会应答。"};
    case Reason::SentRecovery:
        return {"Fast recovery is on, and what has been acknowledged shows another hole. It is filled without waiting "
                "for the timer.",
                "正处于快恢复阶段，收到的确认又暴露出一个缺口，不等计时器到时就把它补上。"};
    case Reason::SentLimitedTransmit:
        return {"A duplicate ACK means that a segment has left the network. One new segment takes its place, so that "
                "enough duplicates come back to show a loss.",
                "一个重复确认说明有报文段离开了网络。于是再发一个新报文段，好让足够多的重复确认回来，及早看出丢失。"};
    case Reason::SentAfterTimeout:
        return {"After the time-out everything that was under way counts as lost. It goes again in slow start, as "
                "acknowledgments make room.",
                "超时之后，途中的数据都按丢失处理，以慢启动的方式随着确认逐步重发。"};
    case Reason::SentOverrideTimer:
        return {"The window stays too small for a segment worth sending. After a while even a small one may go.",
                "窗口一直太小，不值得发送。等了一段时间之后，小报文段也可以发出。"};
    case Reason::SentKeepAlive:
        return {"Nothing has been heard for a long time. The segment carries a number that is acknowledged already, so "
                "that a living peer must answer.",
                "很久没有收到对方的任何消息。这个报文段用的是早已确认过的序号，只要对方还在，就一定会应答。"};
    case Reason::SentSmallerSegment:
        return {"A router reported that the segment was too large for the next link. It goes again in smaller pieces; "
                "this is no sign of congestion.",
                "路由器报告报文段太大，下一段链路装不下。于是改小后重发，这与拥塞无关。"};
    case Reason::SentAckPaws:
        return {"The timestamp is older than one already seen, so the segment is an old duplicate. It is dropped, and "
                "the ACK says what is expected.",
                "时间戳比已经见过的还旧，说明这是旧的重复报文段。予以丢弃，并用 ACK 说明期望的序号。"};
    case Reason::SentSynCookie:
        return {"There is no room left for half-open connections. Everything to be remembered is folded into this "
                "SYN,ACK's own number; only an honest peer will send it back.",
                "半连接队列已满。需要记住的内容全部编进这个 SYN,ACK 的序号，只有真实的对方才会把它送回来。"};
    case Reason::IgnoredPaws:
        return {"Its timestamp is older than the last one seen: it is an old duplicate, though its number would fit.",
                "它的时间戳比上一次见到的还旧：虽然序号落在窗口内，却是旧的重复报文段。"};
    case Reason::IgnoredChallengeLimit:
        return {"It deserves a challenge ACK, but enough of them were sent a moment ago; an attacker must not be able "
                "to make this host send without end.",
                "本应以质询 ACK 应答，但刚才已经发得够多，不能让攻击者驱使本机不停地发送。"};
    case Reason::IgnoredSynQueueFull:
        return {"All places for half-open connections are taken, so the SYN is dropped without a word. An honest "
                "client will try again.",
                "半连接队列已满，这个 SYN 被不声不响地丢弃。真正的客户端会再试。"};
    case Reason::IgnoredBacklogFull:
        return {"As many connections as the program allowed are waiting to be accepted; there is no room for another "
                "until it accepts one.",
                "等待程序 accept 的连接已达上限，在程序取走一个之前放不下新的。"};
    case Reason::IgnoredBadCookie:
        return {"Its acknowledgment number is no cookie that this host has given out lately.",
                "它的确认号不是本机最近发出的 cookie。"};
    case Reason::IgnoredIcmpSoft:
        return {"The error may pass by itself, so the connection goes on. If it fails in the end, the program is told "
                "this as the cause.",
                "这种错误可能自行消失，连接继续尝试；如果最终失败，就把它作为原因告诉程序。"};
    case Reason::IgnoredIcmpNotInFlight:
        return {"It quotes a number that this connection does not have under way, so it is old or forged.",
                "它引用的序号并不在途中，是旧的或伪造的。"};
    case Reason::ChangedMarked:
        return {"The queue was getting long. Instead of dropping the packet it was marked, so that the receiver can "
                "tell the sender to slow down.",
                "队列变长了。没有丢弃这个包，而是给它打上标记，让接收方转告发送方放慢速度。"};
    default: return {};
    }
}

} // namespace packetarium
