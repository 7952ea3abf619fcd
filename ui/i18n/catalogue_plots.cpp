// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/catalogue_plots.h"

#include "ui/i18n/catalogue_pattern.h"
#include "ui/i18n/catalogue_words.h"

namespace packetarium {
namespace {

Words both(PlotWord w)
{
    switch (w) {
    case PlotWord::View: return {"Plots view", "曲线图"};
    case PlotWord::Nothing:
        return {"No TCP connection yet: once a side connects, its segments are drawn here over time.",
                "还没有 TCP 连接：一端发起连接后，这里会按时间画出它的报文段。"};
    case PlotWord::NotInView: return {"nothing in this stretch of time", "这段时间内没有数据"};
    case PlotWord::MorePlots: return {"More plots are chosen than fit here: {0}", "另有 {0} 个选中的图放不下"};
    case PlotWord::Flow: return {"{0}:{1} to {2}:{3}", "{0}:{1} 发往 {2}:{3}"};
    case PlotWord::Sequence: return {"Sequence numbers", "序号"};
    case PlotWord::Congestion: return {"Congestion window", "拥塞窗口"};
    case PlotWord::RoundTrip: return {"Round-trip time", "往返时间"};
    case PlotWord::Throughput: return {"Throughput", "吞吐量"};
    case PlotWord::Queue: return {"Queue", "队列"};
    case PlotWord::QueueAt: return {"Queue at {0}", "{0}处的队列"};
    case PlotWord::Segment: return {"segment", "报文段"};
    case PlotWord::Again: return {"sent again", "重传"};
    case PlotWord::Lost: return {"lost", "丢失"};
    case PlotWord::Acknowledged: return {"acknowledged", "已确认"};
    case PlotWord::Window: return {"window's edge", "窗口右沿"};
    case PlotWord::Sack: return {"SACK", "SACK"};
    case PlotWord::Cwnd: return {"cwnd", "cwnd"};
    case PlotWord::Ssthresh: return {"ssthresh", "ssthresh"};
    case PlotWord::InFlight: return {"in flight", "在途数据"};
    case PlotWord::Sample: return {"measured", "测量值"};
    case PlotWord::Srtt: return {"SRTT", "SRTT"};
    case PlotWord::Rto: return {"RTO", "RTO"};
    case PlotWord::Arrived: return {"throughput", "吞吐量"};
    case PlotWord::Fresh: return {"goodput", "有效吞吐量"};
    case PlotWord::Waiting: return {"waiting", "排队"};
    case PlotWord::Dropped: return {"dropped, queue full", "队列满而丢弃"};
    case PlotWord::Marked: return {"marked (ECN)", "打上标记（ECN）"};
    case PlotWord::Packets: return {"packets", "个"};
    case PlotWord::SeveralMarks: return {"with others", "及其他"};
    case PlotWord::Time: return {"time", "时刻"};
    case PlotWord::SequenceSummary:
        return {"{0} segments, {1} sent again, {2} lost.", "{0} 个报文段，重传 {1} 个，丢失 {2} 个。"};
    case PlotWord::CongestionSummary: return {"At most {0} were in flight.", "在途数据最多 {0}。"};
    case PlotWord::CongestionNow:
        return {"At most {0} were in flight; cwnd is {1} now.", "在途数据最多 {0}；cwnd 现为 {1}。"};
    case PlotWord::RoundTripSummary:
        return {"{0} measurements, between {1} and {2}.", "{0} 次测量，介于 {1} 和 {2} 之间。"};
    case PlotWord::ThroughputSummary: return {"{0} arrived, of which {1} were new.", "到达 {0}，其中新数据 {1}。"};
    case PlotWord::QueueSummary: return {"At most {0} waited; dropped: {1}.", "最多 {0} 个在排队；丢弃 {1} 个。"};
    case PlotWord::QueueMarkedSummary:
        return {"At most {0} waited; dropped: {1}, marked: {2}.", "最多 {0} 个在排队；丢弃 {1} 个，标记 {2} 个。"};
    }
    return {};
}

Words eventLabel(FlowEventKind kind)
{
    switch (kind) {
    case FlowEventKind::Loss: return {"loss", "丢失"};
    case FlowEventKind::Timeout: return {"time-out", "超时"};
    case FlowEventKind::FastRetransmit: return {"fast retransmit", "快重传"};
    case FlowEventKind::EcnReduction: return {"reduced by ECN", "因 ECN 减窗"};
    }
    return {};
}

Words eventWords(FlowEventKind kind)
{
    switch (kind) {
    case FlowEventKind::Loss:
        return {"A segment was lost on its way. Its sender does not know it yet.",
                "一个报文段在途中丢失，发送方此时还不知道。"};
    case FlowEventKind::Timeout:
        return {
            "The retransmission timer fired: nothing was acknowledged for too long, so the oldest segment goes again.",
            "重传计时器到时：太久没有收到新的确认，于是重发最早的未确认报文段。"};
    case FlowEventKind::FastRetransmit:
        return {
            "The third duplicate ACK came: the oldest segment is taken for lost and goes again before the timer fires.",
            "收到第三个重复确认：认为最早的报文段已丢失，不等计时器到时就重发。"};
    case FlowEventKind::EcnReduction:
        return {"An ACK with ECN-Echo came: a router marked a segment instead of dropping one, and the window shrinks "
                "as after a loss.",
                "收到带 ECN-Echo 的确认：路由器没有丢弃而是标记了报文段，拥塞窗口像丢失时一样减小。"};
    }
    return {};
}

Words phaseShort(CongestionPhase phase)
{
    switch (phase) {
    case CongestionPhase::SlowStart: return {"slow start", "慢启动"};
    case CongestionPhase::CongestionAvoidance: return {"avoidance", "拥塞避免"};
    case CongestionPhase::FastRecovery: return {"recovery", "快恢复"};
    case CongestionPhase::AfterTimeout: return {"after time-out", "超时后"};
    }
    return {};
}

} // namespace

std::string_view word(PlotWord w, Language language)
{
    return both(w).in(language);
}

std::string sentence(PlotWord w, Language language, std::initializer_list<std::string_view> arguments)
{
    return filledPattern(word(w, language), arguments);
}

std::string_view letterOf(FlowEventKind kind)
{
    switch (kind) {
    case FlowEventKind::Loss: return "×";
    case FlowEventKind::Timeout: return "T";
    case FlowEventKind::FastRetransmit: return "F";
    case FlowEventKind::EcnReduction: return "E";
    }
    return {};
}

std::string_view labelOf(FlowEventKind kind, Language language)
{
    return eventLabel(kind).in(language);
}

std::string_view explain(FlowEventKind kind, Language language)
{
    return eventWords(kind).in(language);
}

std::string_view shortLabelOf(CongestionPhase phase, Language language)
{
    return phaseShort(phase).in(language);
}

} // namespace packetarium
