// SPDX-License-Identifier: GPL-3.0-or-later
// Why a segment was sent, ignored, lost or changed: the full sentence.
#include "ui/i18n/catalogue_reasons_captured.h"
#include "ui/i18n/catalogue_reasons_net.h"
#include "ui/i18n/catalogue_reasons_tcp.h"
#include "ui/i18n/catalogue_words.h"

namespace packetarium {
namespace {

Words why(Reason reason)
{
    switch (reason) {
    case Reason::None: return {"", ""};

    case Reason::SentConnect:
        return {"The program asked for a connection. A SYN proposes the number from which this side counts its data.",
                "程序请求建立连接。SYN 告诉对方：本方的数据从哪个序号开始编号。"};
    case Reason::SentSynAck:
        return {
            "A SYN arrived for a listening port. One segment acknowledges it and carries this side's own SYN; so three "
            "segments are enough where four might be.",
            "监听的端口收到了 SYN。确认对方的 SYN 和发出本方的 SYN 合在一个报文段里，所以三个报文段就够，不需要四个。"};
    case Reason::SentSimultaneousOpen:
        return {"A SYN arrived while this side's own SYN was still unanswered: both sides opened at once, and it "
                "becomes one connection.",
                "本方的 SYN 还没有得到应答，对方的 SYN 就到了：双方同时打开，最终只形成一条连接。"};
    case Reason::SentAckOfSyn:
        return {
            "The peer must learn that its SYN arrived and that the connection is wanted now; an old duplicate SYN "
            "would be answered with a reset instead.",
            "要让对方知道它的 SYN 已收到，而且连接是现在真正需要的；如果对方应答的是旧的重复 SYN，这里就会回以 RST。"};
    case Reason::SentAppWrite:
        return {"The program wrote data, and the peer's window has room for it.",
                "程序写入了数据，对方的窗口也容得下。"};
    case Reason::SentAckClock:
        return {"An acknowledgment moved the window on, so data that was waiting may go.",
                "收到的确认使窗口前移，等待中的数据可以发出。"};
    case Reason::SentAckSecondSegment:
        return {"At least every second full-sized segment must be acknowledged without delay.",
                "至少每收到两个满长报文段，就要立即确认一次。"};
    case Reason::SentAckDelayedTimer:
        return {"No data came along to carry the acknowledgment before the delay was over, so it goes alone.",
                "推迟的时间已到，没有数据可以捎带确认，于是单独发出。"};
    case Reason::SentAckImmediate:
        return {"This side acknowledges at once here, without waiting for data to carry the acknowledgment.",
                "本方此时不推迟确认，收到就立即确认。"};
    case Reason::SentAckOutOfOrder:
        return {"The segment left a gap before it. The acknowledgment repeats the number still missing, so that the "
                "sender notices.",
                "收到的报文段前面有缺口。确认号重复缺少的那个序号，好让发送方察觉。"};
    case Reason::SentAckFillsGap:
        return {"The missing piece has arrived; everything up to the next gap is acknowledged at once.",
                "缺少的部分到了，立即确认到下一个缺口之前的全部数据。"};
    case Reason::SentAckUnacceptable:
        return {
            "The segment lies outside the receive window. It is dropped, and an ACK tells the peer what is expected.",
            "收到的报文段落在接收窗口之外，予以丢弃，并用 ACK 告诉对方期望的序号。"};
    case Reason::SentAckOfFin:
        return {"The peer's FIN uses up one sequence number, so it is acknowledged like an octet of data.",
                "对方的 FIN 占用一个序号，所以要像一个字节的数据那样得到确认。"};
    case Reason::SentAckOfFinAgain:
        return {"The FIN came again, so the last ACK must have been lost. TIME-WAIT is there to repeat it, and 2 MSL "
                "start anew.",
                "FIN 又来了，说明最后的 ACK 丢了。TIME-WAIT 正是为了能再次确认，2 MSL 重新计时。"};
    case Reason::SentAckWindowUpdate:
        return {"The program read data, so there is room again, and the peer must be told.",
                "程序读取了数据，腾出了空间，要告诉对方窗口变大了。"};
    case Reason::SentFin:
        return {"The program closed and all its data has been sent. The FIN says that no more will come from this "
                "side; it uses up one sequence number.",
                "程序已关闭，数据也已全部发出。FIN 表示本方不再发送数据，它占用一个序号。"};
    case Reason::SentRetransmission:
        return {"No acknowledgment came before the retransmission timer ran out. The oldest unacknowledged segment "
                "goes again with the same number, and the timer is doubled.",
                "重传计时器到时仍没有收到确认。最早的未确认报文段以相同的序号重新发出，超时时间加倍。"};
    case Reason::SentZeroWindowProbe:
        return {"The peer's window is closed. One octet asks whether it has opened, in case the news of it was lost.",
                "对方的窗口为 0。发送一个字节来探测，以防窗口重新打开的消息丢失。"};
    case Reason::SentChallengeAckSyn:
        return {"A SYN on a living connection may be an old duplicate or a forgery. The state stays as it is; the ACK "
                "lets an honest peer that restarted find out.",
                "在已建立的连接上收到 SYN，可能是旧的重复报文段，也可能是伪造的。状态不变；如果对方真的重启过，这个 "
                "ACK 会让它察觉。"};
    case Reason::SentChallengeAckRst:
        return {"The reset is in the window but does not carry exactly the number expected. The ACK asks the peer to "
                "confirm it; a forger cannot.",
                "RST 在窗口之内，但序号不正好等于期望值。用 ACK 请对方证实，伪造者做不到。"};
    case Reason::SentChallengeAckAck:
        return {"The segment acknowledges something that was never sent. It is dropped, and the ACK says where things "
                "stand.",
                "收到的报文段确认了从未发送的数据，予以丢弃，并用 ACK 说明当前的序号。"};
    case Reason::SentRstNoConnection:
        return {"There is no connection and no listener for this segment. A reset says so at once, so that the sender "
                "need not wait.",
                "没有与这个报文段对应的连接，也没有程序在监听。立即回以 RST，免得对方空等。"};
    case Reason::SentRstBadAck:
        return {"The segment acknowledges something this side never sent, so it belongs to some other connection. The "
                "reset carries that very number and ends it.",
                "收到的报文段确认了本方从未发送的内容，它属于别的连接。RST 以那个确认号为序号，把它终止。"};
    case Reason::SentRstAbort:
        return {"The program aborted. A reset ends the connection for both sides at once; nothing waits for "
                "acknowledgment.",
                "程序中止了连接。RST 让双方立即结束，不等待任何确认。"};
    case Reason::SentRstUnreadData:
        return {"The program closed while data was still unread. A FIN would suggest that all was received, so the "
                "peer is told the truth with a reset.",
                "程序关闭时还有数据没有读取。若发 FIN，对方会以为数据都已收到，所以用 RST 说明实情。"};
    case Reason::SentRstDataAfterClose:
        return {"Data arrived, but the program that should read it has gone. The reset tells the peer that it is lost.",
                "数据到了，但应当读取它的程序已经离开。RST 告诉对方这些数据已丢失。"};
    case Reason::SentInjected:
        return {"This segment was not sent by the host's TCP: it is an old duplicate, or a forgery by someone else.",
                "这个报文段不是主机的 TCP 发出的：它是旧的重复报文段，或是别人伪造的。"};

    case Reason::IgnoredBadFcs:
        return {"The frame check sequence does not match the bytes: the frame was damaged on the way and is dropped "
                "before TCP sees it.",
                "帧检验序列（FCS）与内容不符：帧在途中损坏，在交给 TCP 之前就被丢弃。"};
    case Reason::IgnoredBadIpChecksum:
        return {"The IP header checksum does not match; the datagram is dropped.", "IP 首部校验和不符，数据报被丢弃。"};
    case Reason::IgnoredBadTcpChecksum:
        return {
            "The TCP checksum does not match; the segment is dropped as if it had never come, and will be sent again.",
            "TCP 校验和不符，报文段被丢弃，就像没有来过；发送方会重传。"};
    case Reason::IgnoredMalformed:
        return {"The bytes make no valid segment; they are dropped.", "这些字节不构成有效的报文段，予以丢弃。"};
    case Reason::IgnoredNotForUs:
        return {
            "It is addressed to others: to a group that this node is not part of, or in a way that it does not answer.",
            "它是发给别人的：发给本机不参加的组，或以本机不回应的方式发来。"};
    case Reason::IgnoredFiltered:
        return {"A firewall drops it without a word. The sender cannot tell this from a loss, so it goes on "
                "retransmitting.",
                "防火墙不声不响地把它丢弃。发送方分不清这是过滤还是丢失，只能继续重传。"};
    case Reason::IgnoredOutsideWindow:
        return {"No octet of the segment lies in the receive window, so nothing in it is used.",
                "报文段没有一个字节落在接收窗口之内，内容不予采用。"};
    case Reason::IgnoredRstOutsideWindow:
        return {"The reset lies outside the receive window, so it is old or forged and does nothing.",
                "RST 落在接收窗口之外，是旧的或伪造的，不起作用。"};
    case Reason::IgnoredRstNotExact:
        return {"The reset lies in the receive window but does not hit the number expected next, so a forger may have "
                "guessed it. A challenge ACK asks the real peer.",
                "RST 落在接收窗口之内，但不是正好等于下一个期望的序号，可能是伪造者猜的。于是发出质询 "
                "ACK，向真正的对方求证。"};
    case Reason::IgnoredSynOnConnection:
        return {"The connection is open already. The SYN changes nothing; a challenge ACK asks the peer whether it "
                "meant it.",
                "连接早已建立，这个 SYN 不改变任何状态；发出质询 ACK，问对方是否真要重新开始。"};
    case Reason::IgnoredRstInListen:
        return {"A listening port has no connection that could be reset.", "监听的端口没有可以复位的连接。"};
    case Reason::IgnoredRstWithoutAck:
        return {"In SYN-SENT only a reset that acknowledges this side's SYN counts; anyone could have sent this one.",
                "在 SYN-SENT 中，只有确认了本方 SYN 的 RST 才有效；这一个谁都可能发出。"};
    case Reason::IgnoredRstInClosed:
        return {"There is no connection to reset, and a reset is never answered with a reset.",
                "没有可以复位的连接，而且不能用 RST 应答 RST。"};
    case Reason::IgnoredOldAck:
        return {"It acknowledges nothing that was not acknowledged before.", "它没有确认任何新的内容。"};
    case Reason::IgnoredAckOfUnsent:
        return {"It acknowledges something that was never sent.", "它确认了从未发送的内容。"};
    case Reason::IgnoredDuplicateData: return {"Every octet of it was here already.", "其中的每个字节都早已收到。"};
    case Reason::IgnoredNoAck:
        return {"On an open connection every segment must carry an ACK; this one does not and is dropped.",
                "连接建立之后，每个报文段都必须带 ACK；这一个没有，予以丢弃。"};
    case Reason::IgnoredNoSyn:
        return {"Only a SYN, or a reset, could be answered here; this segment is neither, and is dropped.",
                "此时只有 SYN 或 RST 才有意义；这个报文段两者都不是，予以丢弃。"};
    case Reason::IgnoredFinInClosedListenSynSent:
        return {"Without a connection the number of this FIN cannot be checked, so it is dropped.",
                "连接尚未建立，无法核对这个 FIN 的序号，予以丢弃。"};

    case Reason::LostRandom:
        return {"The link lost it by chance. TCP learns of a loss only because no acknowledgment comes.",
                "链路随机丢弃了它。TCP 只能从没有收到确认来察觉丢失。"};
    case Reason::LostByCommand:
        return {"It was dropped on purpose. TCP learns of a loss only because no acknowledgment comes.",
                "它被人为丢弃。TCP 只能从没有收到确认来察觉丢失。"};
    case Reason::LostQueueFull:
        return {"The queue before the link was full, so there was no room for it.", "链路前的队列已满，容不下它。"};

    case Reason::ChangedDelayed: return {"It was delayed on its way.", "它在途中被延迟。"};
    case Reason::ChangedHeld: return {"It is held on its way until it is let go.", "它在途中被扣住，放行后才继续。"};
    case Reason::ChangedLetGo: return {"It was let go and travels on.", "它被放行，继续前进。"};
    case Reason::ChangedDuplicated: return {"The network made a second copy of it.", "网络复制出了第二份。"};
    case Reason::ChangedCorrupted:
        return {"One bit was flipped on its way; a checksum will show it.", "途中有一位被翻转，校验和会发现它。"};
    case Reason::ChangedReordered:
        return {"It was held back, so that later ones may overtake it.", "它被拖后，后发的可能先到。"};

    case Reason::CommandTooLate:
        return {"The packet had arrived or was lost before this could be done to it.",
                "在此之前，这个报文段已经到达或丢失。"};
    case Reason::SentRepeated:
    case Reason::SentSwitched:
    case Reason::SentFlooded:
    case Reason::SentRouted:
    case Reason::SentArpRequest:
    case Reason::SentArpReply:
    case Reason::SentNeighborSolicitation:
    case Reason::SentNeighborAdvertisement:
    case Reason::SentEchoRequest:
    case Reason::SentEchoReply:
    case Reason::SentTraceProbe:
    case Reason::SentDatagram:
    case Reason::SentDnsQuery:
    case Reason::SentDnsAnswer:
    case Reason::SentNetworkUnreachable:
    case Reason::SentHostUnreachable:
    case Reason::SentPortUnreachable:
    case Reason::SentProtocolUnreachable:
    case Reason::SentFragmentationNeeded:
    case Reason::SentTimeExceeded:
    case Reason::SentParameterProblem:
    case Reason::SentReassemblyTimeExceeded:
    case Reason::IgnoredNotForThisMac:
    case Reason::IgnoredSwitchSamePort:
    case Reason::IgnoredNotRouted:
    case Reason::IgnoredNoRoute:
    case Reason::IgnoredTtlExpired:
    case Reason::IgnoredTooBig:
    case Reason::IgnoredNoNeighbor:
    case Reason::IgnoredArpNotForUs:
    case Reason::IgnoredBadIcmpChecksum:
    case Reason::IgnoredBadUdpChecksum:
    case Reason::IgnoredNoUdpPort:
    case Reason::IgnoredUnknownProtocol:
    case Reason::IgnoredUnexpected:
    case Reason::IgnoredFragmentOverlap:
    case Reason::IgnoredFragmentEcn:
    case Reason::IgnoredReassemblyTimeout:
    case Reason::IgnoredReassemblyLimit:
    case Reason::IgnoredBadSource:
    case Reason::IgnoredIcmpMtu:
    case Reason::IgnoredUnknownHeader:
    case Reason::IgnoredNoNextHeader:
    case Reason::IgnoredIcmpLimit:
    case Reason::IgnoredReceiveBufferFull:
    case Reason::IgnoredNodeOff:
    case Reason::LostUnplugged:
    case Reason::CommandNothingToDo: return networkReasonWhy(reason);
    case Reason::SentFastRetransmit:
    case Reason::SentRackRetransmit:
    case Reason::SentTailLossProbe:
    case Reason::SentRecovery:
    case Reason::SentLimitedTransmit:
    case Reason::SentAfterTimeout:
    case Reason::SentOverrideTimer:
    case Reason::SentKeepAlive:
    case Reason::SentSmallerSegment:
    case Reason::SentAckPaws:
    case Reason::SentSynCookie:
    case Reason::IgnoredPaws:
    case Reason::IgnoredChallengeLimit:
    case Reason::IgnoredSynQueueFull:
    case Reason::IgnoredBacklogFull:
    case Reason::IgnoredBadCookie:
    case Reason::IgnoredIcmpSoft:
    case Reason::IgnoredIcmpNotInFlight:
    case Reason::ChangedMarked: return tcpReasonWhy(reason);
    case Reason::CapturedMidway:
    case Reason::CapturedAfterGap:
    case Reason::CapturedAckOfUnseen:
    case Reason::CapturedOutOfOrder:
    case Reason::CapturedZeroWindow:
    case Reason::CapturedCut:
    case Reason::LostAfterCapture: return capturedReasonWhy(reason);
    case Reason::Count_: break;
    }
    return {};
}

} // namespace

std::string_view explain(Reason reason, Language language)
{
    return why(reason).in(language);
}

} // namespace packetarium
