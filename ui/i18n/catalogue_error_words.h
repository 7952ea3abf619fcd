// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The words of an InputError as sentences use them: on one line, short, in
// quotation marks of the language.

#include "core/base/input_error.h"
#include "core/base/utf8.h"
#include "ui/i18n/catalogue_words.h"

#include <fmt/format.h>

#include <string>

namespace packetarium {

class ErrorWords {
public:
    ErrorWords(const InputError& error, Language language)
        : error_(error)
        , language_(language)
    {}

    InputErrorId id() const { return error_.id; }
    std::size_t count() const { return error_.args.size(); }
    bool zh() const { return language_ == Language::Chinese; }
    /// The i-th argument on one line and not too long.
    std::string arg(std::size_t i) const
    {
        if (i >= error_.args.size())
            return "?";
        std::string shown;
        for (const char c : error_.args[i])
            shown += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
        if (!isUtf8(shown))
            for (char& c : shown)
                if (static_cast<unsigned char>(c) >= 0x80)
                    c = '?';
        const std::string_view start = utf8Prefix(shown, kMostShownCharacters);
        return start.size() < shown.size() ? std::string(start) + "…" : shown;
    }
    /// The i-th argument whole: lists of what is allowed.
    std::string list(std::size_t i) const { return i < error_.args.size() ? error_.args[i] : "?"; }
    std::string quoted(std::size_t i) const { return zh() ? "“" + arg(i) + "”" : "\"" + arg(i) + "\""; }
    /// What was found where something else should be.
    std::string found(std::size_t i) const
    {
        const std::string text = arg(i);
        if (text.empty())
            return zh() ? "空值" : "nothing";
        if (text == "[...]")
            return zh() ? "一个列表" : "a list";
        if (text == "{...}")
            return zh() ? "一组键和值" : "a map";
        return quoted(i);
    }
    /// "in link", or "at the top of the file".
    std::string where(std::size_t i) const
    {
        if (arg(i).empty())
            return zh() ? "文件顶层" : "at the top level";
        return zh() ? arg(i) : "in " + arg(i);
    }
    std::string key(std::size_t i) const { return arg(i).empty() ? (zh() ? "整个文件" : "the file") : arg(i); }
    template <class... Args>
    std::string say(fmt::format_string<Args...> en, fmt::format_string<Args...> chinese, Args&&... args) const
    {
        return zh() ? fmt::format(chinese, std::forward<Args>(args)...) : fmt::format(en, std::forward<Args>(args)...);
    }

private:
    static constexpr std::size_t kMostShownCharacters = 80; ///< of a found text
    const InputError& error_;
    Language language_;
};

/// The sentence for what can be wrong with a network, without its place; empty for every other mistake.
std::string networkErrorText(const ErrorWords& words);
/// The same for captures.
std::string captureErrorText(const ErrorWords& words);

} // namespace packetarium
