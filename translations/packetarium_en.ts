<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>packetarium::ConversationBar</name>
    <message numerus="yes">
        <source>%1: all of %n conversation(s)</source>
        <translation>
            <numerusform>%1: its one conversation</numerusform>
            <numerusform>%1: all of %n conversations</numerusform>
        </translation>
    </message>
</context>
</TS>
