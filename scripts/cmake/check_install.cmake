# SPDX-License-Identifier: GPL-3.0-or-later
#
# cmake -D BUILD=<build folder> -D APP_ID=... -D VERSION=... -D GUI=<true if the desktop program was built> -P check_install.cmake
#
# Installs into an empty folder and sees that everything is where a system looks for it, and that the programs start.
cmake_minimum_required(VERSION 3.25)

set(prefix ${BUILD}/scratch/install)
file(REMOVE_RECURSE ${prefix})
execute_process(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix} OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)

set(expected bin/packetarium-cli bin/packetarium-bench
    share/man/man1/packetarium-cli.1 share/man/man1/packetarium-bench.1)
set(started packetarium-cli)
if(GUI)
    list(APPEND expected bin/packetarium
        share/man/man1/packetarium.1
        share/applications/${APP_ID}.desktop
        share/metainfo/${APP_ID}.metainfo.xml
        share/icons/hicolor/scalable/apps/${APP_ID}.svg)
    list(APPEND started packetarium)
endif()

file(GLOB_RECURSE found RELATIVE ${prefix} ${prefix}/*)
foreach(file IN LISTS expected)
    if(NOT file IN_LIST found)
        message(SEND_ERROR "not installed: ${file}")
    endif()
endforeach()
foreach(file IN LISTS found)
    if(NOT file IN_LIST expected)
        message(SEND_ERROR "installed but not expected: ${file}")
    endif()
endforeach()

foreach(program IN LISTS started)
    execute_process(COMMAND ${prefix}/bin/${program} --version
        OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE result TIMEOUT 20)
    string(REPLACE "." "\\." pattern ${VERSION})
    if(NOT result EQUAL 0 OR NOT output MATCHES "${pattern}")
        message(SEND_ERROR "${program} --version: exit ${result}, says '${output}' ${errors}; expected ${VERSION}")
    else()
        string(STRIP "${output}" output)
        message(STATUS "${program} --version: ${output}")
    endif()
endforeach()
list(LENGTH found count)
message(STATUS "${count} files installed")
