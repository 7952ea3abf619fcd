// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/settings.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>
#include <QStandardPaths>
#include <array>
#include <cmath>

namespace packetarium {
namespace {

const std::array kThemeNames = {"system", "light", "dark", "high-contrast"};
const std::array kNumberNames = {"symbolic", "relative", "raw"};
const std::array kModelNames = {"tcp-ip", "osi"};
const std::array kPlotNames = {"sequence", "cwnd", "rtt", "throughput", "queue"};
const std::array kLineCodeNames = {"nrz", "manchester", "mlt-3"};

/// Index of `text` in `names`, or -1.
template <std::size_t N>
int indexIn(const std::array<const char*, N>& names, const QString& text)
{
    for (std::size_t i = 0; i < N; ++i)
        if (text == QLatin1String(names[i]))
            return static_cast<int>(i);
    return -1;
}

QString defaultFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + QStringLiteral("/packetarium.ini");
}

} // namespace

Settings::Settings(const QString& file)
{
    const QString path = file.isEmpty() ? defaultFile() : file;
    store_ = std::make_unique<QSettings>(path, QSettings::IniFormat);
    // A text file with a NUL in it is no text file; QSettings itself would quietly read what it can.
    bool damaged = store_->status() == QSettings::FormatError;
    if (QFile raw(path); !damaged && raw.open(QIODevice::ReadOnly)) {
        const QByteArray text = raw.read((1 << 20) + 1);
        // Neither are packed values ever ours; unpacking somebody's is no way to start.
        damaged =
            text.size() > (1 << 20) || text.contains('\0') || text.contains("@Variant(") || text.contains("@DateTime(");
    }
    if (damaged) {
        store_.reset();
        const QString kept = path + QStringLiteral(".damaged");
        QFile::remove(kept);
        QFile::rename(path, kept);
        damagedCopy_ = kept;
        store_ = std::make_unique<QSettings>(path, QSettings::IniFormat);
    }
    read();
    readLessons();
    writeSoon_.setSingleShot(true);
    writeSoon_.setInterval(1000);
    QObject::connect(&writeSoon_, &QTimer::timeout, [this] { flush(); });
}

Settings::~Settings()
{
    flush();
}

QString Settings::fileName() const
{
    return store_->fileName();
}

bool Settings::flush()
{
    writeSoon_.stop();
    for (auto it = unwritten_.cbegin(); it != unwritten_.cend(); ++it)
        store_->setValue(it.key(), it.value());
    if (!unwritten_.isEmpty())
        store_->sync();
    unwritten_.clear();
    return store_->status() == QSettings::NoError;
}

void Settings::read()
{
    const auto text = [this](const char* key) { return store_->value(QLatin1String(key)).toString(); };

    if (const QString code = text("language"); !code.isEmpty()) {
        if (code == QLatin1String("en"))
            language_ = Language::English;
        else if (code == QLatin1String("zh"))
            language_ = Language::Chinese;
        else
            badValues_ = true;
    }
    if (const QString name = text("theme"); !name.isEmpty()) {
        if (const int i = indexIn(kThemeNames, name); i >= 0)
            themeChoice_ = static_cast<ThemeChoice>(i);
        else
            badValues_ = true;
    }
    if (const QString name = text("numbers"); !name.isEmpty()) {
        if (const int i = indexIn(kNumberNames, name); i >= 0)
            numberStyle_ = static_cast<NumberStyle>(i);
        else
            badValues_ = true;
    }
    if (const QString number = text("speed"); !number.isEmpty()) {
        bool ok = false;
        const double v = number.toDouble(&ok);
        if (ok && std::isfinite(v) && v >= 0.125 && v <= 8.0)
            speed_ = v;
        else
            badValues_ = true;
    }
    if (const QString flag = text("reduced-motion"); !flag.isEmpty()) {
        reducedMotion_ = flag == QLatin1String("true");
        badValues_ = badValues_ || (flag != QLatin1String("true") && flag != QLatin1String("false"));
    }
    if (const QString name = text("layers/model"); !name.isEmpty()) {
        const int i = indexIn(kModelNames, name);
        layersLook_.osi = i == 1;
        badValues_ = badValues_ || i < 0;
    }
    if (const QString flag = text("layers/parcel"); !flag.isEmpty()) {
        layersLook_.parcel = flag == QLatin1String("true");
        badValues_ = badValues_ || (flag != QLatin1String("true") && flag != QLatin1String("false"));
    }
    if (const QString name = text("layers/line-code"); !name.isEmpty()) {
        if (const int i = indexIn(kLineCodeNames, name); i >= 0)
            layersLook_.lineCode = static_cast<LineCode>(i);
        else
            badValues_ = true;
    }
    if (const QString names = text("plots/shown"); !names.isEmpty()) {
        std::array<bool, kPlotKindCount> shown{};
        for (const QString& name : names.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            if (const int i = indexIn(kPlotNames, name); i >= 0)
                shown.at(static_cast<std::size_t>(i)) = true;
            else
                badValues_ = true;
        }
        if (shown != std::array<bool, kPlotKindCount>{})
            plotsShown_ = shown;
    }
    geometry_ = QByteArray::fromBase64(text("window/geometry").toLatin1());
    panels_ = QByteArray::fromBase64(text("window/panels").toLatin1());
    for (const QString& path : store_->value(QStringLiteral("recent-files")).toStringList())
        if (!path.isEmpty() && recentFiles_.size() < kMostRecentFiles && !recentFiles_.contains(path))
            recentFiles_.append(path);
    lastLesson_ = text("last-lesson");
}

void Settings::write(const QString& key, const QVariant& value)
{
    unwritten_.insert(key, value);
    if (!writeSoon_.isActive())
        writeSoon_.start();
}

void Settings::setLanguage(Language language)
{
    language_ = language;
    write(QStringLiteral("language"), QLatin1String(language == Language::Chinese ? "zh" : "en"));
}

void Settings::setThemeChoice(ThemeChoice choice)
{
    themeChoice_ = choice;
    write(QStringLiteral("theme"), QLatin1String(kThemeNames.at(static_cast<std::size_t>(choice))));
}

void Settings::setSpeed(double speed)
{
    speed_ = speed;
    write(QStringLiteral("speed"), QString::number(speed));
}

void Settings::setNumberStyle(NumberStyle style)
{
    numberStyle_ = style;
    write(QStringLiteral("numbers"), QLatin1String(kNumberNames.at(static_cast<std::size_t>(style))));
}

void Settings::setLayersLook(const LayersLook& look)
{
    layersLook_ = look;
    write(QStringLiteral("layers/model"), QLatin1String(kModelNames.at(look.osi ? 1 : 0)));
    write(QStringLiteral("layers/parcel"), QLatin1String(look.parcel ? "true" : "false"));
    write(QStringLiteral("layers/line-code"),
          QLatin1String(kLineCodeNames.at(static_cast<std::size_t>(look.lineCode))));
}

void Settings::setPlotsShown(const std::array<bool, kPlotKindCount>& shown)
{
    plotsShown_ = shown;
    QStringList names; // one text: a list of one would read as a text, and of none as nothing
    for (std::size_t i = 0; i < shown.size(); ++i)
        if (shown.at(i))
            names << QLatin1String(kPlotNames.at(i));
    write(QStringLiteral("plots/shown"), names.join(QLatin1Char(' ')));
}

void Settings::setReducedMotion(bool on)
{
    reducedMotion_ = on;
    write(QStringLiteral("reduced-motion"), QLatin1String(on ? "true" : "false"));
}

void Settings::setGeometry(const QByteArray& geometry)
{
    geometry_ = geometry;
    write(QStringLiteral("window/geometry"), QString::fromLatin1(geometry.toBase64()));
}

void Settings::setPanels(const QByteArray& panels)
{
    panels_ = panels;
    write(QStringLiteral("window/panels"), QString::fromLatin1(panels.toBase64()));
}

void Settings::addRecentFile(const QString& path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    recentFiles_.removeAll(absolute);
    recentFiles_.prepend(absolute);
    while (recentFiles_.size() > kMostRecentFiles)
        recentFiles_.removeLast();
    write(QStringLiteral("recent-files"), recentFiles_);
}

void Settings::removeRecentFile(const QString& path)
{
    if (recentFiles_.removeAll(path) > 0)
        write(QStringLiteral("recent-files"), recentFiles_);
}

void Settings::clearRecentFiles()
{
    recentFiles_.clear();
    write(QStringLiteral("recent-files"), recentFiles_);
}

void Settings::readLessons()
{
    store_->beginGroup(QStringLiteral("lessons"));
    for (const QString& name : store_->childKeys()) {
        // "3/5/7": stood at last / furthest / steps there are.
        const QStringList parts = store_->value(name).toString().split(QLatin1Char('/'));
        LessonEntry entry;
        bool ok = parts.size() == 3;
        for (const auto& [part, number] : {std::pair{0, &entry.step}, {1, &entry.furthest}, {2, &entry.count}}) {
            bool isNumber = false;
            *number = parts.value(part).toInt(&isNumber);
            ok = ok && isNumber;
        }
        if (ok && entry.step >= 1 && entry.furthest >= entry.step && entry.count >= entry.furthest &&
            entry.count <= 1000)
            lessons_.insert(name, entry);
        else
            badValues_ = true;
    }
    store_->endGroup();
}

Settings::LessonEntry Settings::lesson(const QString& name) const
{
    return lessons_.value(name);
}

void Settings::setLesson(const QString& name, const LessonEntry& entry)
{
    lessons_.insert(name, entry);
    write(QStringLiteral("lessons/") + name,
          QStringLiteral("%1/%2/%3").arg(entry.step).arg(entry.furthest).arg(entry.count));
}

void Settings::setLastLesson(const QString& name)
{
    lastLesson_ = name;
    write(QStringLiteral("last-lesson"), name);
}

} // namespace packetarium
