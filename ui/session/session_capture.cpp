// SPDX-License-Identifier: GPL-3.0-or-later
// A capture as what is open.
#include "ui/session/session_impl.h"

namespace packetarium {

void Session::openCapture(std::unique_ptr<CapturedRun> run, std::shared_ptr<const CaptureIndex> index, QString filePath)
{
    RunReadings readings = readRun(run->trace);
    openCapture(std::move(run), std::move(readings), std::move(index), std::move(filePath));
}

void Session::openCapture(std::unique_ptr<CapturedRun> run, RunReadings readings,
                          std::shared_ptr<const CaptureIndex> index, QString filePath)
{
    Impl& d = *impl_;
    // Another conversation of the same file is looked at as this one was.
    const bool sameFile = d.captured && d.filePath == filePath;
    const StopView before = d.view;
    closeRun({}, {});
    if (sameFile)
        d.view = before;
    d.beside = nullptr;
    d.captured = std::move(run);
    d.captureIndex = std::move(index);
    d.filePath = std::move(filePath);
    d.derive(std::move(readings));
    showRun();
}

bool Session::isCaptured() const
{
    return impl_->captured != nullptr;
}
const CaptureIndex* Session::captureIndex() const
{
    return impl_->captureIndex.get();
}
std::shared_ptr<const CaptureIndex> Session::sharedCaptureIndex() const
{
    return impl_->captureIndex;
}
const CapturedRun* Session::captured() const
{
    return impl_->captured.get();
}

QString Session::whyReadOnly() const
{
    return isCaptured() ? tr("This is a capture: it has happened, and nothing in it can be changed.") : QString();
}

} // namespace packetarium
