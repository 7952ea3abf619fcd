// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/projector_window.h"

#include "ui/session/session.h"
#include "ui/theme/theme_manager.h"

#include <QGuiApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QScreen>

namespace packetarium {

SlideCaption slideCaption(const Session& session)
{
    const Caption caption = session.caption();
    return {caption.number, caption.count, caption.heading, caption.text};
}

ProjectorWindow::ProjectorWindow(Session& session, const QList<QAction*>& actions, QWidget* parent)
    : QWidget(parent, Qt::Window)
    , session_(&session)
{
    setObjectName(QStringLiteral("projector-window"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setCursor(Qt::BlankCursor);
    addActions(actions);
    for (const auto signal : {&Session::runChanged, &Session::momentChanged, &Session::stopsChanged,
                              &Session::selectionChanged, &Session::fieldChanged, &Session::presentationChanged,
                              &Session::plotsLookChanged, &Session::predictionChanged})
        connect(session_, signal, this, &ProjectorWindow::refresh);
    connect(session_, &Session::runChanged, this, [this] { slide_.forget(); });
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, &ProjectorWindow::refresh);
    retranslate();
}

void ProjectorWindow::start(const QWidget* main)
{
    const QList<QScreen*> screens = QGuiApplication::screens();
    QScreen* target = main->screen();
    for (QScreen* screen : screens)
        if (screen != main->screen())
            target = screen;
    setGeometry(target->geometry());
    blank_ = false;
    showFullScreen();
    activateWindow();
    setFocus();
}

void ProjectorWindow::setBlank(bool on)
{
    blank_ = on;
    refresh();
}

void ProjectorWindow::setBeside(Session* other)
{
    if (other) {
        connect(other, &Session::momentChanged, this, &ProjectorWindow::refresh);
        connect(other, &Session::runChanged, this, [this] { slide_.forget(); });
    }
    slide_.forget();
    refresh();
}

void ProjectorWindow::retranslate()
{
    setWindowTitle(tr("Packetarium: projector"));
    refresh();
}

void ProjectorWindow::refresh()
{
    if (isVisible()) {
        const Caption caption = session_->caption();
        setAccessibleName(caption.heading);
        setAccessibleDescription(caption.text);
    }
    update();
}

void ProjectorWindow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (blank_) {
        painter.fillRect(rect(), Qt::black);
        return;
    }
    slide_.paint(painter, *session_, ThemeManager::current().projectorTheme(), size());
}

void ProjectorWindow::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        session_->stepForward();
    else if (event->button() == Qt::RightButton)
        session_->stepBack();
}

void ProjectorWindow::closeEvent(QCloseEvent* event)
{
    emit closed();
    QWidget::closeEvent(event);
}

} // namespace packetarium
