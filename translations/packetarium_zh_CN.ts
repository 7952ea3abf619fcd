<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>NetworkDetail</name>
    <message>
        <source>without limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>%1 Gbit/s</source>
        <translation>%1 Gbit/s</translation>
    </message>
    <message>
        <source>%1 Mbit/s</source>
        <translation>%1 Mbit/s</translation>
    </message>
    <message>
        <source>%1 kbit/s</source>
        <translation>%1 kbit/s</translation>
    </message>
    <message>
        <source>%1 bit/s</source>
        <translation>%1 bit/s</translation>
    </message>
    <message>
        <source>Selected node</source>
        <translation>选中的节点</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>MAC address</source>
        <translation>MAC 地址</translation>
    </message>
    <message>
        <source>Cables</source>
        <translation>线缆</translation>
    </message>
    <message>
        <source>Selected cable</source>
        <translation>选中的线缆</translation>
    </message>
    <message>
        <source>Bandwidth</source>
        <translation>带宽</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Under way now</source>
        <translation>正在途中</translation>
    </message>
    <message>
        <source>Selected layer</source>
        <translation>选中的层</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>这里是</translation>
    </message>
    <message>
        <source>In the other model</source>
        <translation>在另一个模型中</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>Next hop</source>
        <translation>下一跳</translation>
    </message>
    <message>
        <source>on this link</source>
        <translation>就在本链路上</translation>
    </message>
    <message>
        <source>Places in the queue</source>
        <translation>队列的位置数</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Expires in</source>
        <translation>还有多久过期</translation>
    </message>
</context>
<context>
    <name>SandboxFields</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Programs that wait</source>
        <translation>等待请求的程序</translation>
    </message>
    <message>
        <source>Web server</source>
        <translation>网页服务器</translation>
    </message>
    <message>
        <source>Its port</source>
        <translation>它的端口</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>端口</translation>
    </message>
    <message>
        <source>UDP echo</source>
        <translation>UDP 回显</translation>
    </message>
    <message>
        <source>Name server</source>
        <translation>域名服务器</translation>
    </message>
    <message>
        <source>Its names</source>
        <translation>它的域名</translation>
    </message>
    <message>
        <source>Names with their addresses: www.example.com 192.168.1.20, mail.example.com 192.168.1.21</source>
        <translation>域名和对应的地址：www.example.com 192.168.1.20, mail.example.com 192.168.1.21</translation>
    </message>
    <message>
        <source>IPv4 address</source>
        <translation>IPv4 地址</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>IPv6 address</source>
        <translation>IPv6 地址</translation>
    </message>
    <message>
        <source>IPv6 gateway</source>
        <translation>IPv6 网关</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>%1: IPv4</source>
        <translation>%1：IPv4</translation>
    </message>
    <message>
        <source>%1: IPv6</source>
        <translation>%1：IPv6</translation>
    </message>
    <message>
        <source>%1: MTU</source>
        <translation>%1：MTU</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>New route</source>
        <translation>新路由</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>丢包率</translation>
    </message>
    <message>
        <source>Queue, packets</source>
        <translation>队列长度（个）</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列长度</translation>
    </message>
    <message>
        <source>Forgets after</source>
        <translation>老化时间</translation>
    </message>
    <message>
        <source>File transfer</source>
        <translation>文件传输</translation>
    </message>
    <message>
        <source>ECN mark from, packets</source>
        <translation>ECN 标记起点（个）</translation>
    </message>
    <message>
        <source>ECN mark</source>
        <translation>ECN 标记起点</translation>
    </message>
</context>
<context>
    <name>SelectionDetail</name>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Taken by</source>
        <translation>经过者</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>Selected state</source>
        <translation>选中的状态</translation>
    </message>
    <message>
        <source>In it now</source>
        <translation>现在处于此状态</translation>
    </message>
    <message>
        <source>neither end</source>
        <translation>两端都不在</translation>
    </message>
    <message>
        <source>Selected end</source>
        <translation>选中的一端</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>已写入</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>已读出</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>行为配置</translation>
    </message>
    <message>
        <source>Selected timer</source>
        <translation>选中的计时器</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>属于</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>Started at</source>
        <translation>启动于</translation>
    </message>
    <message>
        <source>Lasts</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>The edge just taken</source>
        <translation>刚走过的转换</translation>
    </message>
    <message>
        <source>Selected edge</source>
        <translation>选中的转换</translation>
    </message>
</context>
<context>
    <name>WindowDetail</name>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>Up to, not including</source>
        <translation>到（不含）</translation>
    </message>
    <message>
        <source>Window scale</source>
        <translation>窗口扩大因子</translation>
    </message>
    <message>
        <source>not used</source>
        <translation>未使用</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>还剩 %1</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Waiting to be sent</source>
        <translation>等待发送</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>在途</translation>
    </message>
    <message>
        <source>Waiting to be read</source>
        <translation>等待读取</translation>
    </message>
    <message>
        <source>Selected part of the windows</source>
        <translation>选中的窗口部分</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>属于</translation>
    </message>
</context>
<context>
    <name>packetarium::AboutDialog</name>
    <message>
        <source>About Packetarium</source>
        <translation>关于包罗网象</translation>
    </message>
    <message>
        <source>Packetarium %1</source>
        <translation>包罗网象 %1</translation>
    </message>
    <message>
        <source>A planetarium for packets: watch TCP/IP happen, step it, rewind it, break it on purpose.</source>
        <translation>看见 TCP/IP 怎样运行：单步、回退，再故意弄坏它。</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later: you may use, study, share and change it. It comes without any warranty.</source>
        <translation>自由软件，依 GNU 通用公共许可证第 3 版或更新的版本发布：可以使用、研究、分享和修改，不附带任何担保。</translation>
    </message>
    <message>
        <source>Made with Qt %1, fmt, yaml-cpp, JSON for Modern C++ and CLI11.</source>
        <translation>使用了 Qt %1、fmt、yaml-cpp、JSON for Modern C++ 和 CLI11。</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
</context>
<context>
    <name>packetarium::Actions</name>
    <message>
        <source>&amp;Home page</source>
        <translation>主页(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;New sandbox</source>
        <translation>新建自由实验(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open...</source>
        <translation>打开(&amp;O)...</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as...</source>
        <translation>另存为(&amp;A)...</translation>
    </message>
    <message>
        <source>&amp;Export picture...</source>
        <translation>导出图片(&amp;E)...</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Search lessons</source>
        <translation>搜索课程(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Next step</source>
        <translation>下一步(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous step</source>
        <translation>上一步(&amp;P)</translation>
    </message>
    <message>
        <source>Next &amp;small step</source>
        <translation>下一小步(&amp;S)</translation>
    </message>
    <message>
        <source>Previous s&amp;mall step</source>
        <translation>上一小步(&amp;M)</translation>
    </message>
    <message>
        <source>P&amp;lay or pause</source>
        <translation>播放或暂停(&amp;L)</translation>
    </message>
    <message>
        <source>To the s&amp;tart</source>
        <translation>回到开头(&amp;T)</translation>
    </message>
    <message>
        <source>To the &amp;end</source>
        <translation>到末尾(&amp;E)</translation>
    </message>
    <message>
        <source>Slo&amp;wer</source>
        <translation>减速(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Faster</source>
        <translation>加速(&amp;F)</translation>
    </message>
    <message>
        <source>Normal spee&amp;d</source>
        <translation>正常速度(&amp;D)</translation>
    </message>
    <message>
        <source>Se&amp;quence</source>
        <translation>时序图(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;States</source>
        <translation>状态机(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Symbolic (x, y)</source>
        <translation>符号（x、y）(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Relative (from 0)</source>
        <translation>相对（从 0 起）(&amp;R)</translation>
    </message>
    <message>
        <source>R&amp;aw (as on the wire)</source>
        <translation>原始（线路上的值）(&amp;A)</translation>
    </message>
    <message>
        <source>Next &amp;number style</source>
        <translation>换一种序号写法(&amp;N)</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>跟随系统(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>Dar&amp;k</source>
        <translation>深色(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation>高对比度(&amp;H)</translation>
    </message>
    <message>
        <source>Next &amp;theme</source>
        <translation>换一种主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Reduced motion</source>
        <translation>减少动画(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Projector</source>
        <translation>投影(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Blank the projector</source>
        <translation>投影黑屏(&amp;B)</translation>
    </message>
    <message>
        <source>Lea&amp;ve the projector</source>
        <translation>退出投影(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>按键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Packetarium</source>
        <translation>关于包罗网象(&amp;A)</translation>
    </message>
    <message>
        <source>P&amp;redict</source>
        <translation>预测(&amp;R)</translation>
    </message>
    <message>
        <source>Before each step, ask what comes next (%1)</source>
        <translation>每走一步之前，先问接下来会发生什么（%1）</translation>
    </message>
    <message>
        <source>New net&amp;work</source>
        <translation>新建网络(&amp;W)</translation>
    </message>
    <message>
        <source>La&amp;yers</source>
        <translation>分层(&amp;Y)</translation>
    </message>
    <message>
        <source>Net&amp;work</source>
        <translation>网络(&amp;W)</translation>
    </message>
    <message>
        <source>W&amp;indows</source>
        <translation>窗口(&amp;I)</translation>
    </message>
    <message>
        <source>Pl&amp;ots</source>
        <translation>曲线图(&amp;O)</translation>
    </message>
    <message>
        <source>Export &amp;capture...</source>
        <translation>导出抓包(&amp;C)...</translation>
    </message>
    <message>
        <source>Open in W&amp;ireshark</source>
        <translation>用 Wireshark 打开(&amp;I)</translation>
    </message>
    <message>
        <source>Wireshark is not installed on this computer.</source>
        <translation>这台计算机没有安装 Wireshark。</translation>
    </message>
    <message>
        <source>Con&amp;versations of the capture...</source>
        <translation>抓包中的会话(&amp;V)...</translation>
    </message>
    <message>
        <source>&amp;Compare with...</source>
        <translation>与另一场景对比(&amp;C)...</translation>
    </message>
    <message>
        <source>&amp;End the comparison</source>
        <translation>结束对比(&amp;E)</translation>
    </message>
</context>
<context>
    <name>packetarium::ApplicationBar</name>
    <message>
        <source>Nothing is open.</source>
        <translation>还没有打开任何内容。</translation>
    </message>
    <message>
        <source>It is listening already.</source>
        <translation>它已经在监听。</translation>
    </message>
    <message>
        <source>In %1 there is a connection already.</source>
        <translation>%1 状态下已经有连接。</translation>
    </message>
    <message>
        <source>In %1 there is no one to send to yet.</source>
        <translation>%1 状态下还没有可以发送的对象。</translation>
    </message>
    <message>
        <source>In %1 this end has closed: it may not send any more.</source>
        <translation>%1 状态下本端已经关闭，不能再发送。</translation>
    </message>
    <message>
        <source>In CLOSED there is nothing to close.</source>
        <translation>CLOSED 状态下没有可以关闭的连接。</translation>
    </message>
    <message>
        <source>In LISTEN there is no direction to shut down.</source>
        <translation>LISTEN 状态下没有可以关闭的方向。</translation>
    </message>
    <message>
        <source>In %1 this end has closed already.</source>
        <translation>%1 状态下本端已经关闭。</translation>
    </message>
    <message>
        <source>In %1 there is nothing to abort.</source>
        <translation>%1 状态下没有可以中止的连接。</translation>
    </message>
    <message>
        <source>There is no connection to forget.</source>
        <translation>没有连接可以遗忘。</translation>
    </message>
    <message>
        <source>This is not a call of the program.</source>
        <translation>这不是程序的调用。</translation>
    </message>
    <message>
        <source>hello</source>
        <translation>hello</translation>
    </message>
    <message>
        <source>Text to send</source>
        <translation>要发送的文字</translation>
    </message>
    <message>
        <source>The text to send; Enter sends it</source>
        <translation>要发送的文字，按 Enter 发送</translation>
    </message>
    <message>
        <source>Whose program acts</source>
        <translation>由哪一端的程序动作</translation>
    </message>
    <message>
        <source>What the programs do</source>
        <translation>程序做什么</translation>
    </message>
    <message>
        <source>The program of: %1</source>
        <translation>程序所在：%1</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Hide what the programs do</source>
        <translation>收起程序的动作</translation>
    </message>
    <message>
        <source>Show what the programs do</source>
        <translation>展开程序的动作</translation>
    </message>
    <message>
        <source>Type it...</source>
        <translation>键入...</translation>
    </message>
    <message>
        <source>What the program shall do</source>
        <translation>要程序做的事</translation>
    </message>
    <message>
        <source>Type a command, such as: ping server, open http://www.example.com/, resolve www.example.com, traceroute 10.0.0.1, send 10.0.0.2:7 hello</source>
        <translation>键入命令，例如：ping server、open http://www.example.com/、resolve www.example.com、traceroute 10.0.0.1、send 10.0.0.2:7 hello</translation>
    </message>
    <message>
        <source>Listen, connect, close ...</source>
        <translation>监听、连接、关闭等</translation>
    </message>
    <message>
        <source>Calls of TCP</source>
        <translation>TCP 调用</translation>
    </message>
</context>
<context>
    <name>packetarium::CaptionCard</name>
    <message>
        <source>Step %1 of %2: %3</source>
        <translation>第 %1 步，共 %2 步：%3</translation>
    </message>
</context>
<context>
    <name>packetarium::CaptureLoader</name>
    <message>
        <source>Reading %1: %2 %</source>
        <translation>正在读取 %1：%2 %</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop reading the capture</source>
        <translation>停止读取抓包</translation>
    </message>
</context>
<context>
    <name>packetarium::ComparisonDesk</name>
    <message>
        <source>Compare with a scenario</source>
        <translation>选择要对比的场景</translation>
    </message>
    <message>
        <source>Scenarios and lessons (*.yaml *.yml)</source>
        <translation>场景和课程 (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>%1 is a capture. Only a scenario can be compared with what is open.</source>
        <translation>%1 是抓包文件。只有场景才能与当前打开的内容对比。</translation>
    </message>
</context>
<context>
    <name>packetarium::ComparisonDialog</name>
    <message>
        <source>Goes well with this one</source>
        <translation>适合与当前场景对比</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>与另一场景对比</translation>
    </message>
    <message>
        <source>Search scenarios</source>
        <translation>搜索场景</translation>
    </message>
    <message>
        <source>Scenarios</source>
        <translation>场景</translation>
    </message>
    <message>
        <source>C&amp;ompare</source>
        <translation>对比(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;From a file...</source>
        <translation>从文件选择(&amp;F)...</translation>
    </message>
</context>
<context>
    <name>packetarium::ControlBlockModel</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>The state of the connection, RFC 9293 §3.3.2</source>
        <translation>连接的状态，RFC 9293 §3.3.2</translation>
    </message>
    <message>
        <source>%1 %2: %3, just changed</source>
        <translation>%1 %2：%3，刚刚改变</translation>
    </message>
    <message>
        <source>%1 %2: %3</source>
        <translation>%1 %2：%3</translation>
    </message>
    <message>
        <source>Control blocks</source>
        <translation>控制块</translation>
    </message>
</context>
<context>
    <name>packetarium::ControlBlockPanel</name>
    <message>
        <source>All variables</source>
        <translation>全部变量</translation>
    </message>
    <message>
        <source>Also those that a first reading does not need</source>
        <translation>连同初学时用不到的变量</translation>
    </message>
    <message>
        <source>Control blocks</source>
        <translation>控制块</translation>
    </message>
    <message>
        <source>The variables of each end&apos;s connection, RFC 9293 §3.3.1, at this instant</source>
        <translation>此刻两端连接的变量，RFC 9293 §3.3.1</translation>
    </message>
</context>
<context>
    <name>packetarium::ConversationBar</name>
    <message numerus="yes">
        <source>%1: all of %n conversation(s)</source>
        <translation>
            <numerusform>%1：全部 %n 个会话</numerusform>
        </translation>
    </message>
    <message>
        <source>About this capture</source>
        <translation>关于这次抓包</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Conversations (%1)</source>
        <translation>会话（%1）</translation>
    </message>
    <message>
        <source>Choose which conversation of the capture is shown</source>
        <translation>选择显示抓包中的哪个会话</translation>
    </message>
    <message>
        <source>What is left out, computed or inferred</source>
        <translation>哪些没有显示，哪些是算出或推断的</translation>
    </message>
</context>
<context>
    <name>packetarium::ConversationDialog</name>
    <message>
        <source>Conversations of the capture</source>
        <translation>抓包中的会话</translation>
    </message>
    <message>
        <source>Address, port, protocol or state</source>
        <translation>地址、端口、协议或状态</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>显示(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
</context>
<context>
    <name>packetarium::ConversationModel</name>
    <message>
        <source>All together</source>
        <translation>全部一起</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Between</source>
        <translation>两端</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>协议</translation>
    </message>
    <message>
        <source>Packets</source>
        <translation>包数</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Begins</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>packetarium::ExplorerModel</name>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Scenarios · %1</source>
        <translation>场景 · %1</translation>
    </message>
    <message>
        <source>Scenario: %1</source>
        <translation>场景：%1</translation>
    </message>
    <message>
        <source>Lesson: %1, not begun</source>
        <translation>课程：%1，未开始</translation>
    </message>
    <message>
        <source>Lesson: %1, begun</source>
        <translation>课程：%1，进行中</translation>
    </message>
    <message>
        <source>Lesson: %1, finished</source>
        <translation>课程：%1，已完成</translation>
    </message>
</context>
<context>
    <name>packetarium::FieldModel</name>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>含义</translation>
    </message>
</context>
<context>
    <name>packetarium::FileDesk</name>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation>保存场景</translation>
    </message>
    <message>
        <source>Scenarios (*.yaml)</source>
        <translation>场景 (*.yaml)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>Export what the stage shows</source>
        <translation>导出当前画面</translation>
    </message>
    <message>
        <source>Pictures (*.png *.svg *.pdf)</source>
        <translation>图片 (*.png *.svg *.pdf)</translation>
    </message>
    <message>
        <source>Values for a spreadsheet (*.csv)</source>
        <translation>数值表格 (*.csv)</translation>
    </message>
    <message>
        <source>Open a scenario, a lesson or a capture</source>
        <translation>打开场景、课程或抓包</translation>
    </message>
    <message>
        <source>Scenarios, lessons and captures (*.yaml *.yml *.pcap *.pcapng *.cap)</source>
        <translation>场景、课程和抓包 (*.yaml *.yml *.pcap *.pcapng *.cap)</translation>
    </message>
    <message>
        <source>Every cable (*.pcapng)</source>
        <translation>所有网线 (*.pcapng)</translation>
    </message>
    <message>
        <source>Seen at %1 (*.pcapng)</source>
        <translation>在%1处看到的 (*.pcapng)</translation>
    </message>
    <message>
        <source>Export a capture</source>
        <translation>导出抓包</translation>
    </message>
    <message>
        <source>Wireshark is not installed on this computer.</source>
        <translation>这台计算机没有安装 Wireshark。</translation>
    </message>
    <message>
        <source>Wireshark could not be started.</source>
        <translation>无法启动 Wireshark。</translation>
    </message>
</context>
<context>
    <name>packetarium::HexView</name>
    <message>
        <source>Byte %1 of %2: 0x%3</source>
        <translation>第 %1 个字节，共 %2 个：0x%3</translation>
    </message>
    <message>
        <source>Copy the marked bytes</source>
        <translation>复制标出的字节</translation>
    </message>
    <message>
        <source>Copy all bytes</source>
        <translation>复制全部字节</translation>
    </message>
</context>
<context>
    <name>packetarium::HomePage</name>
    <message>
        <source>See what the network is saying</source>
        <translation>看见网络在说什么</translation>
    </message>
    <message>
        <source>Step, go back, break it, and watch it recover. Every number comes from a protocol that really runs.</source>
        <translation>单步、回退、弄坏它，再看它怎样自己恢复。每个数字都来自真实运行的协议。</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>最近的文件</translation>
    </message>
    <message>
        <source>Other language</source>
        <translation>切换语言</translation>
    </message>
    <message>
        <source>Scenarios: %1</source>
        <translation>场景：%1</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>自由实验</translation>
    </message>
    <message>
        <source>Two hosts, a link, and whatever you do to them</source>
        <translation>两台主机、一条链路，怎么做由你决定</translation>
    </message>
    <message>
        <source>Back to: %1</source>
        <translation>回到：%1</translation>
    </message>
    <message>
        <source>It is still open, as you left it</source>
        <translation>还开着，停在原处</translation>
    </message>
    <message>
        <source>Continue: %1</source>
        <translation>继续：%1</translation>
    </message>
    <message>
        <source>You stopped at step %1</source>
        <translation>上次停在第 %1 步</translation>
    </message>
    <message>
        <source>New network</source>
        <translation>新建网络</translation>
    </message>
    <message>
        <source>Hosts, switches and routers, joined as you like</source>
        <translation>主机、交换机和路由器，随意连接</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>A scenario, a lesson, or your own capture (pcap, pcapng)</source>
        <translation>场景或课程，也可以是自己的抓包（pcap、pcapng）</translation>
    </message>
</context>
<context>
    <name>packetarium::InspectorPanel</name>
    <message>
        <source>Click a segment, a state, an arrow between states, an end or a running timer: what it says is shown here.</source>
        <translation>点一个报文段、一个状态、一条转换、一端或一个计时器，这里显示它的内容。</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>The headers of the frame, field by field. The field chosen here is marked among the bytes.</source>
        <translation>帧的各层首部，逐个字段列出。在这里选中的字段会在字节中标出。</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>Click a byte to find its field. Ctrl+C copies.</source>
        <translation>点一个字节，找到它所属的字段。Ctrl+C 复制。</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>尚未发送</translation>
    </message>
    <message>
        <source>held</source>
        <translation>被扣住</translation>
    </message>
    <message>
        <source>%1 → %2 · %3</source>
        <translation>%1 → %2 · %3</translation>
    </message>
    <message>
        <source>relative %1</source>
        <translation>相对值 %1</translation>
    </message>
    <message>
        <source>Selected packet</source>
        <translation>选中的数据包</translation>
    </message>
    <message>
        <source>Packet on stage</source>
        <translation>台上的数据包</translation>
    </message>
    <message>
        <source>Latest packet</source>
        <translation>最近的数据包</translation>
    </message>
</context>
<context>
    <name>packetarium::KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>动作</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
</context>
<context>
    <name>packetarium::LayersCanvas</name>
    <message>
        <source>Layers view</source>
        <translation>分层图</translation>
    </message>
    <message>
        <source>TCP/IP 4</source>
        <translation>TCP/IP 4</translation>
    </message>
    <message>
        <source>Four layers of TCP/IP</source>
        <translation>TCP/IP 四层</translation>
    </message>
    <message>
        <source>The four layers of TCP/IP, and the cable</source>
        <translation>TCP/IP 的四层，以及线缆</translation>
    </message>
    <message>
        <source>OSI 7</source>
        <translation>OSI 7</translation>
    </message>
    <message>
        <source>Seven layers of OSI</source>
        <translation>OSI 七层</translation>
    </message>
    <message>
        <source>The seven layers of OSI</source>
        <translation>OSI 的七层</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Packet</source>
        <translation>数据包</translation>
    </message>
    <message>
        <source>The real thing alone</source>
        <translation>只看真实的数据包</translation>
    </message>
    <message>
        <source>Parcel</source>
        <translation>包裹</translation>
    </message>
    <message>
        <source>The seven packers and their parcel beside the real thing</source>
        <translation>在真实数据包旁边，对照七位打包员和包裹</translation>
    </message>
    <message>
        <source>Story</source>
        <translation>故事</translation>
    </message>
    <message>
        <source>1 is high, 0 is low</source>
        <translation>1 为高电平，0 为低电平</translation>
    </message>
    <message>
        <source>1 rises in the middle of the bit, 0 falls (10 Mbit/s Ethernet)</source>
        <translation>1 在比特中间上跳，0 下跳（10 Mbit/s 以太网）</translation>
    </message>
    <message>
        <source>1 goes on to the next of three levels, 0 stays (100BASE-TX)</source>
        <translation>1 变到三种电平中的下一个，0 不变（100BASE-TX）</translation>
    </message>
    <message>
        <source>Line code</source>
        <translation>线路编码</translation>
    </message>
</context>
<context>
    <name>packetarium::LessonExplorer</name>
    <message>
        <source>Nothing is called that.</source>
        <translation>没有这个名字的内容。</translation>
    </message>
    <message>
        <source>Search lessons…</source>
        <translation>搜索课程…</translation>
    </message>
    <message>
        <source>Search lessons and scenarios</source>
        <translation>搜索课程和场景</translation>
    </message>
    <message>
        <source>Lessons and scenarios</source>
        <translation>课程和场景</translation>
    </message>
</context>
<context>
    <name>packetarium::MainWindow</name>
    <message>
        <source>Your changes could not be kept safe on disk: %1</source>
        <translation>所做的改动无法写入磁盘备份：%1</translation>
    </message>
    <message>
        <source>The program ended unexpectedly. What you did was kept; save it if you need it.</source>
        <translation>程序上次意外结束，所做的改动已经保留；需要的话请保存。</translation>
    </message>
    <message>
        <source>Unsaved work was found but cannot be read. It was kept as %1.</source>
        <translation>找到未保存的内容，但无法读取，已另存为 %1。</translation>
    </message>
    <message>
        <source>The settings could not be read, so everything is as at first. The damaged file was kept as %1.</source>
        <translation>设置无法读取，一切恢复为最初的样子。损坏的文件已另存为 %1。</translation>
    </message>
    <message>
        <source>Some settings made no sense and were set back.</source>
        <translation>有些设置无效，已恢复默认值。</translation>
    </message>
    <message>
        <source>Packetarium</source>
        <translation>包罗网象</translation>
    </message>
    <message>
        <source>%1[*] - Packetarium</source>
        <translation>%1[*] - 包罗网象</translation>
    </message>
    <message>
        <source>Send text</source>
        <translation>发送文字</translation>
    </message>
    <message>
        <source>What %1 sends:</source>
        <translation>%1发送的内容：</translation>
    </message>
</context>
<context>
    <name>packetarium::Menus</name>
    <message>
        <source>None yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Recent files</source>
        <translation>最近的文件(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Pac&amp;ket</source>
        <translation>报文段(&amp;K)</translation>
    </message>
    <message>
        <source>P&amp;rograms</source>
        <translation>程序(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>播放(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Sequence &amp;numbers</source>
        <translation>序号写法(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Clear the list</source>
        <translation>清空列表(&amp;C)</translation>
    </message>
    <message>
        <source>Menu bar</source>
        <translation>菜单栏</translation>
    </message>
</context>
<context>
    <name>packetarium::NetworkCanvas</name>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Watch what happens</source>
        <translation>观看运行过程</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>搭建</translation>
    </message>
    <message>
        <source>Add, join and set up nodes</source>
        <translation>添加、连接和设置节点</translation>
    </message>
    <message>
        <source>Watch or build</source>
        <translation>运行或搭建</translation>
    </message>
</context>
<context>
    <name>packetarium::NoticeBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭这条消息</translation>
    </message>
</context>
<context>
    <name>packetarium::PacketActions</name>
    <message>
        <source>Drop</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Corrupt</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>扣住</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>Loses this segment on its way.</source>
        <translation>让这个报文段在途中丢失。</translation>
    </message>
    <message>
        <source>Lets this segment arrive later.</source>
        <translation>让这个报文段晚些到达。</translation>
    </message>
    <message>
        <source>Sends a copy of this segment right after it.</source>
        <translation>紧跟着再发一份这个报文段的副本。</translation>
    </message>
    <message>
        <source>Flips one bit of this segment on its way.</source>
        <translation>让这个报文段在途中翻转一个比特。</translation>
    </message>
    <message>
        <source>Keeps this segment where it is until it is let go.</source>
        <translation>把这个报文段扣在原处，直到放行。</translation>
    </message>
    <message>
        <source>Lets the held segment travel on.</source>
        <translation>让扣住的报文段继续前进。</translation>
    </message>
    <message>
        <source>Key: %1</source>
        <translation>按键：%1</translation>
    </message>
    <message>
        <source>Choose a segment first.</source>
        <translation>请先选一个报文段。</translation>
    </message>
    <message>
        <source>A copy, or a segment put on the wire by the scenario, stays as it is.</source>
        <translation>副本和由场景注入的报文段不能改动。</translation>
    </message>
    <message>
        <source>Nothing can be done to this segment any more.</source>
        <translation>已经不能再对这个报文段做什么。</translation>
    </message>
    <message>
        <source>It is held already.</source>
        <translation>它已经被扣住。</translation>
    </message>
    <message>
        <source>It is not held.</source>
        <translation>它没有被扣住。</translation>
    </message>
    <message>
        <source>Delay by %1</source>
        <translation>延迟 %1</translation>
    </message>
    <message>
        <source>What can be done to the segment</source>
        <translation>可以对报文段做什么</translation>
    </message>
    <message>
        <source>Pull the cable</source>
        <translation>拔出线缆</translation>
    </message>
    <message>
        <source>Plug the cable in</source>
        <translation>插上线缆</translation>
    </message>
    <message>
        <source>Power off</source>
        <translation>关机</translation>
    </message>
    <message>
        <source>Power on</source>
        <translation>开机</translation>
    </message>
    <message>
        <source>Loses what is on the cable, and nothing passes any more.</source>
        <translation>线缆上的数据会丢失，之后什么都过不去。</translation>
    </message>
    <message>
        <source>Lets packets pass again.</source>
        <translation>让数据重新通过。</translation>
    </message>
    <message>
        <source>Forgets its tables and connections, and answers no more.</source>
        <translation>它会忘掉所有表和连接，不再回答。</translation>
    </message>
    <message>
        <source>Starts it again, with empty tables.</source>
        <translation>重新启动，各种表都是空的。</translation>
    </message>
    <message>
        <source>Choose a node or a cable of a network first.</source>
        <translation>请先选中网络中的一个节点或一根线缆。</translation>
    </message>
    <message>
        <source>It is unplugged already.</source>
        <translation>它已经拔出了。</translation>
    </message>
    <message>
        <source>It is plugged in already.</source>
        <translation>它已经插好了。</translation>
    </message>
    <message>
        <source>It is off already.</source>
        <translation>它已经关机了。</translation>
    </message>
    <message>
        <source>It is on already.</source>
        <translation>它已经开机了。</translation>
    </message>
</context>
<context>
    <name>packetarium::PlotsCanvas</name>
    <message>
        <source>Plots ▾</source>
        <translation>图 ▾</translation>
    </message>
    <message>
        <source>Which plots are shown</source>
        <translation>显示哪些图</translation>
    </message>
    <message>
        <source>Flow ▾</source>
        <translation>方向 ▾</translation>
    </message>
    <message>
        <source>Whose data are plotted</source>
        <translation>画哪个方向的数据</translation>
    </message>
    <message>
        <source>Shorter stretch of time (+)</source>
        <translation>放大时间 (+)</translation>
    </message>
    <message>
        <source>Longer stretch of time (-)</source>
        <translation>缩小时间 (-)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>The whole flow (0)</source>
        <translation>全过程 (0)</translation>
    </message>
    <message>
        <source>The plots above (Alt+Up)</source>
        <translation>上面的图 (Alt+Up)</translation>
    </message>
    <message>
        <source>The plots below (Alt+Down)</source>
        <translation>下面的图 (Alt+Down)</translation>
    </message>
</context>
<context>
    <name>packetarium::ProjectorWindow</name>
    <message>
        <source>Packetarium: projector</source>
        <translation>包罗网象：投影</translation>
    </message>
</context>
<context>
    <name>packetarium::RunGrower</name>
    <message>
        <source>Running on: %1 events, %2</source>
        <translation>继续运行：已运行 %1 个事件，到 %2</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>到此为止</translation>
    </message>
    <message>
        <source>Run no further, and show what there is</source>
        <translation>不再往下运行，只显示已有的部分</translation>
    </message>
</context>
<context>
    <name>packetarium::RunHeadingBar</name>
    <message>
        <source>End the comparison</source>
        <translation>结束对比</translation>
    </message>
</context>
<context>
    <name>packetarium::SandboxCard</name>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete it (Del)</source>
        <translation>删除它（Del）</translation>
    </message>
    <message>
        <source>What is chosen</source>
        <translation>选中的内容</translation>
    </message>
    <message>
        <source>Cable: %1 – %2</source>
        <translation>线缆：%1 – %2</translation>
    </message>
    <message>
        <source>Nothing is chosen</source>
        <translation>没有选中任何内容</translation>
    </message>
</context>
<context>
    <name>packetarium::SandboxEditor</name>
    <message>
        <source>The network being built</source>
        <translation>正在搭建的网络</translation>
    </message>
    <message>
        <source>Not run yet: %1</source>
        <translation>还不能运行：%1</translation>
    </message>
    <message>
        <source>There is no room for more nodes in one network.</source>
        <translation>一个网络里放不下更多节点了。</translation>
    </message>
</context>
<context>
    <name>packetarium::Session</name>
    <message>
        <source>Changed: everything from %1 on has been run again.</source>
        <translation>已改动：从 %1 起重新运行。</translation>
    </message>
    <message>
        <source>This is a capture: it has happened, and nothing in it can be changed.</source>
        <translation>这是抓包：已经发生，其中的内容不能改变。</translation>
    </message>
    <message>
        <source>Stopped: what comes after %1 has not been run.</source>
        <translation>已停止：%1 之后的部分没有运行。</translation>
    </message>
</context>
<context>
    <name>packetarium::StageArea</name>
    <message>
        <source>Views of the same instant</source>
        <translation>同一时刻的不同视图</translation>
    </message>
    <message>
        <source>How sequence numbers are written</source>
        <translation>序号的写法</translation>
    </message>
</context>
<context>
    <name>packetarium::ToolPalette</name>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Choose and move (Esc)</source>
        <translation>选择和移动（Esc）</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>主机</translation>
    </message>
    <message>
        <source>Add a host</source>
        <translation>添加主机</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>交换机</translation>
    </message>
    <message>
        <source>Add a switch</source>
        <translation>添加交换机</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>路由器</translation>
    </message>
    <message>
        <source>Add a router</source>
        <translation>添加路由器</translation>
    </message>
    <message>
        <source>Hub</source>
        <translation>集线器</translation>
    </message>
    <message>
        <source>Add a hub</source>
        <translation>添加集线器</translation>
    </message>
    <message>
        <source>Cable</source>
        <translation>线缆</translation>
    </message>
    <message>
        <source>Join two nodes by a cable</source>
        <translation>用线缆连接两个节点</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Click a node or a cable to set it up; drag a node to move it.</source>
        <translation>单击节点或线缆进行设置；拖动节点可以移动它。</translation>
    </message>
    <message>
        <source>Click where the host shall stand.</source>
        <translation>单击要放置主机的位置。</translation>
    </message>
    <message>
        <source>Click where the switch shall stand.</source>
        <translation>单击要放置交换机的位置。</translation>
    </message>
    <message>
        <source>Click where the router shall stand.</source>
        <translation>单击要放置路由器的位置。</translation>
    </message>
    <message>
        <source>Click where the hub shall stand.</source>
        <translation>单击要放置集线器的位置。</translation>
    </message>
    <message>
        <source>Drag from one node to another, or click one after the other.</source>
        <translation>从一个节点拖到另一个节点，或依次单击两个节点。</translation>
    </message>
</context>
<context>
    <name>packetarium::TopBar</name>
    <message>
        <source>Packetarium</source>
        <translation>包罗网象</translation>
    </message>
    <message>
        <source>Home page</source>
        <translation>主页</translation>
    </message>
    <message>
        <source>Packetarium: home page</source>
        <translation>包罗网象：主页</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>%1 · step %2 of %3</source>
        <translation>%1 · 第 %2 步，共 %3 步</translation>
    </message>
</context>
<context>
    <name>packetarium::TransportBar</name>
    <message>
        <source>Playback</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Speed %1</source>
        <translation>速度 %1</translation>
    </message>
    <message>
        <source>Playback speed (%1 slower, %2 faster)</source>
        <translation>播放速度（%1 减速，%2 加速）</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
</context>
<context>
    <name>packetarium::UnsavedQuestion</name>
    <message>
        <source>Unsaved changes</source>
        <translation>尚未保存的改动</translation>
    </message>
    <message>
        <source>Save what you did in “%1”?</source>
        <translation>要保存在“%1”里所做的改动吗？</translation>
    </message>
    <message>
        <source>Otherwise it is lost.</source>
        <translation>不保存就会丢失。</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>不保存(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>取消(&amp;C)</translation>
    </message>
</context>
<context>
    <name>packetarium::WhyPanel</name>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>Opens the RFC in the browser</source>
        <translation>在浏览器中打开 RFC</translation>
    </message>
</context>
</TS>
