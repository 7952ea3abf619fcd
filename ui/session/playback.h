// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where the shown instant is, in story seconds, and how it moves: it stands,
// plays at the user's speed, or travels to where a step leads. Arithmetic
// only; the session's clock tells it how much time has passed.

namespace packetarium {

class Playback {
public:
    static constexpr double kSlowest = 0.125, kFastest = 8.0;
    /// A step takes this long whatever lies between, so that a fine step is seen and a long one is not waited for.
    static constexpr double kShortestTravel = 0.35, kLongestTravel = 1.4;

    double position() const { return position_; }
    double speed() const { return speed_; }
    void setSpeed(double speed);
    bool isPlaying() const { return mode_ == Mode::Playing; }
    bool isTravelling() const { return mode_ == Mode::Travelling; }
    bool isMoving() const { return mode_ != Mode::Standing; }

    void standAt(double position);
    void play() { mode_ = Mode::Playing; }
    void travelTo(double position);
    double travelEnd() const { return to_; }
    void stop() { mode_ = Mode::Standing; }

    /// Real seconds have passed. Stands when the end of the run (`length`) or of the travel is reached.
    void advance(double seconds, double length);

private:
    enum class Mode { Standing, Playing, Travelling };
    Mode mode_ = Mode::Standing;
    double position_ = 0;
    double speed_ = 1.0;
    double from_ = 0, to_ = 0;          ///< of the travel
    double elapsed_ = 0, duration_ = 0; ///< of the travel, real seconds
};

} // namespace packetarium
