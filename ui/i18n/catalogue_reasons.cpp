// SPDX-License-Identifier: GPL-3.0-or-later
// Why a segment was sent, ignored, lost or changed: the short form.
#include "ui/i18n/catalogue_reasons_captured.h"
#include "ui/i18n/catalogue_reasons_net.h"
#include "ui/i18n/catalogue_reasons_tcp.h"
#include "ui/i18n/catalogue_words.h"

namespace packetarium {
namespace {

Words label(Reason reason)
{
    switch (reason) {
    case Reason::None: return {"", ""};

    case Reason::SentConnect: return {"connection request", "连接请求"};
    case Reason::SentSynAck: return {"answer to SYN", "应答 SYN"};
    case Reason::SentSimultaneousOpen: return {"simultaneous open", "同时打开"};
    case Reason::SentAckOfSyn: return {"ACK of SYN", "确认 SYN"};
    case Reason::SentAppWrite: return {"data", "数据"};
    case Reason::SentAckClock: return {"data, as ACKs allow", "收到确认后继续发送"};
    case Reason::SentAckSecondSegment: return {"ACK of two segments", "每两段确认一次"};
    case Reason::SentAckDelayedTimer: return {"delayed ACK", "延迟确认"};
    case Reason::SentAckImmediate: return {"immediate ACK", "立即确认"};
    case Reason::SentAckOutOfOrder: return {"duplicate ACK", "重复确认"};
    case Reason::SentAckFillsGap: return {"ACK, gap filled", "缺口补上后的确认"};
    case Reason::SentAckUnacceptable: return {"ACK: not expected", "报文段不可接受"};
    case Reason::SentAckOfFin: return {"ACK of FIN", "确认 FIN"};
    case Reason::SentAckOfFinAgain: return {"ACK of FIN again", "再次确认 FIN"};
    case Reason::SentAckWindowUpdate: return {"window update", "窗口更新"};
    case Reason::SentFin: return {"end of data", "数据发送结束"};
    case Reason::SentRetransmission: return {"retransmission", "重传"};
    case Reason::SentZeroWindowProbe: return {"zero-window probe", "零窗口探测"};
    case Reason::SentChallengeAckSyn: return {"challenge ACK (SYN)", "质询 ACK（因 SYN）"};
    case Reason::SentChallengeAckRst: return {"challenge ACK (RST)", "质询 ACK（因 RST）"};
    case Reason::SentChallengeAckAck: return {"challenge ACK (bad ACK)", "质询 ACK（因错误确认）"};
    case Reason::SentRstNoConnection: return {"reset: no connection", "复位：没有连接"};
    case Reason::SentRstBadAck: return {"reset: wrong ACK", "复位：确认号错误"};
    case Reason::SentRstAbort: return {"reset: aborted", "复位：程序中止"};
    case Reason::SentRstUnreadData: return {"reset: unread data", "复位：有数据未读"};
    case Reason::SentRstDataAfterClose: return {"reset: nobody to read", "复位：无人接收"};
    case Reason::SentInjected: return {"old or forged", "旧的或伪造的"};

    case Reason::IgnoredBadFcs: return {"damaged frame", "帧已损坏"};
    case Reason::IgnoredBadIpChecksum: return {"bad IP checksum", "IP 校验和错误"};
    case Reason::IgnoredBadTcpChecksum: return {"bad TCP checksum", "TCP 校验和错误"};
    case Reason::IgnoredMalformed: return {"malformed", "格式错误"};
    case Reason::IgnoredNotForUs: return {"not for this host", "不是发给本机的"};
    case Reason::IgnoredFiltered: return {"filtered", "被防火墙丢弃"};
    case Reason::IgnoredOutsideWindow: return {"outside the window", "在窗口之外"};
    case Reason::IgnoredRstOutsideWindow: return {"RST outside the window", "RST 在窗口之外"};
    case Reason::IgnoredRstNotExact: return {"RST number not exact", "RST 的序号不是正好"};
    case Reason::IgnoredSynOnConnection: return {"SYN on a live connection", "连接已建立，SYN 无效"};
    case Reason::IgnoredRstInListen: return {"RST in LISTEN", "LISTEN 中的 RST"};
    case Reason::IgnoredRstWithoutAck: return {"RST without ACK", "没有 ACK 的 RST"};
    case Reason::IgnoredRstInClosed: return {"RST for no connection", "RST 没有对应的连接"};
    case Reason::IgnoredOldAck: return {"old ACK", "旧的确认"};
    case Reason::IgnoredAckOfUnsent: return {"ACK of unsent data", "确认了未发送的数据"};
    case Reason::IgnoredDuplicateData: return {"duplicate data", "重复数据"};
    case Reason::IgnoredNoAck: return {"no ACK bit", "没有 ACK 位"};
    case Reason::IgnoredNoSyn: return {"neither SYN nor RST", "既非 SYN 也非 RST"};
    case Reason::IgnoredFinInClosedListenSynSent: return {"FIN too early", "FIN 来得太早"};

    case Reason::LostRandom: return {"lost on the link", "链路丢包"};
    case Reason::LostByCommand: return {"dropped on purpose", "人为丢弃"};
    case Reason::LostQueueFull: return {"queue full", "队列已满"};

    case Reason::ChangedDelayed: return {"delayed", "延迟"};
    case Reason::ChangedHeld: return {"held", "扣住"};
    case Reason::ChangedLetGo: return {"let go", "放行"};
    case Reason::ChangedDuplicated: return {"duplicated", "复制"};
    case Reason::ChangedCorrupted: return {"corrupted", "损坏"};
    case Reason::ChangedReordered: return {"reordered", "乱序"};

    case Reason::CommandTooLate: return {"too late", "太迟"};
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
    case Reason::CommandNothingToDo: return networkReasonLabel(reason);
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
    case Reason::ChangedMarked: return tcpReasonLabel(reason);
    case Reason::CapturedMidway:
    case Reason::CapturedAfterGap:
    case Reason::CapturedAckOfUnseen:
    case Reason::CapturedOutOfOrder:
    case Reason::CapturedZeroWindow:
    case Reason::CapturedCut:
    case Reason::LostAfterCapture: return capturedReasonLabel(reason);
    case Reason::Count_: break;
    }
    return {};
}

} // namespace

std::string_view labelOf(Reason reason, Language language)
{
    return label(reason).in(language);
}

} // namespace packetarium
