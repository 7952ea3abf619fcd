// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The first mistake of a scenario, with the way to it.

#include "core/scenario/network_check.h"

namespace packetarium {

class Findings {
public:
    bool any() const { return first_.has_value(); }
    const std::optional<InputError>& first() const { return first_; }

    void add(InputErrorId id, std::vector<std::string> args, std::string path)
    {
        add(InputError{id, std::move(args), {}}, std::move(path));
    }
    void add(InputError error, std::string path)
    {
        if (first_)
            return;
        error.path = std::move(path);
        first_ = std::move(error);
    }
    /// Of a Result or an optional mistake, what is wrong with it, if anything is.
    template <class T>
    void add(const Result<T, InputError>& result, const std::string& path)
    {
        if (!result)
            add(result.error(), path);
    }
    void add(const std::optional<InputError>& error, const std::string& path)
    {
        if (error)
            add(*error, path);
    }

private:
    std::optional<InputError> first_;
};

// The parts of checkScenario().
void checkServices(const HostSpec& host, const std::string& path, Findings& findings);
void checkCommands(const Scenario& scenario, Findings& findings);

} // namespace packetarium
