// SPDX-License-Identifier: GPL-3.0-or-later
// The command line of the desktop program: words into options.
#include "ui/window/render_command.h"

#include "core/scenario/quantities.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

namespace packetarium {
namespace {

const std::vector<std::string> kRenderOptions = {"--view",      "--compare", "--step",  "--at",  "--lang",
                                                 "--theme",     "--numbers", "--plot",  "--osi", "--parcel",
                                                 "--projector", "--size",    "--scale", "--out", "--help"};
constexpr int kMostPixels = 16384;

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

InputError error(InputErrorId id, std::vector<std::string> args)
{
    return InputError{id, std::move(args), {}};
}

template <class T, std::size_t N>
std::optional<InputError> choose(const std::string& option, const std::string& found,
                                 const std::array<std::pair<const char*, T>, N>& choices, T& into)
{
    std::vector<std::string> names;
    for (const auto& [name, value] : choices) {
        if (found == name) {
            into = value;
            return std::nullopt;
        }
        names.emplace_back(name);
    }
    return error(InputErrorId::NotOneOf, {option, found, joined(names)});
}

std::optional<int> wholeNumber(std::string_view text)
{
    int value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<InputError> readSize(const std::string& value, RenderOptions& into)
{
    const auto cross = value.find('x');
    const auto width =
        cross == std::string::npos ? std::nullopt : wholeNumber(std::string_view(value).substr(0, cross));
    const auto height =
        cross == std::string::npos ? std::nullopt : wholeNumber(std::string_view(value).substr(cross + 1));
    if (!width || !height)
        return error(InputErrorId::BadArgument, {"--size " + value, ""});
    if (std::min(*width, *height) < 64 || std::max(*width, *height) > kMostPixels)
        return error(InputErrorId::OutOfRange, {"--size", value, "64x64", "16384x16384"});
    into.size = QSize(*width, *height);
    return std::nullopt;
}

std::optional<InputError> readScale(const std::string& value, RenderOptions& into)
{
    char* end = nullptr;
    const double scale = std::strtod(value.c_str(), &end);
    if (end == value.c_str() || *end != '\0' || !(scale >= 0.25 && scale <= 8.0))
        return error(InputErrorId::OutOfRange, {"--scale", value, "0.25", "8"});
    into.scale = scale;
    return std::nullopt;
}

std::optional<InputError> readOption(const std::string& name, const std::string& value, RenderOptions& into)
{
    if (name == "--view")
        return choose<RenderOptions::View, 8>(name, value,
                                              {{{"sequence", RenderOptions::View::Sequence},
                                                {"states", RenderOptions::View::States},
                                                {"layers", RenderOptions::View::Layers},
                                                {"network", RenderOptions::View::Network},
                                                {"windows", RenderOptions::View::Windows},
                                                {"plots", RenderOptions::View::Plots},
                                                {"window", RenderOptions::View::Window},
                                                {"home", RenderOptions::View::Home}}},
                                              into.view);
    if (name == "--compare") {
        into.compare = QString::fromStdString(value);
        return std::nullopt;
    }
    if (name == "--lang")
        return choose<Language, 3>(
            name, value, {{{"zh_CN", Language::Chinese}, {"zh", Language::Chinese}, {"en", Language::English}}},
            into.language);
    if (name == "--theme")
        return choose<ThemeKind, 3>(
            name, value,
            {{{"light", ThemeKind::Light}, {"dark", ThemeKind::Dark}, {"high-contrast", ThemeKind::HighContrast}}},
            into.theme);
    if (name == "--numbers")
        return choose<NumberStyle, 3>(
            name, value,
            {{{"symbolic", NumberStyle::Symbolic}, {"relative", NumberStyle::Relative}, {"raw", NumberStyle::Raw}}},
            into.numbers);
    if (name == "--plot") {
        into.plots = into.plots.value_or(std::array<bool, kPlotKindCount>{});
        PlotKind kind{};
        if (auto problem = choose<PlotKind, kPlotKindCount>(name, value,
                                                            {{{"sequence", PlotKind::Sequence},
                                                              {"cwnd", PlotKind::Congestion},
                                                              {"rtt", PlotKind::RoundTrip},
                                                              {"throughput", PlotKind::Throughput},
                                                              {"queue", PlotKind::Queue}}},
                                                            kind))
            return problem;
        into.plots->at(static_cast<std::size_t>(kind)) = true;
        return std::nullopt;
    }
    if (name == "--size")
        return readSize(value, into);
    if (name == "--scale")
        return readScale(value, into);
    if (name == "--step") {
        into.step = wholeNumber(value);
        if (!into.step || *into.step < 1)
            return error(InputErrorId::BadArgument, {"--step " + value, ""});
        return std::nullopt;
    }
    if (name == "--at") {
        const auto duration = parseDuration(value);
        if (!duration)
            return error(InputErrorId::NotADuration, {"--at", value});
        into.at = SimTime::zero() + *duration;
        return std::nullopt;
    }
    into.out = QString::fromStdString(value);
    return std::nullopt;
}

Result<StartOptions, InputError> parseRender(const std::vector<std::string>& arguments, Language language)
{
    StartOptions start;
    start.deed = StartOptions::Deed::Render;
    RenderOptions& r = start.render;
    r.language = language;
    std::vector<std::string> seen;
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        std::string name = arguments[i];
        if (name.size() < 2 || name[0] != '-') {
            if (!r.what.isEmpty())
                return error(InputErrorId::UnexpectedArgument, {name});
            r.what = QString::fromStdString(name);
            continue;
        }
        std::optional<std::string> value;
        if (const auto equals = name.find('='); equals != std::string::npos) {
            value = name.substr(equals + 1);
            name.resize(equals);
        }
        if (std::find(kRenderOptions.begin(), kRenderOptions.end(), name) == kRenderOptions.end())
            return error(InputErrorId::UnknownOption, {name, joined(kRenderOptions)});
        if (name != "--plot" && std::find(seen.begin(), seen.end(), name) != seen.end())
            return error(InputErrorId::RepeatedOption, {name});
        seen.push_back(name);
        if (name == "--projector") {
            r.projector = true;
            continue;
        }
        if (name == "--osi" || name == "--parcel") {
            (name == "--osi" ? r.layers.osi : r.layers.parcel) = true;
            continue;
        }
        if (!value) {
            if (i + 1 == arguments.size())
                return error(InputErrorId::MissingValue, {name});
            value = arguments[++i];
        }
        if (auto problem = readOption(name, *value, r))
            return *problem;
    }
    if (r.what.isEmpty() && r.view != RenderOptions::View::Home)
        return error(InputErrorId::MissingArgument, {"WHAT", "packetarium render"});
    if (r.out.isEmpty())
        return error(InputErrorId::MissingArgument, {"--out", "packetarium render"});
    const bool isWindow = r.view == RenderOptions::View::Window || r.view == RenderOptions::View::Home;
    if (r.projector && isWindow) // the projector shows a view and nothing around it
        return error(InputErrorId::NotOneOf,
                     {"--projector --view", r.view == RenderOptions::View::Home ? "home" : "window",
                      "sequence, states, layers, network, windows, plots"});
    return start;
}

} // namespace

Result<StartOptions, InputError> parseArguments(const std::vector<std::string>& arguments, Language systemLanguage)
{
    StartOptions start;
    for (const std::string& argument : arguments) {
        if (argument == "--help" || argument == "-h")
            start.deed = StartOptions::Deed::Help;
        else if (argument == "--version")
            start.deed = StartOptions::Deed::Version;
        else
            continue;
        return start;
    }
    if (!arguments.empty() && arguments[0] == "render")
        return parseRender(arguments, systemLanguage);
    for (const std::string& argument : arguments) {
        if (argument.size() > 1 && argument[0] == '-')
            return error(InputErrorId::UnknownOption, {argument, "--help, --version"});
        if (!start.file.isEmpty())
            return error(InputErrorId::UnexpectedArgument, {argument});
        start.file = QString::fromStdString(argument);
    }
    return start;
}

Language environmentLanguage()
{
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(name); value && *value)
            return parseLanguage(value).value_or(Language::English);
    return Language::English;
}

std::string helpText(Language language)
{
    if (language == Language::Chinese)
        return R"(包罗网象：看见 TCP/IP 怎样运行。

用法：
  packetarium [文件]            打开窗口；文件是场景或课程，也可以是内置的名字
  packetarium render 内容 --out 文件.png|svg|pdf [选项]
                                不开窗口，画一张图；内容是文件或内置的名字

render 的选项：
  --view sequence|states|layers|network|windows|plots|window|home
                                       时序图、状态机、分层图、网络图、窗口图、曲线图、整个窗口、主页
  --compare 另一个                     并排放上另一个场景（文件或内置名称），显示同一时刻
  --step N                             第 N 步（从 1 数起）
  --at T                               某一时刻，如 "61.2 ms"
  --lang zh_CN|en                      语言（默认随系统）
  --theme light|dark|high-contrast     主题
  --numbers symbolic|relative|raw      序号的写法
  --osi                                分层视图用 OSI 七层，而不是 TCP/IP 四层
  --parcel                             分层视图对照七位打包员和包裹
  --plot sequence|cwnd|rtt|throughput|queue
                                       曲线图中画哪一张；可以写多次
  --projector                          投影的版式
  --size 宽x高                         大小，默认 1440x900，投影为 1920x1080
  --scale S                            PNG 的放大倍数
  --out 文件                           写到哪里

其他：
  --help      本说明
  --version   版本
)";
    return R"(Packetarium: watch TCP/IP happen.

Usage:
  packetarium [FILE]            opens the window; FILE is a scenario or a lesson, or the name of a built-in one
  packetarium render WHAT --out FILE.png|svg|pdf [options]
                                makes a picture without a window; WHAT is a file or a built-in name

Options of render:
  --view sequence|states|layers|network|windows|plots|window|home
                                       the view, the whole window, or the home page
  --compare OTHER                      another scenario, a file or a built-in name, beside it at the same instant
  --step N                             at step N, from 1
  --at T                               at an instant, such as "61.2 ms"
  --lang zh_CN|en                      language (default: the system's)
  --theme light|dark|high-contrast     theme
  --numbers symbolic|relative|raw      how sequence numbers are written
  --osi                                the layers view in OSI's seven layers instead of TCP/IP's four
  --parcel                             the layers view with the seven packers and their parcel
  --plot sequence|cwnd|rtt|throughput|queue
                                       one of the plots view's plots; may be given several times
  --projector                          the projector's layout
  --size WxH                           size; default 1440x900, for the projector 1920x1080
  --scale S                            pixels of a PNG per unit of size
  --out FILE                           where to write

Also:
  --help      this text
  --version   the version
)";
}

} // namespace packetarium
