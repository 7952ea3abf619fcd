// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "tests/support/places.h"
#include "ui/window/render_command.h"

#include <QFile>
#include <QImage>
#include <QProcess>
#include <QTemporaryDir>

namespace packetarium::window_render_test {

namespace {

using Arguments = std::vector<std::string>;

InputErrorId errorOf(const Arguments& arguments)
{
    const auto parsed = parseArguments(arguments, Language::English);
    REQUIRE_FALSE(parsed);
    CHECK_FALSE(sentenceFor(parsed.error(), Language::English).empty());
    CHECK_FALSE(sentenceFor(parsed.error(), Language::Chinese).empty());
    return parsed.error().id;
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

struct Outcome {
    int status = -1;
    QString out, err;
};

Outcome start(const QStringList& arguments, const QStringList& environment = {})
{
    QProcess process;
    QProcessEnvironment clean = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LC_ALL", "LC_MESSAGES"})
        clean.remove(name);
    clean.insert("LANG", "C.UTF-8");
    for (const QString& each : environment)
        clean.insert(each.section('=', 0, 0), each.section('=', 1));
    process.setProcessEnvironment(clean);
    process.start(QString::fromStdString((test::binDir() / "packetarium").string()), arguments);
    REQUIRE(process.waitForFinished(60'000));
    REQUIRE(process.exitStatus() == QProcess::NormalExit);
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

TEST_CASE("arguments: what is understood", "[window]")
{
    CHECK(parseArguments({}, Language::English).value().deed == StartOptions::Deed::Open);
    CHECK(parseArguments({"a.yaml"}, Language::English).value().file == "a.yaml");
    CHECK(parseArguments({"--version"}, Language::English).value().deed == StartOptions::Deed::Version);
    CHECK(parseArguments({"render", "--help"}, Language::English).value().deed == StartOptions::Deed::Help);
    const auto parsed = parseArguments({"render", "handshake", "--view", "states", "--step=3", "--lang", "zh_CN",
                                        "--theme", "dark", "--osi", "--projector", "--size", "800x600", "--scale", "2",
                                        "--numbers", "raw", "--out", "x.png"},
                                       Language::English);
    REQUIRE(parsed);
    const RenderOptions& r = parsed.value().render;
    CHECK(r.what == "handshake");
    CHECK(r.view == RenderOptions::View::States);
    CHECK(r.step == 3);
    CHECK(r.language == Language::Chinese);
    CHECK(r.theme == ThemeKind::Dark);
    CHECK(r.layers.osi);
    CHECK_FALSE(r.layers.parcel);
    CHECK(r.projector);
    CHECK(r.size == QSize(800, 600));
    CHECK(r.scale == 2.0);
    CHECK(r.numbers == NumberStyle::Raw);
    CHECK(r.out == "x.png");
    CHECK(parseArguments({"render", "x", "--at", "61.2 ms", "--out", "x.png"}, Language::English).value().render.at ==
          SimTime::fromNs(61'200'000));
}

TEST_CASE("render --compare draws two halves, and says what it cannot read", "[window][compare]")
{
    const auto parsed =
        parseArguments({"render", "handshake", "--compare", "two-way-handshake", "--out", "x.png"}, Language::English);
    REQUIRE(parsed);
    CHECK(parsed.value().render.compare == "two-way-handshake");
    CHECK(errorOf({"render", "a", "--out", "x.png", "--compare"}) == InputErrorId::MissingValue);
    const QTemporaryDir folder;
    RenderOptions options = parsed.value().render;
    options.size = QSize(900, 500);
    options.at = SimTime::fromNs(200'000'000);
    options.out = folder.filePath("same.png");
    // The same scenario twice: both halves are the same picture, up to the line between them.
    options.compare = "handshake";
    REQUIRE_FALSE(render(options).has_value());
    const QImage same(options.out);
    REQUIRE(same.size() == QSize(900, 500));
    CHECK(same.copy(0, 0, 449, 500) == same.copy(451, 0, 449, 500));
    options.compare = "two-way-handshake";
    options.out = folder.filePath("other.png");
    REQUIRE_FALSE(render(options).has_value());
    const QImage other(options.out);
    CHECK(other.copy(0, 0, 449, 500) != other.copy(451, 0, 449, 500));
    options.compare = folder.filePath("nothing.yaml");
    const auto error = render(options);
    REQUIRE(error.has_value());
    REQUIRE_THAT(sentenceFor(*error, Language::English), containsText("nothing.yaml"));
}

TEST_CASE("arguments: what is not, each with its own mistake", "[window]")
{
    CHECK(errorOf({"--nonsense"}) == InputErrorId::UnknownOption);
    CHECK(errorOf({"a", "b"}) == InputErrorId::UnexpectedArgument);
    CHECK(errorOf({"render"}) == InputErrorId::MissingArgument);
    CHECK(errorOf({"render", "a"}) == InputErrorId::MissingArgument);
    CHECK(errorOf({"render", "a", "b", "--out", "x.png"}) == InputErrorId::UnexpectedArgument);
    CHECK(errorOf({"render", "a", "--out"}) == InputErrorId::MissingValue);
    CHECK(errorOf({"render", "a", "--out", "x.png", "--out", "y.png"}) == InputErrorId::RepeatedOption);
    CHECK(errorOf({"render", "a", "--view", "window", "--projector", "--out", "x.png"}) == InputErrorId::NotOneOf);
    CHECK(errorOf({"render", "--view", "home", "--projector", "--out", "x.png"}) == InputErrorId::NotOneOf);
    CHECK(errorOf({"render", "a", "--colour", "red"}) == InputErrorId::UnknownOption);
    CHECK(errorOf({"render", "a", "--view", "top"}) == InputErrorId::NotOneOf);
    CHECK(errorOf({"render", "a", "--lang", "fr"}) == InputErrorId::NotOneOf);
    CHECK(errorOf({"render", "a", "--step", "0"}) == InputErrorId::BadArgument);
    CHECK(errorOf({"render", "a", "--step", "two"}) == InputErrorId::BadArgument);
    CHECK(errorOf({"render", "a", "--at", "soon"}) == InputErrorId::NotADuration);
    CHECK(errorOf({"render", "a", "--size", "800"}) == InputErrorId::BadArgument);
    CHECK(errorOf({"render", "a", "--size", "1x99999999"}) == InputErrorId::OutOfRange);
    CHECK(errorOf({"render", "a", "--scale", "nan"}) == InputErrorId::OutOfRange);
}

TEST_CASE("a wrong choice names all the right ones", "[window]")
{
    const auto view = parseArguments({"render", "a", "--view", "top"}, Language::English);
    REQUIRE_THAT(sentenceFor(view.error(), Language::English),
                 containsText("sequence, states, layers, network, windows, plots, window, home"));
    const auto option = parseArguments({"render", "a", "--colour", "red"}, Language::English);
    for (const char* each : {"--view", "--step", "--at", "--lang", "--theme", "--osi", "--parcel", "--projector",
                             "--size", "--scale", "--out"})
        REQUIRE_THAT(sentenceFor(option.error(), Language::English), containsText(each));
}

TEST_CASE("every view renders to PNG, SVG and PDF without a display", "[window]")
{
    const QTemporaryDir dir;
    RenderOptions options;
    options.what = "three-way-handshake";
    options.step = 2;
    options.view = GENERATE(RenderOptions::View::Sequence, RenderOptions::View::States, RenderOptions::View::Window,
                            RenderOptions::View::Home);
    options.size = QSize(1024, 640);
    options.out = dir.filePath("p.png");
    options.scale = 2.0;
    REQUIRE_FALSE(render(options));
    QImage image(options.out);
    CHECK(image.size() == QSize(2048, 1280));
    // Something is painted: a good many colours.
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 7)
        for (int x = 0; x < image.width(); x += 7)
            colours.insert(image.pixel(x, y));
    CHECK(colours.size() > 20);

    options.out = dir.filePath("p.svg");
    REQUIRE_FALSE(render(options));
    CHECK(bytesOf(options.out).contains("<svg"));
    options.out = dir.filePath("p.pdf");
    REQUIRE_FALSE(render(options));
    CHECK(bytesOf(options.out).startsWith("%PDF"));
    CHECK(bytesOf(options.out).trimmed().endsWith("%%EOF"));
}

TEST_CASE("the same arguments give the same picture; other ones another", "[window]")
{
    const QTemporaryDir dir;
    RenderOptions options;
    options.what = "handshake";
    options.at = SimTime::fromNs(120'000'000);
    options.out = dir.filePath("a.png");
    REQUIRE_FALSE(render(options));
    options.out = dir.filePath("b.png");
    REQUIRE_FALSE(render(options));
    CHECK(bytesOf(dir.filePath("a.png")) == bytesOf(dir.filePath("b.png")));
    options.out = dir.filePath("c.png");
    SECTION("language")
    {
        options.language = Language::Chinese;
    }
    SECTION("theme")
    {
        options.theme = ThemeKind::Dark;
    }
    SECTION("instant")
    {
        options.at = SimTime::fromNs(130'000'000);
    }
    SECTION("numbers")
    {
        options.numbers = NumberStyle::Raw;
    }
    REQUIRE_FALSE(render(options));
    CHECK(bytesOf(dir.filePath("a.png")) != bytesOf(dir.filePath("c.png")));
}

TEST_CASE("rendering says what is wrong", "[window]")
{
    const QTemporaryDir dir;
    RenderOptions options;
    options.what = "handshake";
    options.out = dir.filePath("x.png");
    SECTION("no such step")
    {
        options.step = 1000;
        CHECK(render(options)->id == InputErrorId::OutOfRange);
    }
    SECTION("no such scenario")
    {
        options.what = "nowhere";
        CHECK(render(options)->id == InputErrorId::UnknownScenario);
    }
    SECTION("no such format")
    {
        options.out = dir.filePath("x.bmp");
        CHECK(render(options)->id == InputErrorId::NotOneOf);
    }
    SECTION("no such folder")
    {
        options.out = "/nowhere/at/all/x.png";
        CHECK(render(options)->id == InputErrorId::FileUnwritable);
    }
    CHECK_FALSE(QFile::exists(dir.filePath("x.png")));
}

TEST_CASE("the program itself: help, version, a picture, and one sentence with status 2", "[window]")
{
    const QTemporaryDir dir;
    CHECK(start({"--version"}).out.startsWith("packetarium "));
    REQUIRE_THAT(start({"--help"}).out.toStdString(), containsText("render WHAT"));
    REQUIRE_THAT(start({"--help"}, {"LANG=zh_CN.UTF-8"}).out.toStdString(), containsText("用法"));
    const Outcome picture = start({"render", "teardown", "--out", dir.filePath("t.png"), "--size", "640x400"});
    CHECK(picture.status == 0);
    CHECK(picture.out.isEmpty());
    CHECK(QImage(dir.filePath("t.png")).size() == QSize(640, 400));
    for (const QStringList& bad : {QStringList{"--nonsense"},
                                   {"render", "nowhere", "--out", dir.filePath("n.png")},
                                   {"render", "teardown"},
                                   {}}) {
        const Outcome outcome = start(bad);
        INFO(outcome.err.toStdString());
        CHECK(outcome.status == 2);
        CHECK(outcome.out.isEmpty());
        CHECK(outcome.err.trimmed().count('\n') == 0);
        CHECK(outcome.err.startsWith("packetarium: "));
    }
}

} // namespace packetarium::window_render_test
