// SPDX-License-Identifier: GPL-3.0-or-later
// The command line as a person uses it: the program itself, its words and its exit status.
#include "tests/support/catch.h"
#include "tests/support/places.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace packetarium::cli_test {

namespace fs = std::filesystem;

namespace {

struct Outcome {
    int status = -1;
    std::string out, err;
};

std::string contentOf(const fs::path& path)
{
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

/// A folder of this test's own, where the program runs.
const fs::path& folder()
{
    struct Folder {
        fs::path path = fs::temp_directory_path() / ("packetarium-cli-test-" + std::to_string(getpid()));
        Folder() { fs::create_directories(path); }
        ~Folder() { fs::remove_all(path); }
    };
    static const Folder f;
    return f.path;
}

std::string file(const std::string& name, const std::string& content)
{
    std::ofstream(folder() / name, std::ios::binary) << content;
    return name;
}

Outcome run(std::vector<std::string> words, const std::map<std::string, std::string>& environment = {},
            const std::string& stdoutTo = "")
{
    const fs::path out = stdoutTo.empty() ? folder() / "stdout" : fs::path(stdoutTo);
    const fs::path err = folder() / "stderr";
    // The build puts all programs into one folder.
    static const std::string program = (fs::read_symlink("/proc/self/exe").parent_path() / "packetarium-cli").string();
    words.insert(words.begin(), program);
    std::fflush(nullptr); // or the child would write what waits in our buffers, too
    const pid_t child = fork();
    if (child == 0) {
        for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
            unsetenv(name);
        for (const auto& [name, value] : environment)
            setenv(name.c_str(), value.c_str(), 1);
        const bool ready =
            chdir(folder().c_str()) == 0 && freopen(out.c_str(), "wb", stdout) && freopen(err.c_str(), "wb", stderr);
        std::vector<char*> argv;
        for (std::string& word : words)
            argv.push_back(word.data());
        argv.push_back(nullptr);
        if (ready)
            execv(program.c_str(), argv.data());
        _exit(127);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    Outcome outcome;
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    outcome.out = stdoutTo.empty() ? contentOf(out) : std::string();
    outcome.err = contentOf(err);
    return outcome;
}

std::size_t lines(const std::string& text)
{
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

const char* const kScenario = R"(packetarium: scenario
version: 1
title: {en: Open, zh: 打开}
hosts:
  client: {address: 10.0.0.1, iss: 100, tcp: {delayed-ack: off}}
  server: {address: 10.0.0.2, iss: 300, tcp: {delayed-ack: off}}
link: {delay: 20 ms}
script:
  - {at: 0 ms, host: server, listen: 80}
  - {at: 10 ms, host: client, connect: {to: server, port: 80}}
)";

std::string lesson(const std::string& claim)
{
    return "packetarium: lesson\nversion: 1\nchapter: connections\ntitle: t\nscenario: ./open.yaml\nsteps:\n"
           "  - at: {arrived: {host: server, flags: SYN}}\n    heading: h\n    text: \"{seq}\"\n    claims: {" +
           claim + "}\n";
}

} // namespace

TEST_CASE("the program says what it is and how it is used", "[cli]")
{
    const Outcome version = run({"--version"});
    CHECK(version.status == 0);
    CHECK(version.out == "packetarium-cli " PACKETARIUM_VERSION "\n");
    const Outcome help = run({"--help"});
    CHECK(help.status == 0);
    for (const char* word : {"list", "run SCENARIO", "print SCENARIO", "lesson check FILE...", "--until", "--seed",
                             "--profile", "--trace", "--pcap", "--lang"})
        CHECK_THAT(help.out, containsText(word));
    CHECK_THAT(run({"--help", "--lang", "zh"}).out, containsText("用法"));
    CHECK_THAT(run({"run", "-h"}).out, containsText("Usage"));
}

TEST_CASE("every mistake on the command line is one sentence and status 2", "[cli]")
{
    struct Mistake {
        std::vector<std::string> words;
        const char* en;
        const char* zh;
    };
    const std::vector<Mistake> mistakes{
        {{}, "A command is missing", "缺少命令"},
        {{"fly"},
         "There is no command \"fly\"; the commands are: list, run, print, lesson, endpoint.",
         "没有命令“fly”"},
        {{"run"}, "SCENARIO is missing after run", "缺少场景，它应当写在 run 之后"},
        {{"print"}, "SCENARIO is missing after print", "缺少场景"},
        {{"lesson"}, "A command is missing; one of: lesson check", "缺少命令，可用的命令有：lesson check"},
        {{"lesson", "learn"}, "There is no command \"lesson learn\"", "没有命令“lesson learn”"},
        {{"lesson", "check"}, "FILE is missing after lesson check", "缺少文件，它应当写在 lesson check 之后"},
        {{"list", "all"}, "\"all\" is one argument too many", "“all” 是多余的参数"},
        {{"run", "a", "b"}, "\"b\" is one argument too many", "“b” 是多余的参数"},
        {{"run", "a", "--fast"}, "There is no option --fast", "没有选项 --fast"},
        {{"list", "--seed", "1"}, "There is no option --seed", "没有选项 --seed"},
        {{"print", "a", "--trace", "f"}, "There is no option --trace", "没有选项 --trace"},
        {{"run", "a", "--seed"}, "The option --seed needs a value", "选项 --seed 后面需要一个值"},
        {{"run", "a", "--seed="}, "The option --seed needs a value", "选项 --seed 后面需要一个值"},
        {{"run", "a", "--seed", "one"},
         "--seed must be a whole number; found \"one\".",
         "--seed 应当是一个整数；实际是“one”。"},
        {{"run", "a", "--seed", "-1"}, "--seed must be a whole number", "--seed 应当是一个整数"},
        {{"run", "a", "--seed", "1", "--seed", "2"},
         "The option --seed may stand only once",
         "选项 --seed 只能出现一次"},
        {{"run", "a", "--until", "5"}, "--until must be a time such as 20 ms", "--until 应当是一段时间"},
        {{"run", "a", "--until", "2000 min"},
         "--until must be from 0 ms to 86400 s",
         "--until 应当在 0 ms 到 86400 s 之间"},
        {{"run", "a", "--profile", "bsd"},
         "--profile must be one of: rfc, linux",
         "--profile 应当是以下之一：rfc, linux"},
        {{"run", "no-such-scenario"}, "There is no scenario \"no-such-scenario\"", "没有名为“no-such-scenario”的场景"},
        {{"run", "gone.yaml"}, "gone.yaml: there is no such file", "gone.yaml：没有这个文件"},
        {{"print", "/"}, "/: the file cannot be read", "/：无法读取文件"},
        {{"lesson", "check", "gone"}, "There is no lesson \"gone\"", "没有名为“gone”的课程"},
    };
    for (const Mistake& mistake : mistakes) {
        for (const bool chinese : {false, true}) {
            std::vector<std::string> words = mistake.words;
            words.insert(words.begin(), chinese ? "--lang=zh" : "--lang=en");
            const Outcome outcome = run(words);
            INFO(mistake.en);
            CHECK(outcome.status == 2);
            CHECK(outcome.out.empty());
            CHECK(lines(outcome.err) == 1);
            CHECK_THAT(outcome.err, containsText(chinese ? mistake.zh : mistake.en));
        }
    }
    const Outcome lang = run({"--lang", "fr", "list"});
    CHECK(lang.status == 2);
    CHECK_THAT(lang.err, containsText("--lang must be one of: en, zh"));
}

TEST_CASE("the language comes from --lang, else from the locale", "[cli]")
{
    using Environment = std::map<std::string, std::string>;
    const auto isChinese = [](const Environment& environment, const std::vector<std::string>& words = {"fly"}) {
        return run(words, environment).err.find("没有命令") != std::string::npos;
    };
    CHECK_FALSE(isChinese({}));
    CHECK(isChinese({{"LANG", "zh_CN.UTF-8"}}));
    CHECK(isChinese({{"LANG", "en_US.UTF-8"}, {"LC_MESSAGES", "zh_TW"}}));
    CHECK_FALSE(isChinese({{"LANG", "zh_CN.UTF-8"}, {"LC_ALL", "C"}}));
    CHECK(isChinese({{"LANG", "zh_CN.UTF-8"}, {"LC_ALL", ""}}));
    CHECK_FALSE(isChinese({{"LANG", "de_DE.UTF-8"}}));
    CHECK_FALSE(isChinese({{"LANG", "zh_CN.UTF-8"}}, {"fly", "--lang", "en"}));
    CHECK(isChinese({{"LANG", "en_GB"}}, {"--lang=zh", "fly"}));
}

TEST_CASE("list gives each built-in scenario a line: name, tab, title, tab, group", "[cli]")
{
    const Outcome list = run({"list"});
    CHECK(list.status == 0);
    CHECK(list.err.empty());
    std::istringstream stream(list.out);
    std::size_t count = 0;
    for (std::string line; std::getline(stream, line); ++count) {
        const std::size_t tab = line.find('\t');
        INFO(line);
        REQUIRE(tab != std::string::npos);
        const std::string name = line.substr(0, tab);
        CHECK(line.size() > tab + 1);
        const std::size_t second = line.find('\t', tab + 1);
        REQUIRE(second != std::string::npos);
        CHECK(second > tab + 1);
        CHECK(line.size() > second + 1);
        CHECK(line.find('\t', second + 1) == std::string::npos);
        CHECK(fs::exists(fs::path(PACKETARIUM_SOURCE_ROOT) / "resources/scenarios" / (name + ".yaml")));
    }
    CHECK(count > 0);
}

TEST_CASE("run sums up, in the reader's language", "[cli]")
{
    const std::string name = file("open.yaml", kScenario);
    const Outcome en = run({"run", name});
    CHECK(en.status == 0);
    CHECK(en.err.empty());
    CHECK_THAT(en.out, containsText("open: Open"));
    CHECK_THAT(en.out, containsText("3 sent, 3 arrived, 0 lost"));
    CHECK_THAT(en.out, containsText("client: ESTABLISHED"));
    CHECK_THAT(en.out, containsText("server: ESTABLISHED"));
    const Outcome zh = run({"run", name, "--lang", "zh"});
    CHECK_THAT(zh.out, containsText("open：打开"));
    CHECK_THAT(zh.out, containsText("发出 3 个，到达 3 个"));
    // The SYN arrives at 30 ms, so at 20 ms it is under way.
    CHECK_THAT(run({"run", name, "--until", "20 ms"}).out,
               containsText("1 sent, 0 arrived, 0 lost, 1 still under way"));
    CHECK_THAT(run({"run", name, "--profile", "linux", "--seed", "9"}).out, containsText("profile: linux; seed: 9"));
}

TEST_CASE("run writes the trace and the capture", "[cli]")
{
    const std::string name = file("open.yaml", kScenario);
    const Outcome outcome = run({"run", name, "--trace", "t.jsonl", "--pcap", "t.pcapng"});
    CHECK(outcome.status == 0);
    CHECK(outcome.out.empty());
    CHECK(outcome.err.empty());
    const std::string trace = contentOf(folder() / "t.jsonl");
    std::istringstream stream(trace);
    for (std::string line; std::getline(stream, line);)
        CHECK(nlohmann::json::accept(line));
    CHECK_THAT(trace, containsText("SYN-RECEIVED"));
    CHECK(contentOf(folder() / "t.pcapng").substr(0, 4) == "\x0A\x0D\x0D\x0A"); // a Section Header Block

    const Outcome dash = run({"run", name, "--trace", "-"});
    CHECK(dash.status == 0);
    CHECK(dash.out == trace);
    CHECK(run({"run", name, "--trace", "-", "--pcap", "-"}).status == 2);
}

TEST_CASE("a result that cannot be written is one sentence and status 1", "[cli]")
{
    const std::string name = file("open.yaml", kScenario);
    const Outcome missing = run({"run", name, "--trace", "no/such/folder/t.jsonl"});
    CHECK(missing.status == 1);
    CHECK(missing.err == "packetarium-cli: no/such/folder/t.jsonl: the file cannot be written: the folder does not "
                         "exist; choose another place.\n");
    CHECK_THAT(run({"--lang", "zh", "run", name, "--trace", "no/such/folder/t.jsonl"}).err,
               containsText("无法写入文件：文件夹不存在"));
    const Outcome isFolder = run({"run", name, "--pcap", "."});
    CHECK(isFolder.status == 1);
    CHECK(lines(isFolder.err) == 1);
    const Outcome full = run({"run", name}, {}, "/dev/full");
    CHECK(full.status == 1);
    CHECK_THAT(full.err, containsText("No space left on device"));
}

TEST_CASE("a broken scenario file is one sentence with its place", "[cli]")
{
    const std::string name = file("broken.yaml", std::string(kScenario) + "colour: red\n");
    const Outcome en = run({"run", name});
    CHECK(en.status == 2);
    CHECK_THAT(en.err, containsText("packetarium-cli: broken.yaml, line 11, column 1: \"colour\" is not a key"));
    CHECK(lines(en.err) == 1);
    CHECK_THAT(run({"print", name, "--lang=zh"}).err,
               containsText("broken.yaml，第 11 行第 1 列：“colour” 不是可用的键"));
}

TEST_CASE("print draws the handshake of RFC 9293 Figure 6", "[cli]")
{
    const Outcome outcome = run({"print", file("open.yaml", kScenario)});
    CHECK(outcome.status == 0);
    CHECK_THAT(outcome.out, containsText("SYN-SENT |-- SYN seq=100 -"));
    CHECK_THAT(outcome.out, containsText(">| SYN-RECEIVED"));
    CHECK_THAT(outcome.out, containsText("ESTABLISHED |<-"));
    CHECK_THAT(outcome.out, containsText("- SYN,ACK seq=300 ack=101 --|"));
    CHECK_THAT(outcome.out, containsText("ESTABLISHED |-- ACK seq=101 ack=301 -"));
    CHECK_THAT(outcome.out, containsText(">| ESTABLISHED"));
    std::istringstream stream(outcome.out);
    for (std::string line; std::getline(stream, line);)
        CHECK(line.size() <= 100);
}

TEST_CASE("a network is told as a list of journeys, and with --layers layer by layer", "[cli]")
{
    const std::string name = file("hub.yaml", R"(packetarium: scenario
version: 1
hosts:
  a: {address: 10.0.0.1/24}
  b: {address: 10.0.0.2/24}
hubs:
  h: {}
links:
  - {between: [a, h], delay: 1 ms}
  - {between: [b, h], delay: 1 ms}
script:
  - {at: 0 ms, host: a, ping: {to: b, count: 1}}
)");
    const Outcome print = run({"print", name});
    CHECK(print.status == 0);
    CHECK(print.err.empty());
    // Two links of 1 ms each way.
    CHECK_THAT(print.out, containsText("a - h \u2192 b: ARP who has 10.0.0.2? [2 ms]"));
    CHECK_THAT(print.out, containsText("0.004000 s  a - h \u2192 b: Echo request 1 [2 ms]"));
    CHECK_THAT(print.out, containsText("0.006000 s  b - h \u2192 a: Echo reply 1 [2 ms]"));
    CHECK(lines(print.out) < 20);
    CHECK_THAT(run({"print", name, "--lang", "zh"}).out, containsText("a - h \u2192 b:"));
    CHECK_THAT(run({"run", name}).out, containsText("Frames: 8 sent, 8 arrived, 0 lost, 0 still under way."));
    CHECK_THAT(run({"run", name}).out, containsText("Echo reply 1"));

    // ARP asks and answers: two acts at the sender, two at the hub, two at who hears it. Echo: three, two and three, and in the
    // end the program has its data.
    CHECK(lines(run({"print", name, "--layers"}).out) == lines(print.out) + 2 * (2 + 2 + 2) + 2 * (3 + 2 + 3) + 1);
    CHECK(run({"print", name, "--layers=3"}).status == 2);
    const std::string plain = run({"run", name, "--trace", "-"}).out;
    const std::string full = run({"run", name, "--trace", "-", "--layers"}).out;
    CHECK(plain.find("\"kind\":\"layer\"") == std::string::npos);
    CHECK_THAT(full, containsText(
                         "\"kind\":\"layer\",\"node\":\"h\",\"packet\":0,\"act\":\"received\",\"layer\":\"physical\""));

    for (const char* at : {"h", "a,h", "h,b", "all"}) {
        INFO(at);
        CHECK(run({"run", name, "--pcap", "-", "--at", at}).out.substr(0, 4) == "\x0A\x0D\x0D\x0A");
    }
    const Outcome nowhere = run({"run", name, "--pcap", "-", "--at", "a,b"});
    CHECK(nowhere.status == 2);
    CHECK_THAT(nowhere.err, containsText("--at must be one of: all, nodes, a, b, h"));
    CHECK(lines(nowhere.err) == 1);
}

TEST_CASE("lesson check: 0, 1 and 2", "[cli]")
{
    file("open.yaml", kScenario);
    const std::string good = file("good.yaml", lesson("packet.seq: x, server.state: SYN-RECEIVED"));
    const std::string wrong = file("wrong.yaml", lesson("server.state: ESTABLISHED"));
    const std::string broken = file("broken-lesson.yaml", lesson("packet.colour: red"));

    const Outcome ok = run({"lesson", "check", good});
    CHECK(ok.status == 0);
    CHECK_THAT(ok.out, containsText("good.yaml: all 1 steps agree with the run."));
    CHECK(ok.err.empty());

    const Outcome no = run({"lesson", "check", wrong});
    CHECK(no.status == 1);
    CHECK(no.err == "packetarium-cli: wrong.yaml, line 10: step 1 claims server.state: ESTABLISHED, but the run shows "
                    "\"SYN-RECEIVED\".\n");
    CHECK_THAT(run({"--lang=zh", "lesson", "check", wrong}).err,
               containsText("第 1 步声称 server.state: ESTABLISHED，但运行的结果是“SYN-RECEIVED”。"));

    const Outcome bad = run({"lesson", "check", broken});
    CHECK(bad.status == 2);
    CHECK_THAT(bad.err, containsText("\"packet.colour\" is not a key"));

    const Outcome all = run({"lesson", "check", good, wrong, broken});
    CHECK(all.status == 2);
    CHECK(lines(all.out) == 3);
    CHECK(all.err ==
          "packetarium-cli: Of 3 lessons checked, 2 failed, with 2 mistakes in all; they are listed above.\n");

    const Outcome orphan =
        run({"lesson", "check",
             file("orphan.yaml", "packetarium: lesson\nversion: 1\nchapter: layers\ntitle: t\nscenario: "
                                 "nothing\nsteps:\n  - {at: start, heading: h, text: t}\n")});
    CHECK(orphan.status == 2);
    CHECK_THAT(orphan.err, containsText("there is no scenario \"nothing\""));
}

TEST_CASE("a capture is printed and summed up like a scenario", "[cli]")
{
    const std::string captures = (packetarium::test::sourceRoot() / "tests/support/captures").string() + "/";
    const Outcome ladder = run({"print", captures + "a_http_teardown.pcap", "--lang", "en"});
    CHECK(ladder.status == 0);
    CHECK_THAT(ladder.out, containsText("10.0.0.1:40000 → 10.0.0.2:80  TCP  11 packets  929 octets  closed"));
    CHECK_THAT(ladder.out, containsText("FIN-WAIT-1"));
    CHECK_THAT(ladder.out, containsText("LAST-ACK"));
    const Outcome list = run({"print", captures + "ra_router_arp_ttl.pcap", "--lang", "zh"});
    CHECK(list.status == 0);
    CHECK_THAT(list.out, containsText("10.1.0.254"));
    const Outcome ends = run({"run", captures + "p_half_close.pcap", "--lang", "en"});
    CHECK_THAT(ends.out, containsText("10.0.0.1:40022  TIME-WAIT"));
    const Outcome trace = run({"run", captures + "c_refused_rst.pcap", "--trace", "-"});
    CHECK_THAT(trace.out, containsText("sent-rst-no-connection"));
    const Outcome one = run({"print", captures + "j_arp.pcap", "--conversation", "2", "--lang", "en"});
    CHECK_THAT(one.out, containsText("Echo request 1"));

    const Outcome seed = run({"print", captures + "j_arp.pcap", "--seed", "3", "--lang", "en"});
    CHECK(seed.status == 2);
    CHECK(seed.err ==
          "packetarium-cli: The option --seed is for scenarios; in a capture nothing is run. Leave it out.\n");
    const Outcome none = run({"print", captures + "j_arp.pcap", "--conversation", "9", "--lang", "zh"});
    CHECK(none.status == 2);
    CHECK_THAT(none.err, containsText("没有第 9 个会话"));
    CHECK(run({"run", "handshake", "--conversation", "1"}).status == 2);
}

} // namespace packetarium::cli_test
