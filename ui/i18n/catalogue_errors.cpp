// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with something that came from outside, and what to do about it.
#include "ui/i18n/catalogue_error_words.h"

#include <fmt/format.h>

#include <vector>

namespace packetarium {
namespace {

/// The system's and the YAML parser's own words that people meet most, so that a Chinese sentence does not end in English.
std::string_view inChinese(std::string_view words)
{
    struct Pair {
        std::string_view en, zh;
    };
    static constexpr Pair pairs[] = {
        {"the folder does not exist", "文件夹不存在"},
        {"Permission denied", "没有权限"},
        {"Is a directory", "这是一个文件夹"},
        {"Not a directory", "路径中有一段不是文件夹"},
        {"No such file or directory", "没有这个文件或文件夹"},
        {"No space left on device", "磁盘已满"},
        {"Disk quota exceeded", "超出磁盘配额"},
        {"Read-only file system", "文件系统是只读的"},
        {"Input/output error", "读写出错"},
        {"Invalid argument", "不是普通文件"},
        {"File name too long", "文件名太长"},
        {"Too many levels of symbolic links", "符号链接层数过多"},
        {"Broken pipe", "管道已关闭"},
        {"illegal map value", "这里不能出现冒号和值"},
        {"illegal map key", "这里不能出现键"},
        {"illegal block entry", "这里不能开始列表项"},
        {"illegal flow end", "多余的右括号"},
        {"end of map not found", "映射没有结束，检查缩进和大括号"},
        {"end of map flow not found", "缺少右大括号 }"},
        {"end of sequence not found", "列表没有结束，检查缩进和方括号"},
        {"end of sequence flow not found", "缺少右方括号 ]"},
        {"illegal EOF in scalar", "文本没有结束，缺少引号"},
        {"illegal tab when looking for indentation", "缩进只能用空格，不能用制表符"},
        {"unknown token", "无法识别的字符"},
        {"unknown escape character: ", "无法识别的转义字符"},
        {"the referenced anchor is not defined", "引用的锚点没有定义"},
    };
    for (const Pair& pair : pairs)
        if (words.starts_with(pair.en))
            return pair.zh;
    return words;
}

class Sentence : private ErrorWords {
public:
    Sentence(const InputError& error, Language language)
        : ErrorWords(error, language)
        , language_(language)
    {}

    std::string text() const;

private:
    std::string reason(std::size_t i) const { return zh() ? std::string(inChinese(arg(i))) : arg(i); }
    /// What the help text calls an argument.
    std::string argumentName(std::size_t i) const
    {
        if (zh() && arg(i) == "SCENARIO")
            return "场景";
        if (zh() && arg(i) == "FILE")
            return "文件";
        return zh() ? " " + arg(i) : arg(i);
    }
    std::string kind(std::size_t i) const;
    std::string yamlFeature() const;
    Language language_;
};

std::string Sentence::kind(std::size_t i) const
{
    struct Kind {
        std::string_view name;
        Words words;
    };
    static constexpr Kind kinds[] = {
        {"number", {"a whole number", "一个整数"}},
        {"text", {"a text (without control characters)", "一段文本（不含控制字符）"}},
        {"texts", {"a text, or {en: \"...\", zh: \"...\"}", "一段文本，或 {en: \"...\", zh: \"...\"}"}},
        {"list", {"a list", "一个列表"}},
        {"map", {"keys with values", "一组键和值"}},
        {"yes/no", {"yes or no", "yes 或 no"}},
        {"percentage", {"a percentage such as 0.5 %", "百分数，例如 0.5 %"}},
        {"name",
         {"a name of letters, digits, - and _ (at most 32)", "由字母、数字、- 和 _ 组成的名称（不超过 32 个字符）"}},
        {"hex", {"pairs of hexadecimal digits such as 00ff", "成对的十六进制数字，例如 00ff"}},
        {"seconds", {"a whole number of seconds such as 300 s", "整秒数，例如 300 s"}},
        {"place", {"two numbers [x, y] from 0 to 1000", "两个 0 到 1000 的数 [x, y]"}},
        {"ends", {"the two ends of a link such as [client, s1]", "链路的两端，例如 [client, s1]"}},
        {"path", {"a path such as /index.html", "路径，例如 /index.html"}},
        {"media-type", {"a media type such as text/html", "媒体类型，例如 text/html"}},
        {"anchor", {"one of the events a step may wait for", "步骤可以等待的一种事件"}},
    };
    for (const Kind& k : kinds)
        if (k.name == arg(i))
            return std::string(k.words.in(language_));
    return arg(i);
}

std::string Sentence::yamlFeature() const
{
    struct Feature {
        std::string_view name;
        Words words;
    };
    static constexpr Feature features[] = {
        {"anchor",
         {"anchors (&name) are not used in these files; write the value out",
          "这种文件不使用锚点（&名称），请直接写出内容"}},
        {"alias",
         {"aliases (*name) are not used in these files; write the value out",
          "这种文件不使用别名（*名称），请直接写出内容"}},
        {"tag", {"tags (!name) are not used in these files; remove it", "这种文件不使用标签（!名称），请删去"}},
        {"documents", {"a second document begins here; keep one per file", "这里开始了第二个文档，每个文件只能有一个"}},
        {"escape",
         {"the escapes \\N and \\_ are not used in these files; write the character itself",
          "这种文件不使用转义 \\N 和 \\_，请直接写出字符"}},
        {"complex-key", {"a key must be plain text", "键必须是普通文本"}},
    };
    for (const Feature& feature : features)
        if (feature.name == arg(0))
            return std::string(feature.words.in(language_));
    return arg(0);
}

std::string Sentence::text() const
{
    switch (id()) {
    case InputErrorId::FileNotFound:
        return say("there is no such file; check the name.", "没有这个文件，请检查文件名。");
    case InputErrorId::FileUnreadable: return say("the file cannot be read: {}.", "无法读取文件：{}。", reason(0));
    case InputErrorId::FileUnwritable:
        return say("the file cannot be written: {}; choose another place.", "无法写入文件：{}；请换一个位置。",
                   reason(0));
    case InputErrorId::FileTooLarge:
        return say("the file has {} bytes; at most {} are read.", "文件有 {} 字节，最多读取 {} 字节。", arg(0), arg(1));
    case InputErrorId::NotUtf8:
        return say("the file is not plain UTF-8 text; save it as UTF-8.",
                   "文件不是 UTF-8 纯文本，请另存为 UTF-8 编码。");
    case InputErrorId::NotYaml: return say("this is not valid YAML: {}.", "YAML 语法有误：{}。", reason(0));
    case InputErrorId::YamlFeature: return say("{}.", "{}。", yamlFeature());
    case InputErrorId::TooDeep:
        return say("lists and maps are nested more than {} levels deep.", "列表和映射的嵌套超过了 {} 层。", arg(0));
    case InputErrorId::WrongVersion:
        return say("version {} is not supported; this program reads version {}.",
                   "不支持版本 {}，本程序能读取的版本是 {}。", quoted(0), arg(1));
    case InputErrorId::UnknownKey:
        return say("{} is not a key that may stand {}; allowed are: {}.", "{} 不是可用的键（{}）；可用的有：{}。",
                   quoted(0), where(1), list(2));
    case InputErrorId::MissingKey:
        return say("{} is missing {}; add it.", "缺少 {}（{}），请补上。", quoted(0), where(1));
    case InputErrorId::DuplicateKey:
        return say("{} stands here a second time; keep one.", "{} 重复出现，请只保留一个。", quoted(0));
    case InputErrorId::NotExactlyOne:
        return list(2).empty() ? say("one of these is needed {}: {}.", "{}中需要其中之一：{}。", where(0), list(1))
                               : say("{} holds {} together; keep one of them.", "{} 中同时出现了 {}，请只保留一个。",
                                     key(0), list(2));
    case InputErrorId::WrongType:
        return say("{} must be {}; found {}.", "{} 应当是{}；实际是{}。", key(0), kind(1), found(2));
    case InputErrorId::NotADuration:
        return say("{} must be a time such as 20 ms, 1.5 s or 2 min; found {}.",
                   "{} 应当是一段时间，例如 20 ms、1.5 s 或 2 min；实际是{}。", key(0), found(1));
    case InputErrorId::NotABandwidth:
        return say("{} must be a rate such as 10 Mbit/s, or unlimited; found {}.",
                   "{} 应当是速率，例如 10 Mbit/s，或 unlimited；实际是{}。", key(0), found(1));
    case InputErrorId::NotAnAddress:
        return say("{} must be the IPv4 address of one host, such as 192.168.1.25; found {}.",
                   "{} 应当是一台主机的 IPv4 地址，例如 192.168.1.25；实际是{}。", key(0), found(1));
    case InputErrorId::NotAMac:
        return say("{} must be the MAC address of one host, such as 02:00:00:00:00:01; found {}.",
                   "{} 应当是一台主机的 MAC 地址，例如 02:00:00:00:00:01；实际是{}。", key(0), found(1));
    case InputErrorId::NotOneOf:
        return say("{} must be one of: {}; found {}.", "{} 应当是以下之一：{}；实际是{}。", key(0), list(2), found(1));
    case InputErrorId::OutOfRange:
        return arg(2) == arg(3) ? say("{} must be {}; found {}.", "{} 应当是 {}；实际是 {}。", key(0), arg(2), arg(1))
                                : say("{} must be from {} to {}; found {}.", "{} 应当在 {} 到 {} 之间；实际是 {}。",
                                      key(0), arg(2), arg(3), arg(1));
    case InputErrorId::UnknownHost:
        return say("there is no host {}; the hosts are: {}.", "没有名为{}的主机；现有主机：{}。", quoted(0), list(1));
    case InputErrorId::DuplicateName:
        return say("{} is used twice; each host needs its own.", "{} 用了两次，每台主机必须各不相同。", quoted(0));
    case InputErrorId::TooMany:
        return say("{} goes beyond what is allowed; at most {}.", "{} 超出上限，最多 {}。", key(0), arg(1));
    case InputErrorId::UnknownScenario:
        return say("there is no scenario {}; the built-in ones are: {}.", "没有名为{}的场景；内置场景有：{}。",
                   quoted(0), list(1));
    case InputErrorId::UnknownLesson:
        return say("there is no lesson {}; the built-in ones are: {}.", "没有名为{}的课程；内置课程有：{}。", quoted(0),
                   list(1));
    case InputErrorId::UnknownPlaceholder:
        return say("{} is not a placeholder; allowed are: {}.", "{} 不是占位符；可用的有：{}。", quoted(0), list(1));
    case InputErrorId::StepNeverHappens:
        return say("step {} never happens in the run; it waits for {}.", "第 {} 步在运行中没有发生，它等待的是：{}。",
                   arg(0), arg(1));
    case InputErrorId::ClaimNotShown:
        return say("step {} claims {}, but the run shows {}.", "第 {} 步声称 {}，但运行的结果是{}。", arg(0), arg(1),
                   found(2));
    case InputErrorId::StepsOutOfOrder:
        return say("step {} happens before the step above it; change their order.",
                   "第 {} 步发生在上一步之前，请调整顺序。", arg(0));
    case InputErrorId::MissingTranslation:
        return say("{} has no text in {}; add it.", "{} 缺少语言 {} 的文本，请补上。", key(0), quoted(1));
    case InputErrorId::RunTooLong:
        return say("the run was stopped after {} events; give it an earlier end or less traffic.",
                   "运行到 {} 个事件后被停止，请缩短时间或减少流量。", arg(0));
    case InputErrorId::BadArgument:
        return count() < 2 ? say("{} is not understood; see --help.", "无法理解 {}，请查看 --help。", quoted(0))
                           : say("{} is not understood: {}; see --help.", "无法理解 {}：{}；请查看 --help。", quoted(0),
                                 arg(1));
    case InputErrorId::UnknownOption:
        return say("there is no option {}; the options here are: {}.", "没有选项 {}；可用的选项有：{}。", arg(0),
                   list(1));
    case InputErrorId::UnknownCommand:
        return say("there is no command {}; the commands are: {}.", "没有命令{}；可用的命令有：{}。", quoted(0),
                   list(1));
    case InputErrorId::MissingCommand:
        return say("a command is missing; one of: {} (see --help).", "缺少命令，可用的命令有：{}（见 --help）。",
                   list(0));
    case InputErrorId::MissingValue:
        return say("the option {} needs a value after it.", "选项 {} 后面需要一个值。", arg(0));
    case InputErrorId::MissingArgument:
        return say("{} is missing after {}; see --help.", "缺少{}，它应当写在 {} 之后；请查看 --help。",
                   argumentName(0), arg(1));
    case InputErrorId::UnexpectedArgument:
        return say("{} is one argument too many; see --help.", "{} 是多余的参数，请查看 --help。", quoted(0));
    case InputErrorId::RepeatedOption:
        return say("the option {} may stand only once.", "选项 {} 只能出现一次。", arg(0));
    case InputErrorId::NotAPrefix:
    case InputErrorId::NotAnAnyAddress:
    case InputErrorId::NotAnIpv6Address:
    case InputErrorId::NetworkAddress:
    case InputErrorId::BroadcastAddress:
    case InputErrorId::HostBits:
    case InputErrorId::NotOnPrefix:
    case InputErrorId::OwnAddress:
    case InputErrorId::DuplicateAddress:
    case InputErrorId::DuplicatePort:
    case InputErrorId::UnknownNode:
    case InputErrorId::UnknownInterface:
    case InputErrorId::InterfaceNeeded:
    case InputErrorId::NoInterfaces:
    case InputErrorId::LinkToItself:
    case InputErrorId::LinkedTwice:
    case InputErrorId::TwoCables:
    case InputErrorId::SwitchLoop:
    case InputErrorId::PrefixesDiffer:
    case InputErrorId::SamePrefixTwice:
    case InputErrorId::NotADomainName:
    case InputErrorId::NotInZone:
    case InputErrorId::NotAUrl:
    case InputErrorId::NotADestination:
    case InputErrorId::NoSuchLink:
    case InputErrorId::NeedsNetwork:
    case InputErrorId::NoRoute: return networkErrorText(*this);
    case InputErrorId::NotACapture:
    case InputErrorId::CaptureLinkType:
    case InputErrorId::CaptureEmpty:
    case InputErrorId::CaptureBroken:
    case InputErrorId::CaptureCancelled:
    case InputErrorId::NoSuchConversation:
    case InputErrorId::NotForCaptures: return captureErrorText(*this);
    }
    return {};
}

} // namespace

std::string placeOf(const InputError& error, Language language)
{
    const bool zh = language == Language::Chinese;
    std::string place = error.file;
    if (error.line > 0) {
        if (!place.empty())
            place += zh ? "，" : ", ";
        place += fmt::format(fmt::runtime(zh ? "第 {} 行" : "line {}"), error.line);
        if (error.column > 0)
            place += fmt::format(fmt::runtime(zh ? "第 {} 列" : ", column {}"), error.column);
    }
    return place;
}

std::string sentenceFor(const InputError& error, Language language)
{
    const std::string place = placeOf(error, language);
    std::string sentence = Sentence(error, language).text();
    if (!place.empty())
        return place + (language == Language::Chinese ? "：" : ": ") + sentence;
    if (language == Language::English && !sentence.empty() && sentence.front() >= 'a' && sentence.front() <= 'z')
        sentence.front() = static_cast<char>(sentence.front() - 'a' + 'A');
    return sentence;
}

} // namespace packetarium
