// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"

namespace packetarium::cli {
namespace {

constexpr std::string_view kEnglish = R"(packetarium-cli runs scenarios and shows what happened, without a screen.

Usage:
  packetarium-cli list
      One line per built-in scenario: name, title and group, with tab stops between.
  packetarium-cli run SCENARIO [options]
      Runs a scenario; without --trace, --pcap and --csv, sums up what happened.
  packetarium-cli print SCENARIO [options]
      Draws the run as a ladder of segments, with both ends' states; of a network, lists
      every datagram's way.
  packetarium-cli lesson check FILE...
      Runs each lesson's scenario and says where the lesson and the run differ.
  packetarium-cli endpoint
      One host whose sockets and cable are driven by lines of JSON on standard input;
      answers on standard output. docs/endpoint.md describes them.

SCENARIO is a scenario file or the name of a built-in scenario; for run and print also a
capture (pcap, pcapng).

Options of run and print:
  --until T        stop at this simulated time, such as 500 ms or 10 s
  --seed N         use these random numbers (a whole number)
  --profile P      rfc or linux: whose settings the hosts' TCP has
  --layers         also what happens at each layer of each node
  --conversation N of a capture: only this conversation, by its number in the list, or all
Options of run:
  --trace FILE     write the trace as JSON lines; - is standard output
  --pcap FILE      write a capture that Wireshark reads (pcapng); - is standard output
  --csv FILE       write the flow that carries most as a table: segments, ACKs, cwnd, RTT ...;
                   - is standard output
  --at WHERE       where it is taken: a node's name, A,B for the cable between two nodes,
                   all for every cable, or nodes for every interface of every node;
                   otherwise the first host
Everywhere:
  --lang LANGUAGE  en or zh; otherwise as the locale says
  --help, -h       show this
  --version        show the version

Exit status: 0 all well, 1 the run or the check failed, 2 bad arguments or input.
)";

constexpr std::string_view kChinese = R"(packetarium-cli 不用屏幕就能运行场景，并说明发生了什么。

用法：
  packetarium-cli list
      每行列出一个内置场景：名称、标题、分组，以制表符隔开。
  packetarium-cli run 场景 [选项]
      运行场景；不带 --trace、--pcap 和 --csv 时，给出简要总结。
  packetarium-cli print 场景 [选项]
      把运行过程画成报文段的时序图，并标出两端的状态；如果是网络，则列出每个数据报走过的路。
  packetarium-cli lesson check 文件...
      运行每个课程的场景，指出课程与运行结果不符之处。
  packetarium-cli endpoint
      一台主机：标准输入的 JSON 行操作它的套接字和网线，应答写到标准输出。
      格式见 docs/endpoint.md。

“场景”可以是场景文件，也可以是内置场景的名称；run 和 print 还可以读取抓包文件（pcap、pcapng）。

run 和 print 的选项：
  --until T        运行到这一模拟时刻为止，例如 500 ms 或 10 s
  --seed N         随机数种子（整数）
  --profile P      rfc 或 linux：主机的 TCP 采用哪一套设置
  --layers         同时给出每个节点的每一层做了什么
  --conversation N 用于抓包：只看列表中的第 N 个会话；all 表示全部
run 的选项：
  --trace 文件     以 JSON 行的形式写出运行记录；- 表示标准输出
  --pcap 文件      写出 Wireshark 可以读取的抓包文件（pcapng）；- 表示标准输出
  --csv 文件       把数据最多的那个方向写成表格：报文段、确认、cwnd、RTT 等；- 表示标准输出
  --at 位置        在哪里抓包：节点的名称；A,B 表示两个节点之间的网线；all 表示所有网线；
                   nodes 表示每个节点的每个接口；
                   不给出时在第一台主机上
通用选项：
  --lang 语言      en 或 zh；不给出时按系统的语言环境
  --help, -h       显示本说明
  --version        显示版本

退出状态：0 一切正常，1 运行或检查失败，2 参数或输入有误。
)";

} // namespace

std::string helpText(Language language)
{
    switch (language) {
    case Language::English: return std::string(kEnglish);
    case Language::Chinese: return std::string(kChinese);
    }
    return {};
}

} // namespace packetarium::cli
