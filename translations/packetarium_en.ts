<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>SelectionDetail</name>
    <message>
        <source>Source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Taken by</source>
        <translation>Taken by</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Event</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>Selected state</source>
        <translation>Selected state</translation>
    </message>
    <message>
        <source>In it now</source>
        <translation>In it now</translation>
    </message>
    <message>
        <source>neither end</source>
        <translation>neither end</translation>
    </message>
    <message>
        <source>Selected end</source>
        <translation>Selected end</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Written</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>Read</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profile</translation>
    </message>
    <message>
        <source>Selected timer</source>
        <translation>Selected timer</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>Belongs to</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Now</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>not running</translation>
    </message>
    <message>
        <source>Started at</source>
        <translation>Started at</translation>
    </message>
    <message>
        <source>Lasts</source>
        <translation>Lasts</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Left</translation>
    </message>
    <message>
        <source>The edge just taken</source>
        <translation>The edge just taken</translation>
    </message>
    <message>
        <source>Selected edge</source>
        <translation>Selected edge</translation>
    </message>
</context>
<context>
    <name>packetarium::AboutDialog</name>
    <message>
        <source>About Packetarium</source>
        <translation>About Packetarium</translation>
    </message>
    <message>
        <source>Packetarium %1</source>
        <translation>Packetarium %1</translation>
    </message>
    <message>
        <source>A planetarium for packets: watch TCP/IP happen, step it, rewind it, break it on purpose.</source>
        <translation>A planetarium for packets: watch TCP/IP happen, step it, rewind it, break it on purpose.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later: you may use, study, share and change it. It comes without any warranty.</source>
        <translation>Free software under the GNU General Public License, version 3 or later: you may use, study, share and change it. It comes without any warranty.</translation>
    </message>
    <message>
        <source>Made with Qt %1, fmt, yaml-cpp, JSON for Modern C++ and CLI11.</source>
        <translation>Made with Qt %1, fmt, yaml-cpp, JSON for Modern C++ and CLI11.</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Close</translation>
    </message>
</context>
<context>
    <name>packetarium::Actions</name>
    <message>
        <source>&amp;Home page</source>
        <translation>&amp;Home page</translation>
    </message>
    <message>
        <source>&amp;New sandbox</source>
        <translation>&amp;New sandbox</translation>
    </message>
    <message>
        <source>&amp;Open...</source>
        <translation>&amp;Open...</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Save</translation>
    </message>
    <message>
        <source>Save &amp;as...</source>
        <translation>Save &amp;as...</translation>
    </message>
    <message>
        <source>&amp;Export picture...</source>
        <translation>&amp;Export picture...</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Quit</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Undo</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Redo</translation>
    </message>
    <message>
        <source>&amp;Search lessons</source>
        <translation>&amp;Search lessons</translation>
    </message>
    <message>
        <source>&amp;Next step</source>
        <translation>&amp;Next step</translation>
    </message>
    <message>
        <source>&amp;Previous step</source>
        <translation>&amp;Previous step</translation>
    </message>
    <message>
        <source>Next &amp;small step</source>
        <translation>Next &amp;small step</translation>
    </message>
    <message>
        <source>Previous s&amp;mall step</source>
        <translation>Previous s&amp;mall step</translation>
    </message>
    <message>
        <source>P&amp;lay or pause</source>
        <translation>P&amp;lay or pause</translation>
    </message>
    <message>
        <source>To the s&amp;tart</source>
        <translation>To the s&amp;tart</translation>
    </message>
    <message>
        <source>To the &amp;end</source>
        <translation>To the &amp;end</translation>
    </message>
    <message>
        <source>Slo&amp;wer</source>
        <translation>Slo&amp;wer</translation>
    </message>
    <message>
        <source>&amp;Faster</source>
        <translation>&amp;Faster</translation>
    </message>
    <message>
        <source>Normal spee&amp;d</source>
        <translation>Normal spee&amp;d</translation>
    </message>
    <message>
        <source>Se&amp;quence</source>
        <translation>Se&amp;quence</translation>
    </message>
    <message>
        <source>&amp;States</source>
        <translation>&amp;States</translation>
    </message>
    <message>
        <source>&amp;Symbolic (x, y)</source>
        <translation>&amp;Symbolic (x, y)</translation>
    </message>
    <message>
        <source>&amp;Relative (from 0)</source>
        <translation>&amp;Relative (from 0)</translation>
    </message>
    <message>
        <source>R&amp;aw (as on the wire)</source>
        <translation>R&amp;aw (as on the wire)</translation>
    </message>
    <message>
        <source>Next &amp;number style</source>
        <translation>Next &amp;number style</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>As the &amp;desktop</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Light</translation>
    </message>
    <message>
        <source>Dar&amp;k</source>
        <translation>Dar&amp;k</translation>
    </message>
    <message>
        <source>&amp;High contrast</source>
        <translation>&amp;High contrast</translation>
    </message>
    <message>
        <source>Next &amp;theme</source>
        <translation>Next &amp;theme</translation>
    </message>
    <message>
        <source>&amp;Reduced motion</source>
        <translation>&amp;Reduced motion</translation>
    </message>
    <message>
        <source>&amp;Projector</source>
        <translation>&amp;Projector</translation>
    </message>
    <message>
        <source>&amp;Blank the projector</source>
        <translation>&amp;Blank the projector</translation>
    </message>
    <message>
        <source>Lea&amp;ve the projector</source>
        <translation>Lea&amp;ve the projector</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Keys</translation>
    </message>
    <message>
        <source>&amp;About Packetarium</source>
        <translation>&amp;About Packetarium</translation>
    </message>
</context>
<context>
    <name>packetarium::ApplicationBar</name>
    <message>
        <source>Nothing is open.</source>
        <translation>Nothing is open.</translation>
    </message>
    <message>
        <source>It is listening already.</source>
        <translation>It is listening already.</translation>
    </message>
    <message>
        <source>In %1 there is a connection already.</source>
        <translation>In %1 there is a connection already.</translation>
    </message>
    <message>
        <source>In %1 there is no one to send to yet.</source>
        <translation>In %1 there is no one to send to yet.</translation>
    </message>
    <message>
        <source>In %1 this end has closed: it may not send any more.</source>
        <translation>In %1 this end has closed: it may not send any more.</translation>
    </message>
    <message>
        <source>In CLOSED there is nothing to close.</source>
        <translation>In CLOSED there is nothing to close.</translation>
    </message>
    <message>
        <source>In LISTEN there is no direction to shut down.</source>
        <translation>In LISTEN there is no direction to shut down.</translation>
    </message>
    <message>
        <source>In %1 this end has closed already.</source>
        <translation>In %1 this end has closed already.</translation>
    </message>
    <message>
        <source>In %1 there is nothing to abort.</source>
        <translation>In %1 there is nothing to abort.</translation>
    </message>
    <message>
        <source>There is no connection to forget.</source>
        <translation>There is no connection to forget.</translation>
    </message>
    <message>
        <source>This is not a call of the program.</source>
        <translation>This is not a call of the program.</translation>
    </message>
    <message>
        <source>hello</source>
        <translation>hello</translation>
    </message>
    <message>
        <source>Text to send</source>
        <translation>Text to send</translation>
    </message>
    <message>
        <source>The text to send; Enter sends it</source>
        <translation>The text to send; Enter sends it</translation>
    </message>
    <message>
        <source>Whose program acts</source>
        <translation>Whose program acts</translation>
    </message>
    <message>
        <source>What the programs do</source>
        <translation>What the programs do</translation>
    </message>
    <message>
        <source>The program of: %1</source>
        <translation>The program of: %1</translation>
    </message>
    <message>
        <source>Programs</source>
        <translation>Programs</translation>
    </message>
    <message>
        <source>Hide what the programs do</source>
        <translation>Hide what the programs do</translation>
    </message>
    <message>
        <source>Show what the programs do</source>
        <translation>Show what the programs do</translation>
    </message>
</context>
<context>
    <name>packetarium::CaptionCard</name>
    <message>
        <source>Step %1 of %2: %3</source>
        <translation>Step %1 of %2: %3</translation>
    </message>
</context>
<context>
    <name>packetarium::ControlBlockModel</name>
    <message>
        <source>State</source>
        <translation>State</translation>
    </message>
    <message>
        <source>The state of the connection, RFC 9293 §3.3.2</source>
        <translation>The state of the connection, RFC 9293 §3.3.2</translation>
    </message>
    <message>
        <source>%1 %2: %3, just changed</source>
        <translation>%1 %2: %3, just changed</translation>
    </message>
    <message>
        <source>%1 %2: %3</source>
        <translation>%1 %2: %3</translation>
    </message>
    <message>
        <source>Control blocks</source>
        <translation>Control blocks</translation>
    </message>
</context>
<context>
    <name>packetarium::ControlBlockPanel</name>
    <message>
        <source>All variables</source>
        <translation>All variables</translation>
    </message>
    <message>
        <source>Also those that a first reading does not need</source>
        <translation>Also those that a first reading does not need</translation>
    </message>
    <message>
        <source>Control blocks</source>
        <translation>Control blocks</translation>
    </message>
    <message>
        <source>The variables of each end&apos;s connection, RFC 9293 §3.3.1, at this instant</source>
        <translation>The variables of each end&apos;s connection, RFC 9293 §3.3.1, at this instant</translation>
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
        <translation>Scenarios · %1</translation>
    </message>
    <message>
        <source>Scenario: %1</source>
        <translation>Scenario: %1</translation>
    </message>
    <message>
        <source>Lesson: %1, not begun</source>
        <translation>Lesson: %1, not begun</translation>
    </message>
    <message>
        <source>Lesson: %1, begun</source>
        <translation>Lesson: %1, begun</translation>
    </message>
    <message>
        <source>Lesson: %1, finished</source>
        <translation>Lesson: %1, finished</translation>
    </message>
</context>
<context>
    <name>packetarium::FieldModel</name>
    <message>
        <source>Field</source>
        <translation>Field</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Value</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Meaning</translation>
    </message>
    <message>
        <source>well-known</source>
        <translation>well-known</translation>
    </message>
    <message>
        <source>registered</source>
        <translation>registered</translation>
    </message>
    <message>
        <source>dynamic</source>
        <translation>dynamic</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>hops at most</source>
        <translation>hops at most</translation>
    </message>
    <message>
        <source>unknown kind</source>
        <translation>unknown kind</translation>
    </message>
    <message>
        <source>set</source>
        <translation>set</translation>
    </message>
    <message>
        <source>not set</source>
        <translation>not set</translation>
    </message>
    <message>
        <source>✓ good</source>
        <translation>✓ good</translation>
    </message>
    <message>
        <source>✗ should be %1</source>
        <translation>✗ should be %1</translation>
    </message>
    <message>
        <source>none</source>
        <translation>none</translation>
    </message>
    <message>
        <source> + %1 B options</source>
        <translation> + %1 B options</translation>
    </message>
    <message>
        <source> + %1 B padding</source>
        <translation> + %1 B padding</translation>
    </message>
    <message>
        <source> + %1 B FCS</source>
        <translation> + %1 B FCS</translation>
    </message>
    <message>
        <source>octets</source>
        <translation>octets</translation>
    </message>
</context>
<context>
    <name>packetarium::FileDesk</name>
    <message>
        <source>Open a scenario or a lesson</source>
        <translation>Open a scenario or a lesson</translation>
    </message>
    <message>
        <source>Scenarios and lessons (*.yaml *.yml)</source>
        <translation>Scenarios and lessons (*.yaml *.yml)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>All files (*)</translation>
    </message>
    <message>
        <source>Save the scenario</source>
        <translation>Save the scenario</translation>
    </message>
    <message>
        <source>Scenarios (*.yaml)</source>
        <translation>Scenarios (*.yaml)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Saved as %1.</translation>
    </message>
    <message>
        <source>Export what the stage shows</source>
        <translation>Export what the stage shows</translation>
    </message>
    <message>
        <source>Pictures (*.png *.svg *.pdf)</source>
        <translation>Pictures (*.png *.svg *.pdf)</translation>
    </message>
</context>
<context>
    <name>packetarium::HexView</name>
    <message>
        <source>Byte %1 of %2: 0x%3</source>
        <translation>Byte %1 of %2: 0x%3</translation>
    </message>
    <message>
        <source>Copy the marked bytes</source>
        <translation>Copy the marked bytes</translation>
    </message>
    <message>
        <source>Copy all bytes</source>
        <translation>Copy all bytes</translation>
    </message>
</context>
<context>
    <name>packetarium::HomePage</name>
    <message>
        <source>See what the network is saying</source>
        <translation>See what the network is saying</translation>
    </message>
    <message>
        <source>Step, go back, break it, and watch it recover. Every number comes from a protocol that really runs.</source>
        <translation>Step, go back, break it, and watch it recover. Every number comes from a protocol that really runs.</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>Recent files</translation>
    </message>
    <message>
        <source>Other language</source>
        <translation>Other language</translation>
    </message>
    <message>
        <source>Scenarios: %1</source>
        <translation>Scenarios: %1</translation>
    </message>
    <message>
        <source>Sandbox</source>
        <translation>Sandbox</translation>
    </message>
    <message>
        <source>Two hosts, a link, and whatever you do to them</source>
        <translation>Two hosts, a link, and whatever you do to them</translation>
    </message>
    <message>
        <source>Open a scenario</source>
        <translation>Open a scenario</translation>
    </message>
    <message>
        <source>A file from your teacher, or one of your own</source>
        <translation>A file from your teacher, or one of your own</translation>
    </message>
    <message>
        <source>Back to: %1</source>
        <translation>Back to: %1</translation>
    </message>
    <message>
        <source>It is still open, as you left it</source>
        <translation>It is still open, as you left it</translation>
    </message>
    <message>
        <source>Continue: %1</source>
        <translation>Continue: %1</translation>
    </message>
    <message>
        <source>You stopped at step %1</source>
        <translation>You stopped at step %1</translation>
    </message>
</context>
<context>
    <name>packetarium::InspectorPanel</name>
    <message>
        <source>Click a segment, a state, an arrow between states, an end or a running timer: what it says is shown here.</source>
        <translation>Click a segment, a state, an arrow between states, an end or a running timer: what it says is shown here.</translation>
    </message>
    <message>
        <source>Fields</source>
        <translation>Fields</translation>
    </message>
    <message>
        <source>The headers of the frame, field by field. The field chosen here is marked among the bytes.</source>
        <translation>The headers of the frame, field by field. The field chosen here is marked among the bytes.</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Click a byte to find its field. Ctrl+C copies.</source>
        <translation>Click a byte to find its field. Ctrl+C copies.</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspector</translation>
    </message>
    <message>
        <source>Selected segment</source>
        <translation>Selected segment</translation>
    </message>
    <message>
        <source>Latest segment</source>
        <translation>Latest segment</translation>
    </message>
    <message>
        <source>not sent yet</source>
        <translation>not sent yet</translation>
    </message>
    <message>
        <source>held</source>
        <translation>held</translation>
    </message>
    <message>
        <source>%1 → %2 · %3</source>
        <translation>%1 → %2 · %3</translation>
    </message>
    <message>
        <source>relative %1</source>
        <translation>relative %1</translation>
    </message>
</context>
<context>
    <name>packetarium::KeysDialog</name>
    <message>
        <source>Keys</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Action</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Close</translation>
    </message>
</context>
<context>
    <name>packetarium::LessonExplorer</name>
    <message>
        <source>Nothing is called that.</source>
        <translation>Nothing is called that.</translation>
    </message>
    <message>
        <source>Search lessons…</source>
        <translation>Search lessons…</translation>
    </message>
    <message>
        <source>Search lessons and scenarios</source>
        <translation>Search lessons and scenarios</translation>
    </message>
    <message>
        <source>Lessons and scenarios</source>
        <translation>Lessons and scenarios</translation>
    </message>
</context>
<context>
    <name>packetarium::MainWindow</name>
    <message>
        <source>Your changes could not be kept safe on disk: %1</source>
        <translation>Your changes could not be kept safe on disk: %1</translation>
    </message>
    <message>
        <source>The program ended unexpectedly. What you did was kept; save it if you need it.</source>
        <translation>The program ended unexpectedly. What you did was kept; save it if you need it.</translation>
    </message>
    <message>
        <source>Unsaved work was found but cannot be read. It was kept as %1.</source>
        <translation>Unsaved work was found but cannot be read. It was kept as %1.</translation>
    </message>
    <message>
        <source>The settings could not be read, so everything is as at first. The damaged file was kept as %1.</source>
        <translation>The settings could not be read, so everything is as at first. The damaged file was kept as %1.</translation>
    </message>
    <message>
        <source>Some settings made no sense and were set back.</source>
        <translation>Some settings made no sense and were set back.</translation>
    </message>
    <message>
        <source>Packetarium</source>
        <translation>Packetarium</translation>
    </message>
    <message>
        <source>%1[*] - Packetarium</source>
        <translation>%1[*] - Packetarium</translation>
    </message>
    <message>
        <source>Send text</source>
        <translation>Send text</translation>
    </message>
    <message>
        <source>What %1 sends:</source>
        <translation>What %1 sends:</translation>
    </message>
</context>
<context>
    <name>packetarium::Menus</name>
    <message>
        <source>None yet</source>
        <translation>None yet</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;File</translation>
    </message>
    <message>
        <source>&amp;Recent files</source>
        <translation>&amp;Recent files</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Edit</translation>
    </message>
    <message>
        <source>Pac&amp;ket</source>
        <translation>Pac&amp;ket</translation>
    </message>
    <message>
        <source>P&amp;rograms</source>
        <translation>P&amp;rograms</translation>
    </message>
    <message>
        <source>&amp;Play</source>
        <translation>&amp;Play</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;View</translation>
    </message>
    <message>
        <source>Sequence &amp;numbers</source>
        <translation>Sequence &amp;numbers</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Theme</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Help</translation>
    </message>
    <message>
        <source>&amp;Clear the list</source>
        <translation>&amp;Clear the list</translation>
    </message>
    <message>
        <source>Menu bar</source>
        <translation>Menu bar</translation>
    </message>
</context>
<context>
    <name>packetarium::NoticeBar</name>
    <message>
        <source>Close</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Close this message</translation>
    </message>
</context>
<context>
    <name>packetarium::PacketActions</name>
    <message>
        <source>Drop</source>
        <translation>Drop</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>Delay</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplicate</translation>
    </message>
    <message>
        <source>Corrupt</source>
        <translation>Corrupt</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Hold</translation>
    </message>
    <message>
        <source>Let go</source>
        <translation>Let go</translation>
    </message>
    <message>
        <source>Loses this segment on its way.</source>
        <translation>Loses this segment on its way.</translation>
    </message>
    <message>
        <source>Lets this segment arrive later.</source>
        <translation>Lets this segment arrive later.</translation>
    </message>
    <message>
        <source>Sends a copy of this segment right after it.</source>
        <translation>Sends a copy of this segment right after it.</translation>
    </message>
    <message>
        <source>Flips one bit of this segment on its way.</source>
        <translation>Flips one bit of this segment on its way.</translation>
    </message>
    <message>
        <source>Keeps this segment where it is until it is let go.</source>
        <translation>Keeps this segment where it is until it is let go.</translation>
    </message>
    <message>
        <source>Lets the held segment travel on.</source>
        <translation>Lets the held segment travel on.</translation>
    </message>
    <message>
        <source>Key: %1</source>
        <translation>Key: %1</translation>
    </message>
    <message>
        <source>Choose a segment first.</source>
        <translation>Choose a segment first.</translation>
    </message>
    <message>
        <source>A copy, or a segment put on the wire by the scenario, stays as it is.</source>
        <translation>A copy, or a segment put on the wire by the scenario, stays as it is.</translation>
    </message>
    <message>
        <source>Nothing can be done to this segment any more.</source>
        <translation>Nothing can be done to this segment any more.</translation>
    </message>
    <message>
        <source>It is held already.</source>
        <translation>It is held already.</translation>
    </message>
    <message>
        <source>It is not held.</source>
        <translation>It is not held.</translation>
    </message>
    <message>
        <source>Delay by %1</source>
        <translation>Delay by %1</translation>
    </message>
    <message>
        <source>What can be done to the segment</source>
        <translation>What can be done to the segment</translation>
    </message>
</context>
<context>
    <name>packetarium::ProjectorWindow</name>
    <message>
        <source>Packetarium: projector</source>
        <translation>Packetarium: projector</translation>
    </message>
</context>
<context>
    <name>packetarium::Session</name>
    <message>
        <source>Changed: everything from %1 on has been run again.</source>
        <translation>Changed: everything from %1 on has been run again.</translation>
    </message>
</context>
<context>
    <name>packetarium::StageArea</name>
    <message>
        <source>Views of the same instant</source>
        <translation>Views of the same instant</translation>
    </message>
    <message>
        <source>How sequence numbers are written</source>
        <translation>How sequence numbers are written</translation>
    </message>
</context>
<context>
    <name>packetarium::TopBar</name>
    <message>
        <source>Packetarium</source>
        <translation>Packetarium</translation>
    </message>
    <message>
        <source>Home page</source>
        <translation>Home page</translation>
    </message>
    <message>
        <source>Packetarium: home page</source>
        <translation>Packetarium: home page</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>%1 · step %2 of %3</source>
        <translation>%1 · step %2 of %3</translation>
    </message>
</context>
<context>
    <name>packetarium::TransportBar</name>
    <message>
        <source>Playback</source>
        <translation>Playback</translation>
    </message>
    <message>
        <source>Speed %1</source>
        <translation>Speed %1</translation>
    </message>
    <message>
        <source>Playback speed (%1 slower, %2 faster)</source>
        <translation>Playback speed (%1 slower, %2 faster)</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Step %1 of %2</translation>
    </message>
</context>
<context>
    <name>packetarium::UnsavedQuestion</name>
    <message>
        <source>Unsaved changes</source>
        <translation>Unsaved changes</translation>
    </message>
    <message>
        <source>Save what you did in “%1”?</source>
        <translation>Save what you did in “%1”?</translation>
    </message>
    <message>
        <source>Otherwise it is lost.</source>
        <translation>Otherwise it is lost.</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Save</translation>
    </message>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Discard</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Cancel</translation>
    </message>
</context>
<context>
    <name>packetarium::WhyPanel</name>
    <message>
        <source>Why?</source>
        <translation>Why?</translation>
    </message>
    <message>
        <source>Opens the RFC in the browser</source>
        <translation>Opens the RFC in the browser</translation>
    </message>
</context>
</TS>
