// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"

#include "core/scenario/quantities.h"
#include "core/scenario/script_file.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <span>

namespace packetarium::cli {
namespace {

constexpr std::string_view kLang = "--lang";
constexpr std::array<std::string_view, 3> kGlobalOptions{kLang, "--help", "--version"};
constexpr std::string_view kLayers = "--layers"; ///< takes no value
constexpr std::array<std::string_view, 5> kScenarioOptions{"--until", "--seed", "--profile", kLayers, "--conversation"};
constexpr std::array<std::string_view, 4> kOutputOptions{"--trace", "--pcap", "--csv", "--at"};
constexpr std::array<std::string_view, 5> kCommands{"list", "run", "print", "lesson", "endpoint"};

template <class Range>
bool contains(const Range& range, std::string_view word)
{
    return std::find(range.begin(), range.end(), word) != range.end();
}

InputError mistake(InputErrorId id, std::vector<std::string> args)
{
    return {id, std::move(args), {}};
}

/// "--seed=3" as "--seed" and "3".
struct Option {
    std::string name;
    std::optional<std::string> value;
};

Option splitOption(const std::string& word)
{
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos)
        return {word, std::nullopt};
    return {word.substr(0, equals), word.substr(equals + 1)};
}

std::string list(std::span<const std::string_view> words)
{
    return joined(words);
}

class Parser {
public:
    explicit Parser(const std::vector<std::string>& words)
        : words_(words)
    {}

    Result<Arguments, InputError> parse()
    {
        for (next_ = 0; next_ < words_.size() && !error_ && !done_; ++next_) {
            const std::string& word = words_[next_];
            if (!onlyNames_ && word == "--")
                onlyNames_ = true;
            else if (!onlyNames_ && word.size() > 1 && word.front() == '-')
                option(splitOption(word == "-h" ? "--help" : word));
            else
                name(word);
        }
        if (!error_ && !done_)
            finish();
        if (error_)
            return *error_;
        return result_;
    }

private:
    void fail(InputErrorId id, std::vector<std::string> args)
    {
        if (!error_)
            error_ = mistake(id, std::move(args));
    }

    /// The options that may stand after the command given so far.
    std::vector<std::string_view> optionsHere() const
    {
        std::vector<std::string_view> options(kGlobalOptions.begin(), kGlobalOptions.end());
        if (commandWord_ == "run" || commandWord_ == "print")
            options.insert(options.end(), kScenarioOptions.begin(), kScenarioOptions.end());
        if (commandWord_ == "run")
            options.insert(options.end(), kOutputOptions.begin(), kOutputOptions.end());
        return options;
    }

    void option(const Option& option)
    {
        const auto options = optionsHere();
        if (!contains(options, option.name))
            return fail(InputErrorId::UnknownOption, {option.name, list(options)});
        if (option.name == "--help" || option.name == "--version") {
            if (option.value)
                return fail(InputErrorId::UnexpectedArgument, {*option.value});
            result_ = Arguments{};
            result_.task = option.name == "--help" ? Task::Help : Task::Version;
            done_ = true; // whatever else is asked
            return;
        }
        if (contains(seen_, option.name))
            return fail(InputErrorId::RepeatedOption, {option.name});
        seen_.push_back(option.name);
        if (option.name == kLayers) {
            if (option.value)
                return fail(InputErrorId::UnexpectedArgument, {*option.value});
            result_.layers = true;
            return;
        }
        std::optional<std::string> value = option.value;
        if (!value && next_ + 1 < words_.size())
            value = words_[++next_];
        if (!value || value->empty())
            return fail(InputErrorId::MissingValue, {option.name});
        setOption(option.name, *value);
    }

    void setOption(const std::string& name, const std::string& value)
    {
        if (name == kLang) {
            if (value != "en" && value != "zh")
                fail(InputErrorId::NotOneOf, {name, value, "en, zh"});
        } else if (name == "--until") {
            const auto time = parseDuration(value);
            if (!time)
                fail(InputErrorId::NotADuration, {name, value});
            else if (*time > kMaxInstant)
                fail(InputErrorId::OutOfRange, {name, value, writeDuration(SimDuration()), writeDuration(kMaxInstant)});
            else
                result_.until = SimTime::zero() + *time;
        } else if (name == "--seed") {
            std::uint64_t seed = 0;
            const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seed);
            if (error != std::errc() || end != value.data() + value.size())
                fail(InputErrorId::WrongType, {name, "number", value});
            else
                result_.seed = seed;
        } else if (name == "--profile") {
            result_.profile = parseProfile(value);
            if (!result_.profile)
                fail(InputErrorId::NotOneOf, {name, value, "rfc, linux"});
        } else if (name == "--trace") {
            result_.trace = value;
        } else if (name == "--at") {
            result_.at = value;
        } else if (name == "--csv") {
            result_.csv = value;
        } else if (name == "--conversation") {
            result_.conversation = value;
        } else {
            result_.pcap = value;
        }
    }

    void name(const std::string& word)
    {
        if (commandWord_.empty()) {
            if (!contains(kCommands, word))
                return fail(InputErrorId::UnknownCommand, {word, list(kCommands)});
            commandWord_ = word;
            result_.task = word == "list"       ? Task::List
                           : word == "run"      ? Task::Run
                           : word == "print"    ? Task::Print
                           : word == "endpoint" ? Task::Endpoint
                                                : Task::LessonCheck;
            return;
        }
        if (commandWord_ == "lesson" && !checkWord_) {
            if (word != "check")
                return fail(InputErrorId::UnknownCommand, {"lesson " + word, "lesson check"});
            checkWord_ = true;
            return;
        }
        const bool takesOne = commandWord_ == "run" || commandWord_ == "print";
        if (takesNone() || (takesOne && !result_.names.empty()))
            return fail(InputErrorId::UnexpectedArgument, {word});
        result_.names.push_back(word);
    }

    bool takesNone() const { return commandWord_ == "list" || commandWord_ == "endpoint"; }

    void finish()
    {
        if (commandWord_.empty())
            return fail(InputErrorId::MissingCommand, {list(kCommands)});
        if (commandWord_ == "lesson" && !checkWord_)
            return fail(InputErrorId::MissingCommand, {"lesson check"});
        if (result_.task == Task::LessonCheck && result_.names.empty())
            return fail(InputErrorId::MissingArgument, {"FILE", "lesson check"});
        if (!takesNone() && result_.names.empty())
            return fail(InputErrorId::MissingArgument, {"SCENARIO", commandWord_});
        if ((result_.trace == "-") + (result_.pcap == "-") + (result_.csv == "-") > 1)
            fail(InputErrorId::RepeatedOption, {"-"});
    }

    const std::vector<std::string>& words_;
    std::size_t next_ = 0;
    bool onlyNames_ = false;
    bool done_ = false;
    bool checkWord_ = false;
    std::string commandWord_;
    std::vector<std::string> seen_;
    Arguments result_;
    std::optional<InputError> error_;
};

} // namespace

Result<Arguments, InputError> parseArguments(const std::vector<std::string>& words)
{
    return Parser(words).parse();
}

Language languageOf(const std::vector<std::string>& words)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Option option = splitOption(words[i]);
        if (option.name != kLang)
            continue;
        const std::string value = option.value ? *option.value : i + 1 < words.size() ? words[i + 1] : std::string();
        if (value == "en" || value == "zh")
            return *parseLanguage(value);
    }
    for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* locale = std::getenv(variable); locale && *locale)
            return parseLanguage(locale).value_or(Language::English);
    return Language::English;
}

} // namespace packetarium::cli
