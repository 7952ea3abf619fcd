// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/stage_words.h"

#include "ui/i18n/catalogue_pattern.h"

namespace packetarium {

namespace {

struct Both {
    std::string_view en, zh;
};

Both both(StageWord w)
{
    switch (w) {
    case StageWord::ActiveOpen: return {"active open", "主动打开"};
    case StageWord::PassiveOpen: return {"passive open", "被动打开"};
    case StageWord::Retransmission: return {"again", "重传"};
    case StageWord::Copy: return {"copy", "副本"};
    case StageWord::Corrupted: return {"corrupted", "损坏"};
    case StageWord::Marked: return {"marked: CE", "已打标记：CE"};
    case StageWord::Injected: return {"injected", "注入"};
    case StageWord::Held: return {"held", "扣住"};
    case StageWord::Lost: return {"lost", "丢失"};
    case StageWord::Ignored: return {"ignored", "不理会"};
    case StageWord::AlsoToClosed: return {"RST, abort, give up", "RST、中止、放弃"};
    case StageWord::ClientToken: return {"C", "C"};
    case StageWord::ServerToken: return {"S", "S"};
    case StageWord::ProjectorHint: return {"Space / remote: next step", "空格 / 翻页笔：下一步"};
    case StageWord::SequenceView: return {"Sequence view", "时序图"};
    case StageWord::StatesView: return {"States view", "状态图"};
    case StageWord::Timeline: return {"Timeline", "时间线"};
    case StageWord::PacketPending: return {"From {0} to {1}; not sent yet.", "从{0}发往{1}，还没有发出。"};
    case StageWord::PacketUnderWay: return {"From {0} to {1}; on its way.", "从{0}发往{1}，正在途中。"};
    case StageWord::PacketHeld: return {"From {0} to {1}; held on its way.", "从{0}发往{1}，在途中被扣住。"};
    case StageWord::PacketArrived: return {"From {0} to {1}; arrived.", "从{0}发往{1}，已到达。"};
    case StageWord::PacketLost: return {"From {0} to {1}; lost: {2}.", "从{0}发往{1}，已丢失：{2}。"};
    case StageWord::PacketIgnored:
        return {"From {0} to {1}; arrived and was ignored: {2}.", "从{0}发往{1}，到达后不予理会：{2}。"};
    case StageWord::HostState: return {"{0} is in {1}.", "{0}处于 {1}。"};
    case StageWord::StateHolders: return {"Here now: {0}.", "现在在此：{0}。"};
    case StageWord::StateEmpty: return {"Nobody is here now.", "现在没有一端在此。"};
    case StageWord::EdgeFromTo: return {"{0} to {1}", "{0} 到 {1}"};
    case StageWord::EdgeJustTaken: return {"Just taken by {0}.", "{0}刚走过这条边。"};
    case StageWord::TimerOf: return {"{0}: {1}, {2}", "{0}：{1}，{2}"};
    case StageWord::TimerRunning: return {"It is running.", "正在计时。"};
    case StageWord::TimeOf: return {"{0} of {1}", "{0}，共 {1}"};
    case StageWord::EndedAt: return {"ended at {0}", "已在 {0} 结束"};
    case StageWord::BundleOf:
        return {"{0} to {1}: {2} packets, sent between {3} and {4}", "{0} 到 {1}：{2} 个包，在 {3} 与 {4} 之间发出"};
    }
    return {};
}

} // namespace

std::string_view word(StageWord w, Language language)
{
    const Both b = both(w);
    return language == Language::Chinese ? b.zh : b.en;
}

std::string sentence(StageWord w, Language language, std::initializer_list<std::string_view> arguments)
{
    return filledPattern(word(w, language), arguments);
}

std::string_view timerName(Timer timer, Language language)
{
    const bool zh = language == Language::Chinese;
    switch (timer) {
    case Timer::Retransmission: return "RTO";
    case Timer::DelayedAck: return zh ? "延迟确认" : "delayed ACK";
    case Timer::TimeWait: return "2MSL";
    case Timer::Persist: return zh ? "坚持" : "persist";
    case Timer::KeepAlive: return zh ? "保活" : "keep-alive";
    case Timer::UserTimeout: return zh ? "用户超时" : "user timeout";
    case Timer::TailLossProbe: return zh ? "尾部探测" : "tail probe";
    case Timer::Reordering: return zh ? "乱序等待" : "reordering";
    }
    return {};
}

} // namespace packetarium
