// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/catalogue_predictions.h"

#include <fmt/format.h>

namespace packetarium {
namespace {

std::string_view pick(Language language, std::string_view english, std::string_view chinese)
{
    return language == Language::Chinese ? chinese : english;
}

} // namespace

std::string questionText(const Prediction& prediction, std::string_view host, Language language)
{
    const auto with = [&](std::string_view english, std::string_view chinese) {
        return fmt::format(fmt::runtime(pick(language, english, chinese)), host);
    };
    switch (prediction.asks) {
    case Prediction::Asks::Flags:
        return with("{}: which flags will its next segment carry?", "{}的下一个报文段会带哪些标志？");
    case Prediction::Asks::Acknowledgment:
        return with("{}: which acknowledgment number will it send next?", "{}接下来发送的确认号是多少？");
    case Prediction::Asks::State: return with("{}: which state does it enter next?", "{}接下来进入哪个状态？");
    }
    return {};
}

std::string verdictText(const Prediction& prediction, std::size_t chosen, Language language)
{
    const std::string& answer = prediction.choices[prediction.answer];
    if (chosen == prediction.answer)
        return fmt::format(fmt::runtime(pick(language, "Right: {}.", "正确：{}。")), answer);
    return fmt::format(fmt::runtime(pick(language, "It is {}, not {}.", "是 {}，不是 {}。")), answer,
                       prediction.choices[chosen]);
}

std::string promptText(bool answered, Language language)
{
    return std::string(answered ? pick(language, "Next step: watch it happen.", "按“下一步”，看它发生。")
                                : pick(language, "Choose, or step on to see.", "请选择；直接按“下一步”则跳过。"));
}

} // namespace packetarium
