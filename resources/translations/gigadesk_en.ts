<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BalanceSection</name>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BranchModel</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatListModel</name>
    <message numerus="yes">
        <source>%Ln chats</source>
        <translation>
            <numerusform>%Ln chat</numerusform>
            <numerusform>%Ln chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ComparisonWindow</name>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n difference</numerusform>
            <numerusform>%n differences</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ContextMeter</name>
    <message numerus="yes">
        <source>%n messages at the beginning do not fit and are not sent.</source>
        <translation>
            <numerusform>%n message at the beginning does not fit and is not sent.</numerusform>
            <numerusform>%n messages at the beginning do not fit and are not sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>KeepingSection</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n day</numerusform>
            <numerusform>%n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListUndo</name>
    <message numerus="yes">
        <source>%Ln chat(s) archived</source>
        <translation>
            <numerusform>%Ln chat archived</numerusform>
            <numerusform>%Ln chats archived</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chat(s) taken out of the archive</source>
        <translation>
            <numerusform>%Ln chat taken out of the archive</numerusform>
            <numerusform>%Ln chats taken out of the archive</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chat(s) moved</source>
        <translation>
            <numerusform>%Ln chat moved</numerusform>
            <numerusform>%Ln chats moved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chat(s) deleted</source>
        <translation>
            <numerusform>%Ln chat deleted</numerusform>
            <numerusform>%Ln chats deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chat(s) duplicated</source>
        <translation>
            <numerusform>%Ln chat duplicated</numerusform>
            <numerusform>%Ln chats duplicated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln folder(s) deleted</source>
        <translation>
            <numerusform>%Ln folder deleted</numerusform>
            <numerusform>%Ln folders deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Folder deleted, with %Ln chat(s)</source>
        <translation>
            <numerusform>Folder deleted, with %Ln chat</numerusform>
            <numerusform>Folder deleted, with %Ln chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShownCommands</name>
    <message numerus="yes">
        <source>%n question(s) still wait(s) in the version before your edit</source>
        <translation>
            <numerusform>%n question still waits in the version before your edit</numerusform>
            <numerusform>%n questions still wait in the version before your edit</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Message deleted, and %n later message(s)</source>
        <translation>
            <numerusform>Message deleted, and %n later message</numerusform>
            <numerusform>Message deleted, and %n later messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StateWords</name>
    <message numerus="yes">
        <source>Messages: more than {count}, in %n chat(s)</source>
        <translation>
            <numerusform>Messages: more than {count}, in %n chat</numerusform>
            <numerusform>Messages: more than {count}, in %n chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Messages: {count}, in %n chat(s)</source>
        <translation>
            <numerusform>Messages: {count}, in %n chat</numerusform>
            <numerusform>Messages: {count}, in %n chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%n running</source>
        <comment>answers in the queue</comment>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <comment>answers in the queue</comment>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrashWindow</name>
    <message numerus="yes">
        <source>%Ln chat(s)</source>
        <translation>
            <numerusform>%Ln chat</numerusform>
            <numerusform>%Ln chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln folder(s)</source>
        <translation>
            <numerusform>%Ln folder</numerusform>
            <numerusform>%Ln folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln message</numerusform>
            <numerusform>%Ln messages</numerusform>
        </translation>
    </message>
</context>
</TS>
