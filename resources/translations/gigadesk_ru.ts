<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>New chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete the chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo deleting, in the list of chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide the sidebar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quit</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AccountPage</name>
    <message>
        <source>Authorization key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whose key is it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usually 1 for private persons and 10 for companies.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the account allows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The way to GigaChat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This one:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Further certificate authority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A file (PEM or DER) from your company or antivirus, if it inspects secure connections.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the certificate file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the service</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For a server or gateway of your own. The conversations go there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Address of the authorization</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key goes there and nowhere else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate authority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer *.der)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Addresses</name>
    <message>
        <source>A web address, please, such as https://api.giga.chat/v1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address must not hold a user name or a password.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It has to begin with https: else it can be read on the way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address of a proxy, please, such as http://proxy.example:8080 or socks5://127.0.0.1:1080.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>Colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Font size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size} pt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>While an answer is written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Scrolling up always stops the window from following.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow its end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hold its first line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Do not scroll</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatDelegate</name>
    <message>
        <source>Chat title</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatListModel</name>
    <message>
        <source>New chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Today</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answer is being written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>unread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>open</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>Show the sidebar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message GigaChat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Reset</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset to the default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reset “{name}” to the default</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstPage</name>
    <message>
        <source>Welcome to GigaDesk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A chat window for GigaChat. Your conversations stay on this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Authorization key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It goes into the keyring of your system and nowhere else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whose key is it?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Get a key at {address}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Proxy, certificate, other addresses…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the demo without a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No account and no network: the answers come from GigaDesk itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking the key…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check and start</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GenerationPage</name>
    <message>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For new chats. Each chat can have its own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The first one that GigaChat offers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sent before every conversation: who the model is and how it answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Higher is bolder, lower is more exact. Above 2 it becomes chaotic.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From how much of the likely words the next one is drawn, from 0 to 1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Longest answer, in tokens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A token is 3 to 4 letters. The answer is cut there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 changes nothing, more avoids repeating words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model’s choice</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update interval, in seconds</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The least time between two pieces of an answer. More is calmer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As fast as it comes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Greeting</name>
    <message>
        <source>What shall we begin with?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain something simply</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Explain in simple words: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a letter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a polite letter about: </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help with code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Write a Python function that </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggest ideas</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Suggest ten ideas for </source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Authorization key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This looks like an authorization key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This looks like an authorization key. The prefix “Basic” was removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This looks like an authorization key. Extra spaces or quotes were removed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a Client ID with its Client Secret; GigaDesk made the authorization key of them.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This looks like an authorization key. What did not belong to it was removed.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeySection</name>
    <message>
        <source>Checking…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It goes into the keyring of your system and nowhere else.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Remove the key? You can get it again from your account only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no key yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key is in the keyring of your system.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key is kept until you quit GigaDesk, because the keyring could not take it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key comes from the environment variable GIGACHAT_CREDENTIALS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add a key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Replace the key</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>As in the settings: {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Default model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Model: {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the model of this chat</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close the notice</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Something went wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GigaDesk met a failure that it has no better words for. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The request to GigaChat failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again. If it happens again, the details below help the support team.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GigaChat did not accept the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may be incomplete, revoked or replaced by a newer one. Paste your current authorization key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key belongs to another kind of account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose beside the key whether it belongs to a private person or to a company.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Too many requests at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GigaChat writes one answer at a time for a private account. Wait a moment and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The tokens for this model are used up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another model, or top up your package in your account at developers.sber.ru.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Your account has no access to this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another model, or see in your GigaChat account what your plan includes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This model is not available to your key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another model and send again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GigaChat did not accept the request</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its reason is below. Usually one of the generation settings has to be changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The conversation is too long for this model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Begin a new chat, shorten the message, or choose a model that takes more text.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GigaChat does not talk about this</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service restricts this topic. Put it in other words, best of all in a new chat: what was said here can stop the next message as well.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GigaChat is out of order at the moment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The fault is on the side of the service. Try again in a minute.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer broke off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection ended before the answer did. Everything that had arrived is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no key yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add your authorization key in the settings, then send again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The settings could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GigaDesk runs with its usual settings. The unreadable file is kept as {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection to {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the internet connection, and the proxy or VPN if you use one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server {host} was not found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The computer may be offline, or the address in the settings may be wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} refuses the connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The address or the port in the settings may be wrong, or a firewall blocks the way.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The network is slow or something blocks the way. Check it and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to {host} was broken off</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most often this passes by itself. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy cannot be reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Correct its address in the settings, or remove it if you need none.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The proxy wants a name and a password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the name and the password in the proxy address, or ask your administrator for access.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} offers no protected connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something other than GigaChat answers there. Check the address and the port in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of {host} has expired</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Check the date and the clock of this computer first. If they are right, the service has to renew its certificate: try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of {host} is not valid yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The clock of this computer is probably behind. Set the date and the time, then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate belongs to another server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{host} showed a certificate made out to a different name. Check the address in the settings, and on a public network whether you have to sign in first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate of {host} comes from an unknown authority</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>If this is a server of your company, add the certificate of its authority in the settings; else try again later.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something intercepts the connection to {host}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usually it is an antivirus or a company proxy. Ask your administrator for its root certificate and add that in the settings, or switch the inspection of secure connections off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The certificate file cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file named in the settings is missing or holds no certificate (PEM or DER). Choose another, or remove it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection to {host} cannot be trusted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its certificate did not pass the check, so nothing was sent. Look at the clock, the antivirus and the proxy of this computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer did not come from GigaChat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Most often it is the sign-in page of a network, or a proxy. Open any page in the browser, sign in, and try again. Else check the service address in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server sends us to another address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GigaDesk does not follow, so that the conversation reaches nobody else. Check the service address in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer is longer than GigaDesk takes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What had arrived is kept. Ask for the rest in parts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer could not be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It arrived damaged. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The disk is full: nothing is being saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Free some space and keep GigaDesk open until then. The data is in {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GigaDesk may not write to its data folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing can be saved until you allow writing to {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chats are in use by another program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close the other GigaDesk, or whatever else holds {path}, and try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The chats were saved by a newer GigaDesk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Update GigaDesk to open them. The file {path} was left untouched.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The file with the chats is damaged</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Put a backup in the place of {path}, or move the file away to begin anew.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The data folder cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The system refused to read or write {path}. Its reason is below.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system has no keyring for the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key is kept until you quit and is never written to a file. To keep it for good, install GNOME Keyring or KWallet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring is locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock it and save the key again. Until then the key is kept until you quit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring did not let GigaDesk in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Allow it when the system asks, and save the key again. Until then it is kept until you quit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It may be asking for its password in another window. Until then the key is kept until you quit.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The keyring could not be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The key is kept until you quit and is never written to a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paste your authorization key here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is a Client ID or a Client Secret. The authorization key is longer and stands beside them in your account.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This is an access token, which is valid for half an hour only. GigaDesk needs the authorization key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This does not look like an authorization key: part of it may be missing. Copy it whole.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This does not look like an authorization key: there is no Client ID and Client Secret in it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This key has been encoded several times over. Copy it from your account as it stands there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There are characters in it that no key has, for example Russian letters. Copy the key once more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GigaChat asks to wait {seconds} s. Then try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer was stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What had arrived is kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer was stopped before it began</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can ask for it again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer was cut: it reached the token limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let it continue, or raise the limit in the settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The model could not finish this answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again, or put the question in other words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The answer ended in an unusual way</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The service gave the reason “{reason}”, which this version of GigaDesk does not know.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose another model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>A whole number from {lowest} to {highest}, please.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number from {lowest} to {highest}, please.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A number above {lowest}, up to {highest}, please.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Scopes</name>
    <message>
        <source>Mine, as a private person (PERS)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My company’s, prepaid package (B2B)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>My company’s, pay as you go (CORP)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>GigaChat accepts the key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>New chat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide the sidebar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search chats by title</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chats</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answers come from this computer, not from GigaChat</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <comment>answers in the queue</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <comment>answers in the queue</comment>
        <translation type="unfinished">
            <numerusform></numerusform>
            <numerusform></numerusform>
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No connection</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Link: {target}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hidden characters: {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>GigaChat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version {number} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Waiting for its turn, place {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move to front</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is answering…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Jump to the end</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Chat deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Undo deleting the chat</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
