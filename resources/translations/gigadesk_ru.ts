<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ru" sourcelanguage="en">
<context>
    <name>AccountList</name>
    <message>
        <source>Accounts</source>
        <translation>Учётные записи</translation>
    </message>
    <message>
        <source>{name} (default)</source>
        <translation>{name} (по умолчанию)</translation>
    </message>
    <message>
        <source>Add an account</source>
        <translation>Добавить запись</translation>
    </message>
    <message>
        <source>Use for new chats</source>
        <translation>Сделать основной</translation>
    </message>
    <message>
        <source>Remove the account</source>
        <translation>Удалить запись</translation>
    </message>
    <message>
        <source>Remove “{name}”? Its key or password is deleted from the keyring. Its chats stay, and go on with the default account.</source>
        <translation>Удалить «{name}»? Её ключ или пароль будет стёрт из хранилища паролей. Чаты останутся и продолжатся с основной записью.</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Оставить</translation>
    </message>
</context>
<context>
    <name>AccountPage</name>
    <message>
        <source>Accounts</source>
        <translation>Учётные записи</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Название</translation>
    </message>
    <message>
        <source>What you call the account; GigaChat is not told.</source>
        <translation>Как вы называете эту запись; GigaChat об этом не узнаёт.</translation>
    </message>
    <message>
        <source>Way to sign in</source>
        <translation>Способ входа</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Имя пользователя</translation>
    </message>
    <message>
        <source>For the former server or a gateway: the usual one takes no passwords.</source>
        <translation>Для прежнего сервера или шлюза: обычный не принимает пароли.</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Сертификат</translation>
    </message>
    <message>
        <source>A file in PEM format.</source>
        <translation>Файл в формате PEM.</translation>
    </message>
    <message>
        <source>Choose the client certificate</source>
        <translation>Выбрать сертификат клиента</translation>
    </message>
    <message>
        <source>Key of the certificate</source>
        <translation>Ключ сертификата</translation>
    </message>
    <message>
        <source>Leave it empty if the file of the certificate holds the key too.</source>
        <translation>Оставьте пустым, если ключ лежит в том же файле, что и сертификат.</translation>
    </message>
    <message>
        <source>Choose the key of the certificate</source>
        <translation>Выбрать ключ сертификата</translation>
    </message>
    <message>
        <source>Whose key is it?</source>
        <translation>Чей это ключ?</translation>
    </message>
    <message>
        <source>Answers at once</source>
        <translation>Ответов одновременно</translation>
    </message>
    <message>
        <source>Usually 1 for private persons and 10 for companies.</source>
        <translation>Обычно 1 для частных лиц и 10 для компаний.</translation>
    </message>
    <message>
        <source>As the account allows</source>
        <translation>Сколько позволено</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>Остаток</translation>
    </message>
    <message>
        <source>The way to GigaChat</source>
        <translation>Связь с GigaChat</translation>
    </message>
    <message>
        <source>Find out what is wrong…</source>
        <translation>Найти причину неполадок…</translation>
    </message>
    <message>
        <source>Account {number}</source>
        <translation>Запись {number}</translation>
    </message>
</context>
<context>
    <name>Addresses</name>
    <message>
        <source>A web address, please, such as https://api.giga.chat/v1.</source>
        <translation>Нужен веб-адрес, например https://api.giga.chat/v1.</translation>
    </message>
    <message>
        <source>The address must not hold a user name or a password.</source>
        <translation>В адресе не должно быть имени пользователя и пароля.</translation>
    </message>
    <message>
        <source>It has to begin with https: else it can be read on the way.</source>
        <translation>Адрес должен начинаться с https, иначе данные можно прочитать в пути.</translation>
    </message>
    <message>
        <source>The address of a proxy, please, such as http://proxy.example:8080 or socks5://127.0.0.1:1080.</source>
        <translation>Нужен адрес прокси, например http://proxy.example:8080 или socks5://127.0.0.1:1080.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Такого файла нет.</translation>
    </message>
</context>
<context>
    <name>AppearancePage</name>
    <message>
        <source>Colours</source>
        <translation>Цвета</translation>
    </message>
    <message>
        <source>Font size</source>
        <translation>Размер шрифта</translation>
    </message>
    <message>
        <source>{size} pt</source>
        <translation>{size} пт</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Язык</translation>
    </message>
    <message>
        <source>While an answer is written</source>
        <translation>Пока пишется ответ</translation>
    </message>
    <message>
        <source>Scrolling up always stops the window from following.</source>
        <translation>Прокрутка вверх всегда останавливает слежение.</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Светлые</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Тёмные</translation>
    </message>
    <message>
        <source>Follow its end</source>
        <translation>Следить за концом</translation>
    </message>
    <message>
        <source>Hold its first line</source>
        <translation>Держать первую строку</translation>
    </message>
    <message>
        <source>Do not scroll</source>
        <translation>Не прокручивать</translation>
    </message>
</context>
<context>
    <name>BalanceSection</name>
    <message>
        <source>Asking…</source>
        <translation>Запрашивается…</translation>
    </message>
    <message>
        <source>Refresh the balance</source>
        <translation>Обновить остаток</translation>
    </message>
    <message>
        <source>What is left of your packages, in tokens, for each model.</source>
        <translation>Сколько токенов осталось в пакетах для каждой модели.</translation>
    </message>
    <message>
        <source>GigaChat names no packages for this account.</source>
        <translation>GigaChat не показывает пакетов для этой записи.</translation>
    </message>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n токен</numerusform>
            <numerusform>%n токена</numerusform>
            <numerusform>%n токенов</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BranchDesk</name>
    <message>
        <source>Map of the branches</source>
        <translation>Карта ветвей</translation>
    </message>
    <message>
        <source>Compare two versions</source>
        <translation>Сравнить два варианта</translation>
    </message>
</context>
<context>
    <name>BranchModel</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n сообщение</numerusform>
            <numerusform>%n сообщения</numerusform>
            <numerusform>%n сообщений</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BranchWindow</name>
    <message>
        <source>Shown now</source>
        <translation>Показана сейчас</translation>
    </message>
    <message>
        <source>No text yet</source>
        <translation>Текста пока нет</translation>
    </message>
    <message>
        <source>Code ({language})</source>
        <translation>Код ({language})</translation>
    </message>
    <message>
        <source>Branches of the chat</source>
        <translation>Ветви чата</translation>
    </message>
    <message>
        <source>Enter or a click shows a branch. Versions of a message hang below it.</source>
        <translation>Enter или щелчок показывает ветвь. Под сообщением — другие его варианты.</translation>
    </message>
</context>
<context>
    <name>CertificateFileField</name>
    <message>
        <source>Choose…</source>
        <translation>Выбрать…</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer *.der *.key)</source>
        <translation>Сертификаты (*.pem *.crt *.cer *.der *.key)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
</context>
<context>
    <name>ChatDelegate</name>
    <message>
        <source>Chat title</source>
        <translation>Название чата</translation>
    </message>
    <message>
        <source>Folder name</source>
        <translation>Название папки</translation>
    </message>
</context>
<context>
    <name>ChatListModel</name>
    <message>
        <source>New chat</source>
        <translation>Новый чат</translation>
    </message>
    <message>
        <source>Folder without a name</source>
        <translation>Папка без имени</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Вчера</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>Последние 7 дней</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>Последние 30 дней</translation>
    </message>
    <message>
        <source>answer is being written</source>
        <translation>пишется ответ</translation>
    </message>
    <message>
        <source>unread</source>
        <translation>не прочитано</translation>
    </message>
    <message>
        <source>open</source>
        <translation>открыт</translation>
    </message>
    <message>
        <source>in the folder %1</source>
        <translation>в папке %1</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>Закреплённые</translation>
    </message>
    <message>
        <source>waits for its turn</source>
        <translation>ждёт очереди</translation>
    </message>
    <message>
        <source>answer failed</source>
        <translation>ответ не получен</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>черновик</translation>
    </message>
    <message>
        <source>unfolded</source>
        <translation>развёрнута</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>свёрнута</translation>
    </message>
    <message>
        <source>Folder %1</source>
        <translation>Папка «%1»</translation>
    </message>
    <message numerus="yes">
        <source>%Ln chats</source>
        <translation>
            <numerusform>%Ln чат</numerusform>
            <numerusform>%Ln чата</numerusform>
            <numerusform>%Ln чатов</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>Show the sidebar</source>
        <translation>Показать боковую панель</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Новый чат</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
    <message>
        <source>Map of the branches</source>
        <translation>Карта ветвей</translation>
    </message>
</context>
<context>
    <name>ChatPane</name>
    <message>
        <source>Find in this chat</source>
        <translation>Найти в этом чате</translation>
    </message>
    <message>
        <source>Next place that was found</source>
        <translation>Следующее найденное место</translation>
    </message>
    <message>
        <source>Previous place</source>
        <translation>Предыдущее место</translation>
    </message>
    <message>
        <source>Choose the model</source>
        <translation>Выбрать модель</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Прикрепить файлы</translation>
    </message>
    <message>
        <source>Tools on or off, from left to right</source>
        <translation>Включить или выключить инструменты, слева направо</translation>
    </message>
    <message>
        <source>How much the model thinks</source>
        <translation>Насколько тщательно модель обдумывает ответ</translation>
    </message>
    <message>
        <source>Print the chat</source>
        <translation>Напечатать чат</translation>
    </message>
    <message>
        <source>Larger chat</source>
        <translation>Текст чата крупнее</translation>
    </message>
    <message>
        <source>Smaller chat</source>
        <translation>Текст чата мельче</translation>
    </message>
    <message>
        <source>Chat in its usual size</source>
        <translation>Обычный размер текста чата</translation>
    </message>
    <message>
        <source>Select text in the chat</source>
        <translation>Выделить текст в чате</translation>
    </message>
    <message>
        <source>Arrow keys move a caret in the chat</source>
        <translation>Стрелки двигают курсор в чате</translation>
    </message>
    <message>
        <source>Select the message, then the whole chat</source>
        <translation>Выделить сообщение, затем весь чат</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>Отправить сообщение</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>Новая строка</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Остановить ответ</translation>
    </message>
</context>
<context>
    <name>ChatTable</name>
    <message>
        <source>Chat</source>
        <translation>Чат</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Сообщения</translation>
    </message>
    <message>
        <source>Last message</source>
        <translation>Последнее сообщение</translation>
    </message>
    <message>
        <source>Here already</source>
        <translation>Уже есть</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Без названия</translation>
    </message>
    <message>
        <source>twice in the file</source>
        <translation>в файле дважды</translation>
    </message>
    <message>
        <source>in the trash</source>
        <translation>в корзине</translation>
    </message>
    <message>
        <source>another version</source>
        <translation>другая версия</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>да</translation>
    </message>
</context>
<context>
    <name>ChatWindow</name>
    <message>
        <source>Close the window</source>
        <translation>Закрыть окно</translation>
    </message>
    <message>
        <source>New chat, in the main window</source>
        <translation>Новый чат в главном окне</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
</context>
<context>
    <name>ChatsKeys</name>
    <message>
        <source>New chat</source>
        <translation>Новый чат</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>Поиск по чатам</translation>
    </message>
    <message>
        <source>Next chat</source>
        <translation>Следующий чат</translation>
    </message>
    <message>
        <source>Previous chat</source>
        <translation>Предыдущий чат</translation>
    </message>
    <message>
        <source>Rename the chat</source>
        <translation>Переименовать чат</translation>
    </message>
    <message>
        <source>Delete the chat</source>
        <translation>Удалить чат</translation>
    </message>
    <message>
        <source>Show or hide the sidebar</source>
        <translation>Показать или скрыть боковую панель</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Pin the chat, or unpin it</source>
        <translation>Закрепить или открепить чат</translation>
    </message>
    <message>
        <source>Archive the chat, or take it out</source>
        <translation>Отправить чат в архив или вернуть из него</translation>
    </message>
    <message>
        <source>Move the chat to a folder</source>
        <translation>Переместить чат в папку</translation>
    </message>
    <message>
        <source>New folder, in the selected one or at the top</source>
        <translation>Новая папка: в выбранной или на верхнем уровне</translation>
    </message>
    <message>
        <source>Duplicate the chat</source>
        <translation>Создать копию чата</translation>
    </message>
    <message>
        <source>Mark the chat as unread, or read</source>
        <translation>Пометить чат непрочитанным или прочитанным</translation>
    </message>
    <message>
        <source>Open the chat in a new window</source>
        <translation>Открыть чат в новом окне</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Корзина</translation>
    </message>
    <message>
        <source>Temporary chat</source>
        <translation>Временный чат</translation>
    </message>
    <message>
        <source>Open in a new window</source>
        <translation>Открыть в новом окне</translation>
    </message>
    <message>
        <source>Select several</source>
        <translation>Выбрать несколько</translation>
    </message>
    <message>
        <source>Fold or unfold a folder</source>
        <translation>Свернуть или развернуть папку</translation>
    </message>
    <message>
        <source>Delete what is selected</source>
        <translation>Удалить выбранное</translation>
    </message>
    <message>
        <source>Undo deleting</source>
        <translation>Отменить удаление</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Reading…</source>
        <translation>Чтение…</translation>
    </message>
    <message>
        <source>Uploading…</source>
        <translation>Отправка…</translation>
    </message>
    <message>
        <source>Uploading, {percent} %</source>
        <translation>Отправка, {percent} %</translation>
    </message>
    <message>
        <source>Not attached</source>
        <translation>Не прикреплён</translation>
    </message>
    <message>
        <source>Enter tries again, Delete removes it</source>
        <translation>Enter — повторить, Delete — убрать</translation>
    </message>
    <message>
        <source>Delete removes it</source>
        <translation>Delete — убрать</translation>
    </message>
    <message>
        <source>Remove “{name}”</source>
        <translation>Убрать «{name}»</translation>
    </message>
    <message>
        <source>Try “{name}” again</source>
        <translation>Повторить для «{name}»</translation>
    </message>
</context>
<context>
    <name>ChipShelf</name>
    <message>
        <source>Attached: {names}</source>
        <translation>Прикреплено: {names}</translation>
    </message>
    <message>
        <source>Attached files</source>
        <translation>Прикреплённые файлы</translation>
    </message>
</context>
<context>
    <name>Chips</name>
    <message>
        <source>Remove the filter {filter}</source>
        <translation>Убрать фильтр {filter}</translation>
    </message>
</context>
<context>
    <name>ComparisonWindow</name>
    <message>
        <source>Compare versions</source>
        <translation>Сравнение вариантов</translation>
    </message>
    <message>
        <source>Both versions, with their differences marked</source>
        <translation>Оба варианта с отмеченными различиями</translation>
    </message>
    <message>
        <source>GigaChat</source>
        <translation>GigaChat</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>Previous difference</source>
        <translation>Предыдущее различие</translation>
    </message>
    <message>
        <source>Next difference</source>
        <translation>Следующее различие</translation>
    </message>
    <message>
        <source>Only the beginning of the texts is compared: they are very long.</source>
        <translation>Сравнивается только начало текстов: они очень длинные.</translation>
    </message>
    <message>
        <source>The texts are the same</source>
        <translation>Тексты одинаковы</translation>
    </message>
    <message numerus="yes">
        <source>%n difference(s)</source>
        <translation>
            <numerusform>%n различие</numerusform>
            <numerusform>%n различия</numerusform>
            <numerusform>%n различий</numerusform>
        </translation>
    </message>
    <message>
        <source>Difference {place} of {count}</source>
        <translation>Различие {place} из {count}</translation>
    </message>
    <message>
        <source>Version on the left</source>
        <translation>Вариант слева</translation>
    </message>
    <message>
        <source>Version on the right</source>
        <translation>Вариант справа</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Use this version</source>
        <translation>Выбрать этот вариант</translation>
    </message>
    <message>
        <source>Show the source</source>
        <translation>Показать исходный текст</translation>
    </message>
    <message>
        <source>Only on the left: {text}</source>
        <translation>Только слева: {text}</translation>
    </message>
    <message>
        <source>Only on the right: {text}</source>
        <translation>Только справа: {text}</translation>
    </message>
    <message>
        <source>Select all of this version</source>
        <translation>Выделить всю эту версию</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Message GigaChat</source>
        <translation>Сообщение для GigaChat</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Сообщение</translation>
    </message>
    <message>
        <source>Enter sends, Shift+Enter starts a new line</source>
        <translation>Enter — отправить, Shift+Enter — новая строка</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Прикрепить файлы</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Остановить ответ</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Отправить</translation>
    </message>
</context>
<context>
    <name>ContextMeter</name>
    <message>
        <source>Context: {percent} % used</source>
        <translation>Контекст: занято {percent} %</translation>
    </message>
    <message>
        <source>Context: about {percent} % used</source>
        <translation>Контекст: занято около {percent} %</translation>
    </message>
    <message>
        <source>The next request takes {used} of {limit} tokens.</source>
        <translation>Следующий запрос займёт {used} из {limit} токенов.</translation>
    </message>
    <message>
        <source>GigaChat has counted them.</source>
        <translation>Их посчитал сам GigaChat.</translation>
    </message>
    <message>
        <source>This is an estimate.</source>
        <translation>Это приблизительная оценка.</translation>
    </message>
    <message numerus="yes">
        <source>%n messages at the beginning do not fit and are not sent.</source>
        <translation>
            <numerusform>%n сообщение в начале не помещается и не отправляется.</numerusform>
            <numerusform>%n сообщения в начале не помещаются и не отправляются.</numerusform>
            <numerusform>%n сообщений в начале не помещаются и не отправляются.</numerusform>
        </translation>
    </message>
    <message>
        <source>The whole chat fits.</source>
        <translation>Чат помещается целиком.</translation>
    </message>
</context>
<context>
    <name>Data</name>
    <message>
        <source>Restore the snapshot of {moment}?</source>
        <translation>Восстановить копию от {moment}?</translation>
    </message>
    <message>
        <source>All chats become as they were then. What you have now is kept as a snapshot of its own, so this can be taken back. Running answers end.</source>
        <translation>Все чаты станут такими, какими были тогда. Нынешнее состояние сохранится отдельной копией, поэтому к нему можно вернуться. Ответы, которые сейчас пишутся, прервутся.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Восстановить</translation>
    </message>
    <message>
        <source>Delete the snapshot of {moment}?</source>
        <translation>Удалить копию от {moment}?</translation>
    </message>
    <message>
        <source>The chats themselves stay. The snapshot cannot be brought back.</source>
        <translation>Сами чаты останутся. Вернуть удалённую копию нельзя.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Delete the damaged files?</source>
        <translation>Удалить повреждённые файлы?</translation>
    </message>
    <message>
        <source>They were kept so that somebody who knows how could save more out of them. The chats and the snapshots stay.</source>
        <translation>Их сохранили на случай, если специалист сумеет извлечь из них больше. Чаты и резервные копии останутся.</translation>
    </message>
    <message>
        <source>This snapshot is not there any more</source>
        <translation>Этой копии больше нет</translation>
    </message>
    <message>
        <source>It was deleted or moved away.</source>
        <translation>Её удалили или переместили.</translation>
    </message>
    <message>
        <source>This snapshot is damaged</source>
        <translation>Эта копия повреждена</translation>
    </message>
    <message>
        <source>It cannot be read as it is. Choose another one.</source>
        <translation>Прочитать её в нынешнем виде нельзя. Выберите другую.</translation>
    </message>
    <message>
        <source>This snapshot is of a newer version of GigaDesk</source>
        <translation>Эта копия создана более новой версией GigaDesk</translation>
    </message>
    <message>
        <source>Update GigaDesk to restore it.</source>
        <translation>Чтобы её восстановить, обновите GigaDesk.</translation>
    </message>
    <message>
        <source>This chat is not in the snapshot any more</source>
        <translation>Этого чата в копии больше нет</translation>
    </message>
    <message>
        <source>It was deleted for ever, and goes from the snapshots, too.</source>
        <translation>Он удалён навсегда, а такие чаты убираются и из копий.</translation>
    </message>
    <message>
        <source>Your chats are as they were.</source>
        <translation>Ваши чаты не изменились.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>daily</source>
        <translation>ежедневная</translation>
    </message>
    <message>
        <source>before an update</source>
        <translation>перед обновлением</translation>
    </message>
    <message>
        <source>before restoring</source>
        <translation>перед восстановлением</translation>
    </message>
    <message>
        <source>made by you</source>
        <translation>создана вручную</translation>
    </message>
    <message>
        <source>Chats: {chats}, messages: {messages}. Newest message: {newest}.</source>
        <translation>Чатов: {chats}, сообщений: {messages}. Последнее сообщение: {newest}.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>нет</translation>
    </message>
    <message>
        <source>Restore the snapshot of {moment}</source>
        <translation>Восстановить копию от {moment}</translation>
    </message>
    <message>
        <source>Saved: {chats} of {known_chats} chats, {messages} of {known} messages.</source>
        <translation>Спасено: чатов {chats} из {known_chats}, сообщений {messages} из {known}.</translation>
    </message>
    <message>
        <source>Chats that lost a message or a part of one: {count}.</source>
        <translation>Чатов, потерявших сообщение или его часть: {count}.</translation>
    </message>
    <message>
        <source>Messages without their end: {count}.</source>
        <translation>Сообщений без окончания: {count}.</translation>
    </message>
    <message>
        <source>Texts with unreadable letters: {count}.</source>
        <translation>Текстов с нечитаемыми буквами: {count}.</translation>
    </message>
    <message>
        <source>Chats that lost their name and settings: {count}.</source>
        <translation>Чатов без названия и настроек: {count}.</translation>
    </message>
    <message>
        <source>Messages that stand elsewhere, because the one above is lost: {count}.</source>
        <translation>Сообщений на другом месте, потому что предыдущее потеряно: {count}.</translation>
    </message>
    <message>
        <source>Nothing is known to be lost.</source>
        <translation>Потерь не обнаружено.</translation>
    </message>
    <message>
        <source>(no name)</source>
        <translation>(без названия)</translation>
    </message>
    <message>
        <source>These chats lost a message or a part of one:</source>
        <translation>Чаты, потерявшие сообщение или его часть:</translation>
    </message>
    <message>
        <source>This is not a folder. Choose an empty folder.</source>
        <translation>Это не папка. Выберите пустую папку.</translation>
    </message>
    <message>
        <source>There is something in this folder already. Choose an empty one.</source>
        <translation>В этой папке уже что-то есть. Выберите пустую.</translation>
    </message>
    <message>
        <source>GigaDesk may not write to this folder. Choose another one.</source>
        <translation>GigaDesk не может записывать в эту папку. Выберите другую.</translation>
    </message>
    <message>
        <source>One of the two folders lies in the other. Choose a folder outside of the present one.</source>
        <translation>Одна из папок лежит внутри другой. Выберите папку вне нынешней.</translation>
    </message>
    <message>
        <source>There is not enough room on that disk. Choose another one.</source>
        <translation>На этом диске не хватает места. Выберите другой.</translation>
    </message>
</context>
<context>
    <name>DataPage</name>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>This folder is on a network drive or is synced ({drive}): the chats can be spoiled there.</source>
        <translation>Папка лежит на сетевом диске или синхронизируется ({drive}): чаты там могут повредиться.</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>Переместить…</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Корзина</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Резервные копии</translation>
    </message>
    <message>
        <source>Copies of all chats, made each day. Look inside, bring back a single chat or everything.</source>
        <translation>Копии всех чатов создаются каждый день. Можно заглянуть внутрь, вернуть один чат или всё сразу.</translation>
    </message>
    <message>
        <source>Snapshots…</source>
        <translation>Резервные копии…</translation>
    </message>
    <message>
        <source>Import and export</source>
        <translation>Импорт и экспорт</translation>
    </message>
    <message>
        <source>Take over chats from ChatGPT, Open WebUI or GigaDesk, or write all chats with their files to one file.</source>
        <translation>Перенесите чаты из ChatGPT, Open WebUI или GigaDesk либо сохраните все чаты с вложениями в один файл.</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Импортировать…</translation>
    </message>
    <message>
        <source>Export everything…</source>
        <translation>Экспортировать всё…</translation>
    </message>
    <message>
        <source>These are the chats of the demo. What you export here can be imported outside of it.</source>
        <translation>Здесь только чаты демо. Экспортированные отсюда чаты можно импортировать и в настоящую программу.</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Author</source>
        <translation>Автор</translation>
    </message>
    <message>
        <source>GigaChat</source>
        <translation>GigaChat</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Account</source>
        <translation>Учётная запись</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Создано</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Ошибка</translation>
    </message>
    <message>
        <source>Reason for the end</source>
        <translation>Причина завершения</translation>
    </message>
    <message>
        <source>Note of the tools</source>
        <translation>Отметка инструментов</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Сеанс</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Номер</translation>
    </message>
    <message>
        <source>Tokens of the question</source>
        <translation>Токенов в запросе</translation>
    </message>
    <message>
        <source>Of these from the cache</source>
        <translation>Из них взято из кэша</translation>
    </message>
    <message>
        <source>Tokens of the answer</source>
        <translation>Токенов в ответе</translation>
    </message>
    <message>
        <source>Tokens together</source>
        <translation>Токенов всего</translation>
    </message>
    <message>
        <source>Thought for</source>
        <translation>Размышление</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Заняло</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Скорость</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>Символов</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Файлы</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Источники</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>ожидает</translation>
    </message>
    <message>
        <source>being written</source>
        <translation>пишется</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>завершено</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>остановлено</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>ошибка</translation>
    </message>
</context>
<context>
    <name>DiagnosisDialog</name>
    <message>
        <source>Diagnosis</source>
        <translation>Диагностика</translation>
    </message>
    <message>
        <source>Diagnosis of “{name}”</source>
        <translation>Диагностика «{name}»</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Проверить снова</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Остановить</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Copy the result; it holds no key and no password</source>
        <translation>Скопировать результат; в нём нет ни ключа, ни пароля</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>GigaDesk goes the way to GigaChat step by step. It costs no tokens.</source>
        <translation>GigaDesk шаг за шагом проверяет путь к GigaChat. Токены на это не тратятся.</translation>
    </message>
    <message>
        <source>The search was stopped.</source>
        <translation>Проверка остановлена.</translation>
    </message>
    <message>
        <source>Something is wrong: see the lines in red.</source>
        <translation>Есть неполадка: смотрите строки, отмеченные красным.</translation>
    </message>
    <message>
        <source>It works, but something deserves attention.</source>
        <translation>Всё работает, но кое-что стоит поправить.</translation>
    </message>
    <message>
        <source>Everything is all right.</source>
        <translation>Всё в порядке.</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop the text into the message</source>
        <translation>Отпустите, чтобы вставить текст в сообщение</translation>
    </message>
    <message>
        <source>Drop to attach</source>
        <translation>Отпустите, чтобы прикрепить</translation>
    </message>
    <message>
        <source>Pictures up to {picture}, recordings up to {sound}, documents and texts up to {text}</source>
        <translation>Картинки до {picture}, аудио до {sound}, документы и тексты до {text}</translation>
    </message>
</context>
<context>
    <name>EditBanner</name>
    <message>
        <source>Editing your message</source>
        <translation>Вы изменяете своё сообщение</translation>
    </message>
    <message>
        <source>Cancel editing</source>
        <translation>Отменить изменение</translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Web page (HTML)</source>
        <translation>Веб-страница (HTML)</translation>
    </message>
    <message>
        <source>GigaDesk archive</source>
        <translation>Архив GigaDesk</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Text that every editor opens.</source>
        <translation>Текст, который откроет любой редактор.</translation>
    </message>
    <message>
        <source>One page for any browser, with pictures, formulas and colours. It loads nothing.</source>
        <translation>Одна страница для любого браузера: с картинками, формулами и подсветкой кода. Ничего не загружает из сети.</translation>
    </message>
    <message>
        <source>Everything: all branches, files, folders, drafts. Can be imported again. No keys and passwords.</source>
        <translation>Всё целиком: ветви, файлы, папки, черновики. Можно импортировать обратно. Ключей и паролей в нём нет.</translation>
    </message>
    <message>
        <source>The same as the archive without the contents of files. Can be imported again.</source>
        <translation>То же, что архив, но без содержимого файлов. Можно импортировать обратно.</translation>
    </message>
    <message>
        <source>MMMM d, yyyy</source>
        <translation>d MMMM yyyy &apos;г.&apos;</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Файлы</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Системный промпт</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>Размышления</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Источники</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>Untitled chat</source>
        <translation>Чат без названия</translation>
    </message>
    <message>
        <source>The answer was stopped here.</source>
        <translation>Ответ здесь остановлен.</translation>
    </message>
    <message>
        <source>The answer failed.</source>
        <translation>Ответ не получен.</translation>
    </message>
    <message>
        <source>Message {number}, another answer to message {parent}</source>
        <translation>Сообщение {number}, ещё один вариант после сообщения {parent}</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>Начат</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>Export of GigaDesk</source>
        <translation>Экспорт GigaDesk</translation>
    </message>
    <message>
        <source>Export of ChatGPT</source>
        <translation>Экспорт ChatGPT</translation>
    </message>
    <message>
        <source>Export of Open WebUI</source>
        <translation>Экспорт Open WebUI</translation>
    </message>
    <message>
        <source>Unknown kind of file</source>
        <translation>Неизвестный вид файла</translation>
    </message>
    <message>
        <source>untitled</source>
        <translation>без названия</translation>
    </message>
    <message>
        <source>Chat {number}, “{title}”</source>
        <translation>Чат {number}, «{title}»</translation>
    </message>
    <message>
        <source>{where}, at {place}</source>
        <translation>{where}, место {place}</translation>
    </message>
    <message>
        <source>The file cannot be read. {detail}</source>
        <translation>Файл не читается. {detail}</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>Файл пуст.</translation>
    </message>
    <message>
        <source>This is no export that GigaDesk knows. It reads its own, those of ChatGPT and those of Open WebUI.</source>
        <translation>GigaDesk не знает такого формата. Он читает собственный экспорт, а также экспорт ChatGPT и Open WebUI.</translation>
    </message>
    <message>
        <source>A later version of GigaDesk wrote this file. Update GigaDesk to read it.</source>
        <translation>Файл записан более новой версией GigaDesk. Чтобы прочитать его, обновите GigaDesk.</translation>
    </message>
    <message>
        <source>One chat has more than 200 MB, or all have more than 8 GB. It is not read on.</source>
        <translation>В одном чате больше 200 МБ или во всех вместе больше 8 ГБ. Дальше файл не читается.</translation>
    </message>
    <message>
        <source>Line {place}: the file is damaged from here on. What stands before is whole.</source>
        <translation>Строка {place}: отсюда файл повреждён. Всё, что выше, цело.</translation>
    </message>
    <message>
        <source>Line {place}: the file ends in the middle. What stands before is whole.</source>
        <translation>Строка {place}: файл обрывается. Всё, что выше, цело.</translation>
    </message>
    <message>
        <source>Line {place}: more levels inside each other than any chat has. It is not read on.</source>
        <translation>Строка {place}: столько вложенных уровней не бывает ни в одном чате. Дальше файл не читается.</translation>
    </message>
    <message>
        <source>More values than fit into memory. The file is not read on.</source>
        <translation>Данных больше, чем помещается в память. Дальше файл не читается.</translation>
    </message>
    <message>
        <source>Too many chats. The file is not read on.</source>
        <translation>Слишком много чатов. Дальше файл не читается.</translation>
    </message>
    <message>
        <source>The archive is damaged: {where}</source>
        <translation>Архив повреждён: {where}</translation>
    </message>
    <message>
        <source>The archive is packed so that it would fill the memory or the disk: {where}. It is not opened.</source>
        <translation>Архив упакован так, что займёт всю память или весь диск: {where}. Он не открывается.</translation>
    </message>
    <message>
        <source>The archive has a password. Unpack it, and choose the file with the chats: {where}</source>
        <translation>Архив защищён паролем. Распакуйте его и выберите файл с чатами: {where}</translation>
    </message>
    <message>
        <source>The file could not be read to its end: the process that reads it has stopped.</source>
        <translation>Файл не удалось прочитать до конца: читавший его процесс остановился.</translation>
    </message>
    <message>
        <source>Line {place}: this is no chat. It is left out.</source>
        <translation>Строка {place}: это не чат. Пропущено.</translation>
    </message>
    <message>
        <source>Line {place}: the file is not UTF-8. Letters that cannot be read are replaced by �, here and further on.</source>
        <translation>Строка {place}: файл не в кодировке UTF-8. Буквы, которые не удалось прочитать, здесь и дальше заменены знаком �.</translation>
    </message>
    <message>
        <source>There are no chats in this file.</source>
        <translation>В этом файле нет чатов.</translation>
    </message>
    <message>
        <source>There are no messages in it.</source>
        <translation>В нём нет сообщений.</translation>
    </message>
    <message>
        <source>This chat is in the file twice. The second one is left out.</source>
        <translation>Этот чат есть в файле дважды. Второй пропущен.</translation>
    </message>
    <message>
        <source>This is no message. It is left out.</source>
        <translation>Это не сообщение. Пропущено.</translation>
    </message>
    <message>
        <source>This message says something in a way that GigaDesk does not know. It is left out.</source>
        <translation>Вид содержимого этого сообщения неизвестен GigaDesk. Сообщение пропущено.</translation>
    </message>
    <message>
        <source>Two messages have the same id. The second is left out.</source>
        <translation>У двух сообщений один и тот же номер. Второе пропущено.</translation>
    </message>
    <message>
        <source>Messages answer each other in a circle. The circle was opened here.</source>
        <translation>Сообщения отвечают друг другу по кругу. Круг разомкнут здесь.</translation>
    </message>
    <message>
        <source>The message before this one is missing. It begins a branch of its own.</source>
        <translation>Предыдущего сообщения нет. Это сообщение начинает отдельную ветвь.</translation>
    </message>
    <message>
        <source>The time is missing or cannot be. That of the message before was taken.</source>
        <translation>Время не указано или невозможно. Взято время предыдущего сообщения.</translation>
    </message>
    <message>
        <source>The text is too long. Its end is left out.</source>
        <translation>Текст слишком длинный. Конец пропущен.</translation>
    </message>
    <message>
        <source>Too many messages. Those from here on are left out.</source>
        <translation>Слишком много сообщений. Остальные пропущены.</translation>
    </message>
    <message>
        <source>A file is not in the export. Only its name is taken over.</source>
        <translation>Файла в экспорте нет. Останется только его имя.</translation>
    </message>
    <message>
        <source>A file is damaged. Only its name is taken over.</source>
        <translation>Файл повреждён. Останется только его имя.</translation>
    </message>
    <message>
        <source>Folder {place} is damaged. It was put right or left out.</source>
        <translation>Папка {place} описана с ошибкой. Она исправлена или пропущена.</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Pages for reading and printing, a file for each chat.</source>
        <translation>Страницы для чтения и печати, отдельный файл на каждый чат.</translation>
    </message>
</context>
<context>
    <name>ExchangeDesk</name>
    <message>
        <source>Import chats</source>
        <translation>Импорт чатов</translation>
    </message>
    <message>
        <source>Exports of chats (*.json *.zip)</source>
        <translation>Экспортированные чаты (*.json *.zip)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Все файлы (*)</translation>
    </message>
    <message>
        <source>Export the chat, or all chats</source>
        <translation>Экспортировать чат или все чаты</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export chats</source>
        <translation>Экспорт чатов</translation>
    </message>
    <message>
        <source>All chats: {count}</source>
        <translation>Все чаты: {count}</translation>
    </message>
    <message>
        <source>All branches, not only the shown ones</source>
        <translation>Все ветви, а не только показанные</translation>
    </message>
    <message>
        <source>With the files, in a folder beside</source>
        <translation>Вместе с файлами, в папке рядом</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Ход работы</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Writing {name}</source>
        <translation>Записывается {name}</translation>
    </message>
    <message>
        <source>Done. Chats exported: {count}.</source>
        <translation>Готово. Экспортировано чатов: {count}.</translation>
    </message>
    <message>
        <source>Nothing was written, and nothing was changed.</source>
        <translation>Ничего не записано и не изменено.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Export all chats: {count}</source>
        <translation>Экспорт всех чатов: {count}</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Без названия</translation>
    </message>
    <message>
        <source>Export “{title}”</source>
        <translation>Экспорт чата «{title}»</translation>
    </message>
    <message>
        <source>Export chats: {count}</source>
        <translation>Экспорт чатов: {count}</translation>
    </message>
    <message>
        <source>All branches are written: every version of each question and answer.</source>
        <translation>Сохраняются все ветви: каждая версия вопросов и ответов.</translation>
    </message>
    <message>
        <source>Only the shown branch is written. All branches are in a web page, Markdown or an archive.</source>
        <translation>Сохраняется только показанная ветвь. Все ветви сохраняют веб-страница, Markdown и архив.</translation>
    </message>
    <message>
        <source>Only the shown branch is written.</source>
        <translation>Сохраняется только показанная ветвь.</translation>
    </message>
</context>
<context>
    <name>ExpressionFault</name>
    <message>
        <source>A bracket ( is not closed</source>
        <translation>Скобка ( не закрыта</translation>
    </message>
    <message>
        <source>A bracket ) was not opened</source>
        <translation>Лишняя скобка )</translation>
    </message>
    <message>
        <source>A bracket [ is not closed</source>
        <translation>Скобка [ не закрыта</translation>
    </message>
    <message>
        <source>There is nothing to repeat</source>
        <translation>Повторять нечего</translation>
    </message>
    <message>
        <source>Two signs of repetition in a row</source>
        <translation>Два знака повтора подряд</translation>
    </message>
    <message>
        <source>There is nothing behind the last \</source>
        <translation>После последней \ ничего нет</translation>
    </message>
    <message>
        <source>What is looked back at must have one length</source>
        <translation>Длина просмотра назад должна быть постоянной</translation>
    </message>
    <message>
        <source>{escape} means nothing</source>
        <translation>{escape} ничего не значит</translation>
    </message>
    <message>
        <source>The range {range} runs backwards</source>
        <translation>Границы {range} надо поменять местами</translation>
    </message>
    <message>
        <source>Not a valid expression</source>
        <translation>Выражение с ошибкой</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>Reset</source>
        <translation>Сбросить</translation>
    </message>
    <message>
        <source>Reset to the default</source>
        <translation>Вернуть значение по умолчанию</translation>
    </message>
    <message>
        <source>Reset “{name}” to the default</source>
        <translation>Вернуть «{name}» к значению по умолчанию</translation>
    </message>
</context>
<context>
    <name>FileChooser</name>
    <message>
        <source>Attach files</source>
        <translation>Прикрепить файлы</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Все файлы</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Документы</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Картинки</translation>
    </message>
    <message>
        <source>Recordings</source>
        <translation>Аудио</translation>
    </message>
</context>
<context>
    <name>FileSaver</name>
    <message>
        <source>Save file</source>
        <translation>Сохранить файл</translation>
    </message>
    <message>
        <source>Folder:</source>
        <translation>Папка:</translation>
    </message>
    <message>
        <source>Kind of files:</source>
        <translation>Тип файлов:</translation>
    </message>
    <message>
        <source>Replace the file?</source>
        <translation>Заменить файл?</translation>
    </message>
    <message>
        <source>“{name}” is already in this folder.</source>
        <translation>«{name}» уже есть в этой папке.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Заменить</translation>
    </message>
    <message>
        <source>The file was not saved</source>
        <translation>Файл не сохранён</translation>
    </message>
    <message>
        <source>There is not enough space on the disk. Make room, or choose another disk.</source>
        <translation>На диске не хватает места. Освободите место или выберите другой диск.</translation>
    </message>
    <message>
        <source>This folder cannot be written to. Choose another one.</source>
        <translation>В эту папку нельзя записывать. Выберите другую.</translation>
    </message>
    <message>
        <source>The file, or the folder it was to go to, is gone.</source>
        <translation>Файла или выбранной папки больше нет.</translation>
    </message>
</context>
<context>
    <name>Files</name>
    <message>
        <source>{size} B</source>
        <translation>{size} Б</translation>
    </message>
    <message>
        <source>{size} KB</source>
        <translation>{size} КБ</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} МБ</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Картинка</translation>
    </message>
    <message>
        <source>Document</source>
        <translation>Документ</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>Аудио</translation>
    </message>
    <message>
        <source>3D model</source>
        <translation>3D-модель</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>from the start</source>
        <translation>с начала</translation>
    </message>
    <message>
        <source>from the end</source>
        <translation>с конца</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Поиск…</translation>
    </message>
    <message>
        <source>Found: {count}</source>
        <translation>Найдено: {count}</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} из {count}</translation>
    </message>
    <message>
        <source>The expression takes too long</source>
        <translation>Выражение ищется слишком долго</translation>
    </message>
    <message>
        <source>Expressions cannot be run here</source>
        <translation>Выражения здесь не работают</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>Найти в этом чате</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>Учитывать регистр</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>Слово целиком</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>Регулярное выражение</translation>
    </message>
    <message>
        <source>Previous place</source>
        <translation>Предыдущее место</translation>
    </message>
    <message>
        <source>Next place</source>
        <translation>Следующее место</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Закрыть поиск</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>Clock of this computer</source>
        <translation>Часы компьютера</translation>
    </message>
    <message>
        <source>Names of the servers</source>
        <translation>Имена серверов</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Прокси</translation>
    </message>
    <message>
        <source>Protected connection</source>
        <translation>Защищённое соединение</translation>
    </message>
    <message>
        <source>Sign-in</source>
        <translation>Вход</translation>
    </message>
    <message>
        <source>Kind of account</source>
        <translation>Тип доступа</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Модели</translation>
    </message>
    <message>
        <source>Balance</source>
        <translation>Остаток</translation>
    </message>
    <message>
        <source>All right</source>
        <translation>В порядке</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Внимание</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Неполадка</translation>
    </message>
    <message>
        <source>Not tried</source>
        <translation>Не проверялось</translation>
    </message>
    <message>
        <source>Set the date and the time of this computer.</source>
        <translation>Установите на компьютере верные дату и время.</translation>
    </message>
    <message>
        <source>Choose it in the settings of the account.</source>
        <translation>Выберите его в настройках учётной записи.</translation>
    </message>
    <message>
        <source>No server told its time.</source>
        <translation>Ни один сервер не сообщил время.</translation>
    </message>
    <message>
        <source>The clock agrees with the server’s.</source>
        <translation>Часы совпадают с серверными.</translation>
    </message>
    <message>
        <source>The clock is ahead of the server’s by {time}.</source>
        <translation>Часы спешат относительно серверных на {time}.</translation>
    </message>
    <message>
        <source>The clock is behind the server’s by {time}.</source>
        <translation>Часы отстают от серверных на {time}.</translation>
    </message>
    <message>
        <source>{number} min</source>
        <translation>{number} мин</translation>
    </message>
    <message>
        <source>{number} h</source>
        <translation>{number} ч</translation>
    </message>
    <message>
        <source>{number} days</source>
        <translation>{number} дн.</translation>
    </message>
    <message>
        <source>The proxy looks the names up.</source>
        <translation>Имена узнаёт прокси.</translation>
    </message>
    <message>
        <source>Certificate from “{issuer}”, valid until {day}.</source>
        <translation>Сертификат выдан «{issuer}», действует до {day}.</translation>
    </message>
    <message>
        <source>None is used.</source>
        <translation>Не используется.</translation>
    </message>
    <message>
        <source>{proxy}, from the settings.</source>
        <translation>{proxy}, из настроек.</translation>
    </message>
    <message>
        <source>{proxy}, from the system.</source>
        <translation>{proxy}, из системы.</translation>
    </message>
    <message>
        <source>GigaChat accepts the key.</source>
        <translation>GigaChat принимает ключ.</translation>
    </message>
    <message>
        <source>GigaChat accepts the access token.</source>
        <translation>GigaChat принимает токен доступа.</translation>
    </message>
    <message>
        <source>GigaChat accepts user name and password.</source>
        <translation>GigaChat принимает имя пользователя и пароль.</translation>
    </message>
    <message>
        <source>GigaChat accepts the certificate.</source>
        <translation>GigaChat принимает сертификат.</translation>
    </message>
    <message>
        <source>The key belongs to another one: “{kind}”.</source>
        <translation>Ключ относится к другому типу: «{kind}».</translation>
    </message>
    <message>
        <source>There are {count}: {models}</source>
        <translation>Доступно {count}: {models}</translation>
    </message>
    <message>
        <source>This account pays as it goes: there are no packages to use up.</source>
        <translation>Эта запись оплачивается по факту: пакетов, которые могли бы закончиться, у неё нет.</translation>
    </message>
</context>
<context>
    <name>FirstPage</name>
    <message>
        <source>Welcome to GigaDesk</source>
        <translation>Добро пожаловать в GigaDesk</translation>
    </message>
    <message>
        <source>A chat window for GigaChat. Your chats are kept on this computer.</source>
        <translation>Чаты с GigaChat в отдельной программе. Они хранятся на этом компьютере.</translation>
    </message>
    <message>
        <source>Authorization key</source>
        <translation>Ключ авторизации</translation>
    </message>
    <message>
        <source>It goes into the keyring of your system and nowhere else.</source>
        <translation>Он хранится только в системном хранилище паролей.</translation>
    </message>
    <message>
        <source>Whose key is it?</source>
        <translation>Чей это ключ?</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Get a key at {address}</source>
        <translation>Получить ключ: {address}</translation>
    </message>
    <message>
        <source>Sign in another way…</source>
        <translation>Войти другим способом…</translation>
    </message>
    <message>
        <source>Proxy, certificate, other addresses…</source>
        <translation>Прокси, сертификат, другие адреса…</translation>
    </message>
    <message>
        <source>Try the demo without a key</source>
        <translation>Попробовать демо без ключа</translation>
    </message>
    <message>
        <source>No account and no network: the answers come from GigaDesk itself.</source>
        <translation>Без регистрации и без сети: отвечает сам GigaDesk.</translation>
    </message>
    <message>
        <source>Checking the key…</source>
        <translation>Проверяем ключ…</translation>
    </message>
    <message>
        <source>Check and start</source>
        <translation>Проверить и начать</translation>
    </message>
</context>
<context>
    <name>FolderColors</name>
    <message>
        <source>No color</source>
        <translation>Без цвета</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Красный</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Оранжевый</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Жёлтый</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Зелёный</translation>
    </message>
    <message>
        <source>Teal</source>
        <translation>Бирюзовый</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Синий</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Фиолетовый</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Розовый</translation>
    </message>
</context>
<context>
    <name>FollowLink</name>
    <message>
        <source>Open this link?</source>
        <translation>Открыть эту ссылку?</translation>
    </message>
    <message>
        <source>GigaDesk opens addresses of the web only. This one can be copied.</source>
        <translation>GigaDesk открывает только адреса интернета. Этот можно скопировать.</translation>
    </message>
    <message>
        <source>This link is not opened</source>
        <translation>Эта ссылка не открывается</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Копировать адрес</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>The words of the link name another site.</source>
        <translation>В тексте ссылки назван другой сайт.</translation>
    </message>
    <message>
        <source>The address held a user name, which may imitate another site. It is left out.</source>
        <translation>В адресе было имя пользователя: так иногда выдают один сайт за другой. Оно убрано.</translation>
    </message>
    <message>
        <source>The name of the site has letters that may look like others.</source>
        <translation>В названии сайта есть буквы, похожие на другие.</translation>
    </message>
    <message>
        <source>The site has a number instead of a name.</source>
        <translation>У сайта вместо имени числовой адрес.</translation>
    </message>
    <message>
        <source>The address leads to this computer or the local network.</source>
        <translation>Адрес ведёт на этот компьютер или в локальную сеть.</translation>
    </message>
    <message>
        <source>The address uses an unusual port.</source>
        <translation>В адресе необычный порт.</translation>
    </message>
    <message>
        <source>The address may download a program.</source>
        <translation>По этому адресу может скачаться программа.</translation>
    </message>
    <message>
        <source>The connection is not encrypted.</source>
        <translation>Соединение не зашифровано.</translation>
    </message>
    <message>
        <source>The words of the link have hidden characters in them.</source>
        <translation>В тексте ссылки есть невидимые символы.</translation>
    </message>
</context>
<context>
    <name>GenerationPage</name>
    <message>
        <source>Model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>For new chats. Each chat can have its own.</source>
        <translation>Для новых чатов. У каждого чата может быть своя.</translation>
    </message>
    <message>
        <source>The first one that GigaChat offers</source>
        <translation>Первая из списка GigaChat</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Системный промпт</translation>
    </message>
    <message>
        <source>Sent before every chat: who the model is and how it answers.</source>
        <translation>Отправляется в начале каждого чата: кто такая модель и как ей отвечать.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Нет</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Температура</translation>
    </message>
    <message>
        <source>Higher is bolder, lower is more exact.</source>
        <translation>Выше — смелее, ниже — точнее.</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>From how much of the likely words the next one is drawn, from 0 to 1.</source>
        <translation>Из какой доли вероятных слов выбирается следующее: от 0 до 1.</translation>
    </message>
    <message>
        <source>Longest answer, in tokens</source>
        <translation>Предел длины ответа, в токенах</translation>
    </message>
    <message>
        <source>A token is 3 to 4 letters. The answer is cut there.</source>
        <translation>Токен — это 3–4 буквы. На этом месте ответ обрывается.</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>Штраф за повторы</translation>
    </message>
    <message>
        <source>1 changes nothing, more avoids repeating words.</source>
        <translation>1 ничего не меняет, больше — меньше повторов.</translation>
    </message>
    <message>
        <source>The model’s choice</source>
        <translation>На выбор модели</translation>
    </message>
    <message>
        <source>Update interval, in seconds</source>
        <translation>Интервал обновления, в секундах</translation>
    </message>
    <message>
        <source>The least time between two pieces of an answer. More is calmer.</source>
        <translation>Наименьшее время между двумя частями ответа. Больше — спокойнее.</translation>
    </message>
    <message>
        <source>As fast as it comes</source>
        <translation>Без задержки</translation>
    </message>
</context>
<context>
    <name>Greeting</name>
    <message>
        <source>What shall we begin with?</source>
        <translation>С чего начнём?</translation>
    </message>
    <message>
        <source>Explain something simply</source>
        <translation>Объяснить просто</translation>
    </message>
    <message>
        <source>Explain in simple words: </source>
        <translation>Объясни простыми словами: </translation>
    </message>
    <message>
        <source>Write a letter</source>
        <translation>Написать письмо</translation>
    </message>
    <message>
        <source>Write a polite letter about: </source>
        <translation>Напиши вежливое письмо о том, что </translation>
    </message>
    <message>
        <source>Help with code</source>
        <translation>Помочь с кодом</translation>
    </message>
    <message>
        <source>Write a Python function that </source>
        <translation>Напиши функцию на Python, которая </translation>
    </message>
    <message>
        <source>Suggest ideas</source>
        <translation>Предложить идеи</translation>
    </message>
    <message>
        <source>Suggest ten ideas for </source>
        <translation>Предложи десять идей для </translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <source>Finds words in all their forms, in every message, title and file name. The newest come first.</source>
        <translation>Находит слова во всех формах — в любом сообщении, названии чата и имени файла. Сначала новые.</translation>
    </message>
    <message>
        <source>exact words</source>
        <translation>точные слова</translation>
    </message>
    <message>
        <source>These words, next to each other</source>
        <translation>Именно эти слова подряд</translation>
    </message>
    <message>
        <source>contract -draft</source>
        <translation>договор -черновик</translation>
    </message>
    <message>
        <source>One word, but not the other</source>
        <translation>Одно слово, но без другого</translation>
    </message>
    <message>
        <source>Only what I wrote; or only what the assistant wrote</source>
        <translation>Только то, что писал я, или только ответы: от:ассистента</translation>
    </message>
    <message>
        <source>A time: a date, a month, a year, yesterday</source>
        <translation>Время: дата, месяц, год, вчера</translation>
    </message>
    <message>
        <source>With code, a table, a link or a file</source>
        <translation>С кодом, таблицей, ссылкой или файлом</translation>
    </message>
    <message>
        <source>In a folder, in the archive or in the trash</source>
        <translation>В папке, в архиве или в корзине</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import chats</source>
        <translation>Импорт чатов</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Чтение файла</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Ход работы</translation>
    </message>
    <message>
        <source>Open the first chat</source>
        <translation>Открыть первый чат</translation>
    </message>
    <message>
        <source>Undo the import</source>
        <translation>Отменить импорт</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Импортировать</translation>
    </message>
    <message>
        <source>System prompts in the file</source>
        <translation>Системные промпты в файле</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Импорт</translation>
    </message>
    <message>
        <source>You can go on working. Nothing is seen before all of it is here.</source>
        <translation>Можно продолжать работу. Чаты появятся, когда импорт закончится целиком.</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>Импорт завершён</translation>
    </message>
    <message>
        <source>Chats imported: {count}.</source>
        <translation>Импортировано чатов: {count}.</translation>
    </message>
    <message>
        <source>Files that the export does not hold, of which only the names are there: {count}.</source>
        <translation>Файлов, которых в экспорте нет и от которых остались только имена: {count}.</translation>
    </message>
    <message>
        <source>There is no room on the disk. Make some, and import the file once more.</source>
        <translation>На диске нет места. Освободите место и импортируйте файл ещё раз.</translation>
    </message>
    <message>
        <source>The file, or the folder for what is read of it, could not be used.</source>
        <translation>Не удалось использовать файл или папку для прочитанного.</translation>
    </message>
    <message>
        <source>Nothing was imported</source>
        <translation>Ничего не импортировано</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>Импорт отменён</translation>
    </message>
    <message>
        <source>The imported chats are in the trash.</source>
        <translation>Импортированные чаты лежат в корзине.</translation>
    </message>
</context>
<context>
    <name>ImportDrop</name>
    <message>
        <source>Drop to import chats</source>
        <translation>Отпустите, чтобы импортировать чаты</translation>
    </message>
    <message>
        <source>An export of GigaDesk, ChatGPT or Open WebUI</source>
        <translation>Файл экспорта GigaDesk, ChatGPT или Open WebUI</translation>
    </message>
</context>
<context>
    <name>KeepingSection</name>
    <message>
        <source>Keep what is in the trash</source>
        <translation>Хранить удалённое в корзине</translation>
    </message>
    <message>
        <source>What is older is deleted for ever, at the start of the program and while it runs.</source>
        <translation>Что пролежало дольше, удаляется навсегда: при запуске программы и пока она открыта.</translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n день</numerusform>
            <numerusform>%n дня</numerusform>
            <numerusform>%n дней</numerusform>
        </translation>
    </message>
    <message>
        <source>For ever</source>
        <translation>Без срока</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Authorization key</source>
        <translation>Ключ авторизации</translation>
    </message>
    <message>
        <source>Paste the key</source>
        <translation>Вставьте ключ</translation>
    </message>
    <message>
        <source>Hide the key</source>
        <translation>Скрыть ключ</translation>
    </message>
    <message>
        <source>Show the key</source>
        <translation>Показать ключ</translation>
    </message>
    <message>
        <source>This looks like an authorization key.</source>
        <translation>Похоже на ключ авторизации.</translation>
    </message>
    <message>
        <source>This looks like an authorization key. The prefix “Basic” was removed.</source>
        <translation>Похоже на ключ авторизации. Приставка «Basic» убрана.</translation>
    </message>
    <message>
        <source>This looks like an authorization key. Extra spaces or quotes were removed.</source>
        <translation>Похоже на ключ авторизации. Лишние пробелы или кавычки убраны.</translation>
    </message>
    <message>
        <source>This is a Client ID with its Client Secret; GigaDesk made the authorization key of them.</source>
        <translation>Это Client ID и Client Secret: GigaDesk составил из них ключ авторизации.</translation>
    </message>
    <message>
        <source>This looks like an authorization key. What did not belong to it was removed.</source>
        <translation>Похоже на ключ авторизации. Всё лишнее убрано.</translation>
    </message>
</context>
<context>
    <name>KeySection</name>
    <message>
        <source>Checking…</source>
        <translation>Проверяем…</translation>
    </message>
    <message>
        <source>Nothing has been typed yet.</source>
        <translation>Пока ничего не введено.</translation>
    </message>
    <message>
        <source>Check the key</source>
        <translation>Проверить ключ</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Удалить</translation>
    </message>
    <message>
        <source>Remove the key</source>
        <translation>Удалить ключ</translation>
    </message>
    <message>
        <source>It goes into the keyring of your system and nowhere else.</source>
        <translation>Он хранится только в системном хранилище паролей.</translation>
    </message>
    <message>
        <source>Save the key</source>
        <translation>Сохранить ключ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Remove the key? You can get it again from your account only.</source>
        <translation>Удалить ключ? Снова взять его можно будет только в личном кабинете.</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Оставить</translation>
    </message>
    <message>
        <source>Authorization key</source>
        <translation>Ключ авторизации</translation>
    </message>
    <message>
        <source>There is no key yet.</source>
        <translation>Ключа пока нет.</translation>
    </message>
    <message>
        <source>The key is in the keyring of your system.</source>
        <translation>Ключ лежит в системном хранилище паролей.</translation>
    </message>
    <message>
        <source>The key is kept until you quit GigaDesk, because the keyring could not take it.</source>
        <translation>Ключ действует до выхода из GigaDesk: хранилище паролей не смогло его принять.</translation>
    </message>
    <message>
        <source>The sign-in comes from the environment, such as GIGACHAT_CREDENTIALS.</source>
        <translation>Вход взят из переменных окружения, таких как GIGACHAT_CREDENTIALS.</translation>
    </message>
    <message>
        <source>GigaChat accepts the key.</source>
        <translation>GigaChat принимает ключ.</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Токен доступа</translation>
    </message>
    <message>
        <source>There is no access token.</source>
        <translation>Токена доступа пока нет.</translation>
    </message>
    <message>
        <source>The access token is kept until you quit GigaDesk. It is never saved.</source>
        <translation>Токен доступа действует до выхода из GigaDesk и нигде не сохраняется.</translation>
    </message>
    <message>
        <source>Enter a token</source>
        <translation>Ввести токен</translation>
    </message>
    <message>
        <source>Replace the token</source>
        <translation>Заменить токен</translation>
    </message>
    <message>
        <source>Check the token</source>
        <translation>Проверить токен</translation>
    </message>
    <message>
        <source>Use the token</source>
        <translation>Использовать токен</translation>
    </message>
    <message>
        <source>Remove the token</source>
        <translation>Удалить токен</translation>
    </message>
    <message>
        <source>Remove the token?</source>
        <translation>Удалить токен?</translation>
    </message>
    <message>
        <source>It is good for half an hour, kept until you quit GigaDesk and never saved.</source>
        <translation>Он годен полчаса, хранится до выхода из GigaDesk и нигде не сохраняется.</translation>
    </message>
    <message>
        <source>GigaChat accepts the token.</source>
        <translation>GigaChat принимает токен.</translation>
    </message>
    <message>
        <source>There is no password yet.</source>
        <translation>Пароля пока нет.</translation>
    </message>
    <message>
        <source>The password is in the keyring of your system.</source>
        <translation>Пароль лежит в системном хранилище паролей.</translation>
    </message>
    <message>
        <source>The password is kept until you quit GigaDesk: the keyring could not take it.</source>
        <translation>Пароль действует до выхода из GigaDesk: хранилище паролей не смогло его принять.</translation>
    </message>
    <message>
        <source>Enter the password</source>
        <translation>Ввести пароль</translation>
    </message>
    <message>
        <source>Change the password</source>
        <translation>Сменить пароль</translation>
    </message>
    <message>
        <source>Check the sign-in</source>
        <translation>Проверить вход</translation>
    </message>
    <message>
        <source>Save the password</source>
        <translation>Сохранить пароль</translation>
    </message>
    <message>
        <source>Remove the password</source>
        <translation>Удалить пароль</translation>
    </message>
    <message>
        <source>Remove the password?</source>
        <translation>Удалить пароль?</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Пароль</translation>
    </message>
    <message>
        <source>GigaChat accepts user name and password.</source>
        <translation>GigaChat принимает имя пользователя и пароль.</translation>
    </message>
    <message>
        <source>No password is used for the key of the certificate.</source>
        <translation>Пароль для ключа сертификата не задан.</translation>
    </message>
    <message>
        <source>The password of the certificate’s key is in the keyring of your system.</source>
        <translation>Пароль ключа сертификата лежит в системном хранилище паролей.</translation>
    </message>
    <message>
        <source>The password of the certificate’s key is kept until you quit GigaDesk: the keyring could not take it.</source>
        <translation>Пароль ключа сертификата действует до выхода из GigaDesk: хранилище паролей не смогло его принять.</translation>
    </message>
    <message>
        <source>Check the certificate</source>
        <translation>Проверить сертификат</translation>
    </message>
    <message>
        <source>Password of the certificate’s key</source>
        <translation>Пароль ключа сертификата</translation>
    </message>
    <message>
        <source>GigaChat accepts the certificate.</source>
        <translation>GigaChat принимает сертификат.</translation>
    </message>
    <message>
        <source>Add a key</source>
        <translation>Добавить ключ</translation>
    </message>
    <message>
        <source>Replace the key</source>
        <translation>Заменить ключ</translation>
    </message>
</context>
<context>
    <name>ListCommands</name>
    <message>
        <source>%1 (copy)</source>
        <translation>%1 (копия)</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Новая папка</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Закрепить</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>Открепить</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>В архив</translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation>Вернуть из архива</translation>
    </message>
    <message>
        <source>Mark as read</source>
        <translation>Пометить прочитанным</translation>
    </message>
    <message>
        <source>Mark as unread</source>
        <translation>Пометить непрочитанным</translation>
    </message>
    <message>
        <source>Move to folder…</source>
        <translation>Переместить в папку…</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Создать копию</translation>
    </message>
    <message>
        <source>Open in a new window</source>
        <translation>Открыть в новом окне</translation>
    </message>
    <message>
        <source>Color</source>
        <translation>Цвет</translation>
    </message>
    <message>
        <source>Move folder…</source>
        <translation>Переместить папку…</translation>
    </message>
    <message>
        <source>Delete folder</source>
        <translation>Удалить папку</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <source>Import chats…</source>
        <translation>Импорт чатов…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Удалить</translation>
    </message>
</context>
<context>
    <name>ListMenu</name>
    <message>
        <source>Open</source>
        <translation>Открыть</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Переименовать</translation>
    </message>
    <message>
        <source>New folder inside</source>
        <translation>Новая папка внутри</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Выше</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Ниже</translation>
    </message>
</context>
<context>
    <name>ListUndo</name>
    <message numerus="yes">
        <source>%Ln chat(s) archived</source>
        <translation>
            <numerusform>%Ln чат в архиве</numerusform>
            <numerusform>%Ln чата в архиве</numerusform>
            <numerusform>%Ln чатов в архиве</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chat(s) taken out of the archive</source>
        <translation>
            <numerusform>Из архива возвращён %Ln чат</numerusform>
            <numerusform>Из архива возвращено %Ln чата</numerusform>
            <numerusform>Из архива возвращено %Ln чатов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chat(s) moved</source>
        <translation>
            <numerusform>Перемещён %Ln чат</numerusform>
            <numerusform>Перемещено %Ln чата</numerusform>
            <numerusform>Перемещено %Ln чатов</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder moved</source>
        <translation>Папка перемещена</translation>
    </message>
    <message numerus="yes">
        <source>%Ln chat(s) deleted</source>
        <translation>
            <numerusform>Удалён %Ln чат</numerusform>
            <numerusform>Удалено %Ln чата</numerusform>
            <numerusform>Удалено %Ln чатов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln chat(s) duplicated</source>
        <translation>
            <numerusform>Скопирован %Ln чат</numerusform>
            <numerusform>Скопировано %Ln чата</numerusform>
            <numerusform>Скопировано %Ln чатов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln folder(s) deleted</source>
        <translation>
            <numerusform>Удалена %Ln папка</numerusform>
            <numerusform>Удалено %Ln папки</numerusform>
            <numerusform>Удалено %Ln папок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Folder deleted, with %Ln chat(s)</source>
        <translation>
            <numerusform>Папка удалена, с ней %Ln чат</numerusform>
            <numerusform>Папка удалена, с ней %Ln чата</numerusform>
            <numerusform>Папка удалена, с ней %Ln чатов</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder deleted</source>
        <translation>Папка удалена</translation>
    </message>
</context>
<context>
    <name>MadePlace</name>
    <message>
        <source>Where it is</source>
        <translation>Где это</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Показать в папке</translation>
    </message>
    <message>
        <source>The system has no program that shows folders.</source>
        <translation>В системе нет программы, которая показывает папки.</translation>
    </message>
</context>
<context>
    <name>MessageDetails</name>
    <message>
        <source>Details of the message</source>
        <translation>Подробности о сообщении</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Копировать всё</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>As in the settings: {model}</source>
        <translation>Как в настройках: {model}</translation>
    </message>
    <message>
        <source>Default model</source>
        <translation>Модель по умолчанию</translation>
    </message>
    <message>
        <source>Account: {name}</source>
        <translation>Учётная запись: {name}</translation>
    </message>
    <message>
        <source>Model: {model}</source>
        <translation>Модель: {model}</translation>
    </message>
    <message>
        <source>Choose the model of this chat</source>
        <translation>Выбрать модель для этого чата</translation>
    </message>
</context>
<context>
    <name>MovePopup</name>
    <message>
        <source>Find a folder, or name a new one</source>
        <translation>Найти папку или назвать новую</translation>
    </message>
    <message>
        <source>Find a folder</source>
        <translation>Найти папку</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>Папки</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Без папки</translation>
    </message>
    <message>
        <source>New folder “%1”</source>
        <translation>Новая папка «%1»</translation>
    </message>
</context>
<context>
    <name>Moving</name>
    <message>
        <source>An empty folder for the chats</source>
        <translation>Пустая папка для чатов</translation>
    </message>
    <message>
        <source>Move the chats?</source>
        <translation>Переместить чаты?</translation>
    </message>
    <message>
        <source>{size} are copied to {target} and compared. The old folder stays until the chats have been opened in the new one. Running answers end.</source>
        <translation>Данные ({size}) будут скопированы в {target} и сверены. Старая папка останется, пока чаты не откроются в новой. Ответы, которые сейчас пишутся, прервутся.</translation>
    </message>
    <message>
        <source>This folder is on a network drive or is synced ({drive}). The chats can be spoiled there: better choose a folder on a disk of this computer.</source>
        <translation>Эта папка лежит на сетевом диске или синхронизируется ({drive}). Чаты там могут повредиться: лучше выбрать папку на диске этого компьютера.</translation>
    </message>
    <message>
        <source>Move all the same</source>
        <translation>Всё равно переместить</translation>
    </message>
    <message>
        <source>Everything is being copied to {target} and compared.</source>
        <translation>Всё копируется в {target} и сверяется.</translation>
    </message>
    <message>
        <source>Moving the chats</source>
        <translation>Перемещение чатов</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>The chats stay where they are</source>
        <translation>Чаты остались на прежнем месте</translation>
    </message>
    <message>
        <source>The chats have been moved</source>
        <translation>Чаты перемещены</translation>
    </message>
    <message>
        <source>The old copy in {path} is not needed any more.</source>
        <translation>Старая копия в {path} больше не нужна.</translation>
    </message>
    <message>
        <source>Keep the old copy</source>
        <translation>Оставить старую копию</translation>
    </message>
    <message>
        <source>Remove the old copy</source>
        <translation>Удалить старую копию</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Переместить</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Close the notice</source>
        <translation>Закрыть уведомление</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Something went wrong</source>
        <translation>Что-то пошло не так</translation>
    </message>
    <message>
        <source>GigaDesk met a failure that it has no better words for. Try again.</source>
        <translation>Произошёл сбой, и причину GigaDesk определить не смог. Попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>The request to GigaChat failed</source>
        <translation>Запрос к GigaChat не удался</translation>
    </message>
    <message>
        <source>Try again. If it happens again, the details below help the support team.</source>
        <translation>Попробуйте ещё раз. Если повторится, подробности ниже помогут службе поддержки.</translation>
    </message>
    <message>
        <source>GigaChat did not accept the key</source>
        <translation>GigaChat не принял ключ</translation>
    </message>
    <message>
        <source>It may be incomplete, revoked or replaced by a newer one. Paste your current authorization key.</source>
        <translation>Возможно, он неполный, отозван или заменён новым. Вставьте действующий ключ авторизации.</translation>
    </message>
    <message>
        <source>GigaChat did not accept the user name or the password</source>
        <translation>GigaChat не принял имя пользователя или пароль</translation>
    </message>
    <message>
        <source>Enter both again in the settings, and mind the case of the letters.</source>
        <translation>Введите их в настройках ещё раз и проверьте, не включён ли Caps Lock.</translation>
    </message>
    <message>
        <source>The access token is no longer valid</source>
        <translation>Токен доступа больше не действует</translation>
    </message>
    <message>
        <source>Such a token lives for half an hour and is never saved. Paste a fresh one in the settings.</source>
        <translation>Такой токен живёт полчаса и нигде не сохраняется. Вставьте в настройках новый.</translation>
    </message>
    <message>
        <source>The key belongs to another kind of account</source>
        <translation>Ключ относится к другому типу доступа</translation>
    </message>
    <message>
        <source>Choose beside the key whether it belongs to a private person or to a company.</source>
        <translation>Выберите рядом с ключом, кому он принадлежит: частному лицу или компании.</translation>
    </message>
    <message>
        <source>Too many requests at once</source>
        <translation>Слишком много запросов сразу</translation>
    </message>
    <message>
        <source>GigaChat writes one answer at a time for a private account. Wait a moment and try again.</source>
        <translation>Частному лицу GigaChat пишет один ответ за раз. Подождите немного и попробуйте снова.</translation>
    </message>
    <message>
        <source>The tokens for this model are used up</source>
        <translation>Токены для этой модели закончились</translation>
    </message>
    <message>
        <source>Choose another model, or top up your package in your account at developers.sber.ru.</source>
        <translation>Выберите другую модель или пополните пакет в личном кабинете на developers.sber.ru.</translation>
    </message>
    <message>
        <source>Your account has no access to this</source>
        <translation>У вас нет доступа к этой возможности</translation>
    </message>
    <message>
        <source>Choose another model, or see in your GigaChat account what your plan includes.</source>
        <translation>Выберите другую модель или посмотрите в личном кабинете, что входит в ваш тариф.</translation>
    </message>
    <message>
        <source>This model is not available to your key</source>
        <translation>Эта модель недоступна для вашего ключа</translation>
    </message>
    <message>
        <source>Choose another model and send again.</source>
        <translation>Выберите другую модель и отправьте снова.</translation>
    </message>
    <message>
        <source>GigaChat did not accept the request</source>
        <translation>GigaChat не принял запрос</translation>
    </message>
    <message>
        <source>Its reason is below. Usually one of the generation settings has to be changed.</source>
        <translation>Причина указана ниже. Обычно достаточно поправить одну из настроек ответа.</translation>
    </message>
    <message>
        <source>The model has no such tool</source>
        <translation>У модели нет такого инструмента</translation>
    </message>
    <message>
        <source>Switch off the tools below the message, or choose another model. GigaChat’s reason is below.</source>
        <translation>Выключите инструменты под полем сообщения или выберите другую модель. Причина, которую назвал GigaChat, указана ниже.</translation>
    </message>
    <message>
        <source>GigaChat no longer has an attached file</source>
        <translation>GigaChat больше не хранит прикреплённый файл</translation>
    </message>
    <message>
        <source>Try again, and GigaDesk sends it anew; or attach the file to a new message.</source>
        <translation>Повторите запрос, и GigaDesk отправит файл заново, или прикрепите его к новому сообщению.</translation>
    </message>
    <message>
        <source>The chat is too long for this model</source>
        <translation>Чат слишком длинный для этой модели</translation>
    </message>
    <message>
        <source>Begin a new chat, shorten the message, or choose a model that takes more text.</source>
        <translation>Начните новый чат, сократите сообщение или выберите модель, которая принимает больше текста.</translation>
    </message>
    <message>
        <source>GigaChat does not talk about this</source>
        <translation>GigaChat не говорит на эту тему</translation>
    </message>
    <message>
        <source>The service restricts this topic. Put it in other words, best of all in a new chat: what was said here can stop the next message as well.</source>
        <translation>Сервис ограничивает эту тему. Скажите иначе, лучше всего в новом чате: сказанное здесь может помешать и следующему сообщению.</translation>
    </message>
    <message>
        <source>GigaChat is out of order at the moment</source>
        <translation>GigaChat сейчас не работает</translation>
    </message>
    <message>
        <source>The fault is on the side of the service. Try again in a minute.</source>
        <translation>Сбой на стороне сервиса. Попробуйте через минуту.</translation>
    </message>
    <message>
        <source>The answer broke off</source>
        <translation>Ответ оборвался</translation>
    </message>
    <message>
        <source>The connection ended before the answer did. Everything that had arrived is kept.</source>
        <translation>Соединение прервалось раньше, чем закончился ответ. Всё, что пришло, сохранено.</translation>
    </message>
    <message>
        <source>There is no key yet</source>
        <translation>Ключа пока нет</translation>
    </message>
    <message>
        <source>Add your authorization key in the settings, or sign in there in another way. Then send again.</source>
        <translation>Добавьте в настройках ключ авторизации или выберите там другой способ входа. Затем отправьте сообщение снова.</translation>
    </message>
    <message>
        <source>The settings could not be read</source>
        <translation>Не удалось прочитать настройки</translation>
    </message>
    <message>
        <source>GigaDesk runs with its usual settings. The unreadable file is kept as {path}.</source>
        <translation>GigaDesk работает с обычными настройками. Нечитаемый файл сохранён: {path}.</translation>
    </message>
    <message>
        <source>No connection to {host}</source>
        <translation>Нет связи с {host}</translation>
    </message>
    <message>
        <source>Check the internet connection, and the proxy or VPN if you use one.</source>
        <translation>Проверьте интернет, а также прокси или VPN, если они есть.</translation>
    </message>
    <message>
        <source>The server {host} was not found</source>
        <translation>Сервер {host} не найден</translation>
    </message>
    <message>
        <source>The computer may be offline, or the address in the settings may be wrong.</source>
        <translation>Возможно, нет интернета или в настройках неверный адрес.</translation>
    </message>
    <message>
        <source>{host} refuses the connection</source>
        <translation>{host} не принимает соединение</translation>
    </message>
    <message>
        <source>The address or the port in the settings may be wrong, or a firewall blocks the way.</source>
        <translation>Возможно, в настройках неверный адрес или порт либо мешает брандмауэр.</translation>
    </message>
    <message>
        <source>{host} does not answer</source>
        <translation>{host} не отвечает</translation>
    </message>
    <message>
        <source>The network is slow or something blocks the way. Check it and try again.</source>
        <translation>Сеть медленная или что-то её блокирует. Проверьте её и попробуйте снова.</translation>
    </message>
    <message>
        <source>The connection to {host} was broken off</source>
        <translation>Соединение с {host} разорвано</translation>
    </message>
    <message>
        <source>Most often this passes by itself. Try again.</source>
        <translation>Чаще всего это проходит само. Попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>The proxy cannot be reached</source>
        <translation>Прокси недоступен</translation>
    </message>
    <message>
        <source>Correct its address in the settings, or remove it if you need none.</source>
        <translation>Исправьте его адрес в настройках или уберите, если он не нужен.</translation>
    </message>
    <message>
        <source>The proxy wants a name and a password</source>
        <translation>Прокси требует имя и пароль</translation>
    </message>
    <message>
        <source>Check the name and the password in the proxy address, or ask your administrator for access.</source>
        <translation>Проверьте имя и пароль в адресе прокси или попросите доступ у администратора.</translation>
    </message>
    <message>
        <source>{host} offers no protected connection</source>
        <translation>{host} не даёт защищённого соединения</translation>
    </message>
    <message>
        <source>Something other than GigaChat answers there. Check the address and the port in the settings.</source>
        <translation>Там отвечает что-то другое, не GigaChat. Проверьте адрес и порт в настройках.</translation>
    </message>
    <message>
        <source>The certificate of {host} has expired</source>
        <translation>Срок сертификата {host} истёк</translation>
    </message>
    <message>
        <source>Check the date and the clock of this computer first. If they are right, the service has to renew its certificate: try again later.</source>
        <translation>Сначала проверьте дату и часы на компьютере. Если они верны, сертификат должен обновить сам сервис: попробуйте позже.</translation>
    </message>
    <message>
        <source>The certificate of {host} is not valid yet</source>
        <translation>Сертификат {host} ещё не действует</translation>
    </message>
    <message>
        <source>The clock of this computer is probably behind. Set the date and the time, then try again.</source>
        <translation>Скорее всего, часы на компьютере отстают. Установите дату и время и попробуйте снова.</translation>
    </message>
    <message>
        <source>The certificate belongs to another server</source>
        <translation>Сертификат принадлежит другому серверу</translation>
    </message>
    <message>
        <source>{host} showed a certificate made out to a different name. Check the address in the settings, and on a public network whether you have to sign in first.</source>
        <translation>{host} предъявил сертификат на другое имя. Проверьте адрес в настройках, а в общественной сети — не нужно ли сначала войти.</translation>
    </message>
    <message>
        <source>The certificate of {host} comes from an unknown authority</source>
        <translation>Сертификат {host} выдан неизвестным центром</translation>
    </message>
    <message>
        <source>If this is a server of your company, add the certificate of its authority in the settings; else try again later.</source>
        <translation>Если это сервер вашей компании, добавьте в настройках её корневой сертификат; иначе попробуйте позже.</translation>
    </message>
    <message>
        <source>Something intercepts the connection to {host}</source>
        <translation>Что-то перехватывает соединение с {host}</translation>
    </message>
    <message>
        <source>Usually it is an antivirus or a company proxy. Ask your administrator for its root certificate and add that in the settings, or switch the inspection of secure connections off.</source>
        <translation>Обычно это антивирус или прокси компании. Попросите у администратора его корневой сертификат и добавьте в настройках или отключите проверку защищённых соединений.</translation>
    </message>
    <message>
        <source>The certificate file cannot be used</source>
        <translation>Файл сертификата не подходит</translation>
    </message>
    <message>
        <source>The file named in the settings is missing or holds no certificate (PEM or DER). Choose another, or remove it.</source>
        <translation>Файла, указанного в настройках, нет, или в нём нет сертификата (PEM или DER). Выберите другой или уберите его.</translation>
    </message>
    <message>
        <source>{host} asks for a client certificate</source>
        <translation>{host} требует сертификат клиента</translation>
    </message>
    <message>
        <source>It lets in only those who show one, and not the one that was shown. Choose the right certificate for this account in the settings.</source>
        <translation>Сервер пускает только с подходящим сертификатом. Выберите в настройках нужный сертификат для этой учётной записи.</translation>
    </message>
    <message>
        <source>The client certificate cannot be used</source>
        <translation>Сертификат клиента не подходит</translation>
    </message>
    <message>
        <source>The certificate or its key is missing, unreadable, or they do not belong together; or the password of the key is wrong. Correct it in the settings.</source>
        <translation>Файл сертификата или ключа не найден, не читается, они не подходят друг к другу или неверен пароль ключа. Исправьте это в настройках.</translation>
    </message>
    <message>
        <source>The connection to {host} cannot be trusted</source>
        <translation>Соединению с {host} нельзя доверять</translation>
    </message>
    <message>
        <source>Its certificate did not pass the check, so nothing was sent. Look at the clock, the antivirus and the proxy of this computer.</source>
        <translation>Сертификат не прошёл проверку, поэтому ничего не отправлено. Проверьте часы, антивирус и прокси на этом компьютере.</translation>
    </message>
    <message>
        <source>The answer did not come from GigaChat</source>
        <translation>Ответил не GigaChat</translation>
    </message>
    <message>
        <source>Most often it is the sign-in page of a network, or a proxy. Open any page in the browser, sign in, and try again. Else check the service address in the settings.</source>
        <translation>Чаще всего это страница входа в сеть или прокси. Откройте любую страницу в браузере, войдите в сеть и попробуйте снова. Иначе проверьте адрес сервиса в настройках.</translation>
    </message>
    <message>
        <source>The server sends us to another address</source>
        <translation>Сервер отсылает на другой адрес</translation>
    </message>
    <message>
        <source>GigaDesk does not follow, so that the chat reaches nobody else. Check the service address in the settings.</source>
        <translation>GigaDesk туда не идёт, чтобы ваш чат не попал к чужим. Проверьте адрес сервиса в настройках.</translation>
    </message>
    <message>
        <source>The answer is longer than GigaDesk takes</source>
        <translation>Ответ длиннее, чем принимает GigaDesk</translation>
    </message>
    <message>
        <source>What had arrived is kept. Ask for the rest in parts.</source>
        <translation>Всё, что пришло, сохранено. Попросите остальное по частям.</translation>
    </message>
    <message>
        <source>The answer could not be read</source>
        <translation>Ответ не удалось прочитать</translation>
    </message>
    <message>
        <source>It arrived damaged. Try again.</source>
        <translation>Он пришёл повреждённым. Попробуйте ещё раз.</translation>
    </message>
    <message>
        <source>The disk is full: nothing is being saved</source>
        <translation>Диск заполнен: ничего не сохраняется</translation>
    </message>
    <message>
        <source>Free some space and keep GigaDesk open until then. The data is in {path}.</source>
        <translation>Освободите место и до тех пор не закрывайте GigaDesk. Данные лежат в {path}.</translation>
    </message>
    <message>
        <source>There is no room in memory for this file</source>
        <translation>В памяти нет места для этого файла</translation>
    </message>
    <message>
        <source>A temporary chat keeps its files in memory, in {path}, and never on the disk. Make room there, or use an ordinary chat for this file.</source>
        <translation>Временный чат держит файлы в памяти, в {path}, и никогда не на диске. Освободите там место или откройте этот файл в обычном чате.</translation>
    </message>
    <message>
        <source>GigaDesk may not write to its data folder</source>
        <translation>GigaDesk не может писать в свою папку</translation>
    </message>
    <message>
        <source>Nothing can be saved until you allow writing to {path}.</source>
        <translation>Ничего не сохранится, пока вы не разрешите запись в {path}.</translation>
    </message>
    <message>
        <source>The chats are in use by another program</source>
        <translation>Чаты заняты другой программой</translation>
    </message>
    <message>
        <source>Close the other GigaDesk, or whatever else holds {path}, and try again.</source>
        <translation>Закройте второй GigaDesk или другую программу, которая держит {path}, и попробуйте снова.</translation>
    </message>
    <message>
        <source>The chats were saved by a newer GigaDesk</source>
        <translation>Чаты сохранены более новым GigaDesk</translation>
    </message>
    <message>
        <source>Update GigaDesk to open them. The file {path} was left untouched.</source>
        <translation>Обновите GigaDesk, чтобы открыть их. Файл {path} остался нетронутым.</translation>
    </message>
    <message>
        <source>The file with the chats is damaged</source>
        <translation>Файл с чатами повреждён</translation>
    </message>
    <message>
        <source>{path} cannot be read as it is. Nothing in it has been changed, and nothing will be deleted.</source>
        <translation>Прочитать {path} в нынешнем виде нельзя. Файл не изменён, и ничего из него не будет удалено.</translation>
    </message>
    <message>
        <source>The file with the chats is not from GigaDesk</source>
        <translation>Файл с чатами создан не GigaDesk</translation>
    </message>
    <message>
        <source>Another program&apos;s file, or an encrypted one, has the name {path}. It was left untouched: put it elsewhere and try again, or choose another folder.</source>
        <translation>Под именем {path} лежит файл другой программы или зашифрованный файл. Он не изменён: уберите его и повторите или выберите другую папку.</translation>
    </message>
    <message>
        <source>The data folder is not there</source>
        <translation>Папка данных не найдена</translation>
    </message>
    <message>
        <source>The chats are kept in {path}. If it is on another drive, connect that and try again.</source>
        <translation>Чаты хранятся в {path}. Если это другой диск, подключите его и повторите попытку.</translation>
    </message>
    <message>
        <source>The file with the chats is gone</source>
        <translation>Файл с чатами пропал</translation>
    </message>
    <message>
        <source>{path} was here: there are snapshots of it. Put it back and try again, restore a snapshot, or begin without chats. The snapshots stay in any case.</source>
        <translation>Файла {path} нет, но остались его резервные копии. Верните файл на место и повторите попытку, восстановите копию или начните без чатов. Резервные копии сохранятся в любом случае.</translation>
    </message>
    <message>
        <source>Put {path} back, or press the button: the open GigaDesk still has all chats. Nothing new is saved until then.</source>
        <translation>Верните {path} на место или нажмите кнопку: все чаты пока есть в открытом GigaDesk. До этого новое не сохраняется.</translation>
    </message>
    <message>
        <source>The data folder cannot be used</source>
        <translation>Папка с данными недоступна</translation>
    </message>
    <message>
        <source>The system refused to read or write {path}. Its reason is below.</source>
        <translation>Система не дала прочитать или записать {path}. Причина указана ниже.</translation>
    </message>
    <message>
        <source>This system has no keyring for the key</source>
        <translation>В системе нет хранилища паролей</translation>
    </message>
    <message>
        <source>The key is kept until you quit and is never written to a file. To keep it for good, install GNOME Keyring or KWallet.</source>
        <translation>Ключ действует до выхода и никогда не пишется в файл. Чтобы сохранить его надолго, установите GNOME Keyring или KWallet.</translation>
    </message>
    <message>
        <source>The keyring is locked</source>
        <translation>Хранилище паролей заблокировано</translation>
    </message>
    <message>
        <source>Unlock it and try again. A key that you give meanwhile is kept until you quit.</source>
        <translation>Разблокируйте его и попробуйте снова. Ключ, введённый сейчас, действует до выхода.</translation>
    </message>
    <message>
        <source>The keyring did not let GigaDesk in</source>
        <translation>Хранилище паролей не пустило GigaDesk</translation>
    </message>
    <message>
        <source>Allow it when the system asks, and save the key again. Until then it is kept until you quit.</source>
        <translation>Разрешите доступ, когда система спросит, и сохраните ключ снова. А пока он действует до выхода.</translation>
    </message>
    <message>
        <source>The keyring does not answer</source>
        <translation>Хранилище паролей не отвечает</translation>
    </message>
    <message>
        <source>It may be asking for its password in another window. Until then the key is kept until you quit.</source>
        <translation>Возможно, оно ждёт пароль в другом окне. А пока ключ действует до выхода.</translation>
    </message>
    <message>
        <source>The keyring could not be used</source>
        <translation>Хранилище паролей не сработало</translation>
    </message>
    <message>
        <source>The key is kept until you quit and is never written to a file.</source>
        <translation>Ключ действует до выхода и никогда не пишется в файл.</translation>
    </message>
    <message>
        <source>Waiting for the keyring</source>
        <translation>Ждём хранилище паролей</translation>
    </message>
    <message>
        <source>Your system may be asking for a password in another window. Unlock it to go on.</source>
        <translation>Возможно, система спрашивает пароль в другом окне. Разблокируйте хранилище, чтобы продолжить.</translation>
    </message>
    <message>
        <source>Something unexpected happened</source>
        <translation>Произошло что-то непредвиденное</translation>
    </message>
    <message>
        <source>It is a fault of GigaDesk. You can go on; if something looks wrong, quit and start again. The report stays on this computer.</source>
        <translation>Это ошибка самого GigaDesk. Можно продолжать; если что-то выглядит неправильно, закройте программу и запустите её снова. Отчёт остаётся на этом компьютере.</translation>
    </message>
    <message>
        <source>Last time GigaDesk met an unexpected fault</source>
        <translation>В прошлый раз в GigaDesk произошёл сбой</translation>
    </message>
    <message>
        <source>Your chats are here. The report stays on this computer; you can look at it.</source>
        <translation>Ваши чаты на месте. Отчёт остаётся на этом компьютере, его можно посмотреть.</translation>
    </message>
    <message>
        <source>Paste your authorization key here.</source>
        <translation>Вставьте сюда ключ авторизации.</translation>
    </message>
    <message>
        <source>This is a Client ID or a Client Secret. The authorization key is longer and stands beside them in your account.</source>
        <translation>Это Client ID или Client Secret. Ключ авторизации длиннее и стоит рядом с ними в личном кабинете.</translation>
    </message>
    <message>
        <source>This is an access token, which is valid for half an hour only. GigaDesk needs the authorization key.</source>
        <translation>Это токен доступа, он действует всего полчаса. GigaDesk нужен ключ авторизации.</translation>
    </message>
    <message>
        <source>This does not look like an authorization key: part of it may be missing. Copy it whole.</source>
        <translation>Не похоже на ключ авторизации: возможно, не хватает части. Скопируйте его целиком.</translation>
    </message>
    <message>
        <source>This does not look like an authorization key: there is no Client ID and Client Secret in it.</source>
        <translation>Не похоже на ключ авторизации: в нём нет Client ID и Client Secret.</translation>
    </message>
    <message>
        <source>This key has been encoded several times over. Copy it from your account as it stands there.</source>
        <translation>Ключ закодирован несколько раз подряд. Скопируйте его из личного кабинета как есть.</translation>
    </message>
    <message>
        <source>There are characters in it that no key has, for example Russian letters. Copy the key once more.</source>
        <translation>Здесь есть знаки, которых в ключе не бывает, например русские буквы. Скопируйте ключ ещё раз.</translation>
    </message>
    <message>
        <source>The tokens for {package} are running out</source>
        <translation>Токены для {package} заканчиваются</translation>
    </message>
    <message>
        <source>{tokens} tokens are left. After that only another model answers, or a new package.</source>
        <translation>Осталось токенов: {tokens}. Потом понадобится другая модель или новый пакет.</translation>
    </message>
    <message>
        <source>{tokens} tokens are left in the account “{account}”. Then another model is needed.</source>
        <translation>Осталось токенов в записи «{account}»: {tokens}. Потом понадобится другая модель.</translation>
    </message>
    <message>
        <source>GigaChat asks to wait {seconds} s. Then try again.</source>
        <translation>GigaChat просит подождать {seconds} с. Потом попробуйте снова.</translation>
    </message>
    <message>
        <source>The answer was stopped</source>
        <translation>Ответ остановлен</translation>
    </message>
    <message>
        <source>What had arrived is kept.</source>
        <translation>Всё, что пришло, сохранено.</translation>
    </message>
    <message>
        <source>The answer was stopped before it began</source>
        <translation>Ответ остановлен до начала</translation>
    </message>
    <message>
        <source>You can ask for it again.</source>
        <translation>Его можно запросить снова.</translation>
    </message>
    <message>
        <source>The answer was cut: it reached the token limit</source>
        <translation>Ответ оборван: достигнут предел токенов</translation>
    </message>
    <message>
        <source>Let it continue, or raise the limit in the settings.</source>
        <translation>Попросите продолжить или увеличьте предел в настройках.</translation>
    </message>
    <message>
        <source>The model could not finish this answer</source>
        <translation>Модель не смогла закончить ответ</translation>
    </message>
    <message>
        <source>Try again, or put the question in other words.</source>
        <translation>Попробуйте ещё раз или спросите другими словами.</translation>
    </message>
    <message>
        <source>The answer ended in an unusual way</source>
        <translation>Ответ закончился необычно</translation>
    </message>
    <message>
        <source>The service gave the reason “{reason}”, which this version of GigaDesk does not know.</source>
        <translation>Сервис назвал причину «{reason}», которой эта версия GigaDesk не знает.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>Открыть настройки</translation>
    </message>
    <message>
        <source>Choose another model</source>
        <translation>Выбрать другую модель</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Новый чат</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Show the report</source>
        <translation>Показать отчёт</translation>
    </message>
    <message>
        <source>Find the cause…</source>
        <translation>Найти причину…</translation>
    </message>
    <message>
        <source>Show the snapshots…</source>
        <translation>Показать резервные копии…</translation>
    </message>
    <message>
        <source>Save the chats…</source>
        <translation>Сохранить чаты…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>This account pays as it goes: there are no packages to use up.</source>
        <translation>Эта запись оплачивается по факту: пакетов, которые могли бы закончиться, у неё нет.</translation>
    </message>
    <message>
        <source>Only files can be attached</source>
        <translation>Прикрепить можно только файл</translation>
    </message>
    <message>
        <source>“{name}” is a folder, a device or a link that leads nowhere. Choose a file.</source>
        <translation>«{name}» — это папка, устройство или ссылка в никуда. Выберите файл.</translation>
    </message>
    <message>
        <source>The file cannot be read</source>
        <translation>Файл не удалось прочитать</translation>
    </message>
    <message>
        <source>The system did not let GigaDesk read “{name}”. Check that you may open it.</source>
        <translation>Система не дала прочитать «{name}». Проверьте, есть ли у вас право открывать его.</translation>
    </message>
    <message>
        <source>The file is empty</source>
        <translation>Файл пуст</translation>
    </message>
    <message>
        <source>There is nothing in “{name}” that could be sent.</source>
        <translation>В «{name}» нет ничего, что можно было бы отправить.</translation>
    </message>
    <message>
        <source>The file is too large</source>
        <translation>Файл слишком большой</translation>
    </message>
    <message>
        <source>GigaChat takes at most {limit} of this kind. Make “{name}” smaller, or attach a part of it.</source>
        <translation>GigaChat принимает такие файлы размером не больше {limit}. Уменьшите «{name}» или прикрепите его часть.</translation>
    </message>
    <message>
        <source>GigaChat takes no files of this kind</source>
        <translation>GigaChat не принимает такие файлы</translation>
    </message>
    <message>
        <source>“{name}” is not among the texts, documents, pictures and recordings that it reads. Save it in another format, such as PDF, TXT, PNG or MP3.</source>
        <translation>«{name}» — не текст, не документ, не картинка и не аудио, которые он читает. Сохраните файл в другом формате, например PDF, TXT, PNG или MP3.</translation>
    </message>
    <message>
        <source>The picture cannot be used</source>
        <translation>Картинка не подходит</translation>
    </message>
    <message>
        <source>“{name}” is damaged, has too many pixels, or is not what its name says.</source>
        <translation>«{name}»: файл повреждён, в нём слишком много пикселей или формат не тот, что указан в имени.</translation>
    </message>
    <message>
        <source>The file changed while it was being read</source>
        <translation>Файл изменился во время чтения</translation>
    </message>
    <message>
        <source>Another program is writing to “{name}”. Attach it again when that is done.</source>
        <translation>В «{name}» пишет другая программа. Прикрепите файл снова, когда она закончит.</translation>
    </message>
    <message>
        <source>The attached file is gone</source>
        <translation>Прикреплённый файл пропал</translation>
    </message>
    <message>
        <source>The copy of “{name}” is no longer in the data folder. Attach the file again in a new message.</source>
        <translation>Копии «{name}» больше нет в папке данных. Прикрепите файл ещё раз к новому сообщению.</translation>
    </message>
    <message>
        <source>Only one picture goes with a message</source>
        <translation>К сообщению можно прикрепить одну картинку</translation>
    </message>
    <message>
        <source>Remove “{name}” or send it with the next message.</source>
        <translation>Уберите «{name}» или отправьте его со следующим сообщением.</translation>
    </message>
    <message>
        <source>This chat holds as many pictures as GigaChat takes</source>
        <translation>В этом чате больше нельзя прикрепить картинок</translation>
    </message>
    <message>
        <source>It looks at ten pictures in one chat. Begin a new chat for “{name}”.</source>
        <translation>GigaChat смотрит не больше десяти картинок в одном чате. Для «{name}» начните новый.</translation>
    </message>
    <message>
        <source>Only one document goes with a chat</source>
        <translation>В чате может быть только один документ</translation>
    </message>
    <message>
        <source>Remove “{name}”, or begin a new chat for it.</source>
        <translation>Уберите «{name}» или начните для него новый чат.</translation>
    </message>
    <message>
        <source>The pictures and recordings are too large together</source>
        <translation>Картинки и аудио вместе слишком велики</translation>
    </message>
    <message>
        <source>One chat may hold {limit} of them. Remove some, or begin a new chat.</source>
        <translation>В одном чате их может быть не больше {limit}. Уберите часть или начните новый чат.</translation>
    </message>
    <message>
        <source>This model takes no such files</source>
        <translation>Эта модель не принимает такие файлы</translation>
    </message>
    <message>
        <source>{model} cannot work with “{name}”. Choose another model, or remove the file.</source>
        <translation>{model} не может работать с «{name}». Выберите другую модель или уберите файл.</translation>
    </message>
    <message>
        <source>the file</source>
        <translation>файл</translation>
    </message>
    <message>
        <source>The model</source>
        <translation>Модель</translation>
    </message>
    <message>
        <source>{size} MB</source>
        <translation>{size} МБ</translation>
    </message>
    <message>
        <source>“{title}” was not opened</source>
        <translation>Чат «{title}» не открыт</translation>
    </message>
    <message>
        <source>GigaDesk ended while it was showing this chat. Opened from the list it comes as plain text.</source>
        <translation>GigaDesk завершился, когда показывал этот чат. Если открыть чат из списка, он будет показан простым текстом.</translation>
    </message>
    <message>
        <source>This chat is shown as plain text</source>
        <translation>Этот чат показан простым текстом</translation>
    </message>
    <message>
        <source>GigaDesk ended while it was showing it. Nothing of it is lost.</source>
        <translation>GigaDesk завершился, когда показывал его. Ничего не потеряно.</translation>
    </message>
    <message>
        <source>There is nothing to compare yet</source>
        <translation>Сравнивать пока нечего</translation>
    </message>
    <message>
        <source>No message in sight has a second version. Have an answer written anew, or edit a question.</source>
        <translation>Ни у одного сообщения на экране нет второй версии. Получите ответ заново или измените вопрос.</translation>
    </message>
    <message>
        <source>GigaDesk has started in safe mode</source>
        <translation>GigaDesk запущен в безопасном режиме</translation>
    </message>
    <message>
        <source>The last two starts failed. Chats are shown as plain text, in the standard look and without animations. The next start is an ordinary one.</source>
        <translation>Два последних запуска не удались. Чаты показаны простым текстом, в стандартном оформлении и без анимации. Следующий запуск будет обычным.</translation>
    </message>
    <message>
        <source>Show as usual</source>
        <translation>Показать как обычно</translation>
    </message>
    <message>
        <source>Press the button: GigaDesk starts again, saves what is readable or restores a snapshot, as you choose.</source>
        <translation>Нажмите кнопку: GigaDesk запустится заново и, как вы решите, спасёт то, что читается, или восстановит резервную копию.</translation>
    </message>
    <message>
        <source>No snapshot could be made</source>
        <translation>Не удалось создать резервную копию</translation>
    </message>
    <message>
        <source>The chats themselves are saved as usual. {reason}. The snapshots are in {path}.</source>
        <translation>Сами чаты сохраняются как обычно. {reason}. Копии лежат в {path}.</translation>
    </message>
    <message>
        <source>There is too little room on the disk for a copy of all chats. Make some and try again. The snapshots are in {path}.</source>
        <translation>На диске слишком мало места для копии всех чатов. Освободите место и повторите. Копии лежат в {path}.</translation>
    </message>
    <message>
        <source>A snapshot is damaged</source>
        <translation>Резервная копия повреждена</translation>
    </message>
    <message>
        <source>What you have deleted for ever may still be in {path}, and it cannot be restored any more. Delete it when you do not need it.</source>
        <translation>В {path} мог остаться текст, который вы удалили навсегда, а восстановить чаты из этого файла уже нельзя. Если он вам не нужен, удалите его.</translation>
    </message>
    <message>
        <source>The chats are on a network drive or in a synced folder</source>
        <translation>Чаты лежат на сетевом диске или в синхронизируемой папке</translation>
    </message>
    <message>
        <source>{path} belongs to {drive}. The chats can be spoiled there: move them to a disk of this computer.</source>
        <translation>{path} относится к {drive}. Чаты там могут повредиться: переместите их на диск этого компьютера.</translation>
    </message>
    <message>
        <source>Nothing can be saved</source>
        <translation>Сохранить ничего нельзя</translation>
    </message>
    <message>
        <source>GigaDesk may not write to {path}. You see a copy: what you write now is gone when you quit, so copy it to another place.</source>
        <translation>GigaDesk не может записывать в {path}. Вы видите копию: всё, что вы напишете, исчезнет при выходе, поэтому скопируйте нужное в другое место.</translation>
    </message>
    <message>
        <source>Check and repair…</source>
        <translation>Проверить и исправить…</translation>
    </message>
    <message>
        <source>The file with the chats was moved or deleted</source>
        <translation>Файл с чатами перемещён или удалён</translation>
    </message>
</context>
<context>
    <name>NumberField</name>
    <message>
        <source>A whole number from {lowest} to {highest}, please.</source>
        <translation>Нужно целое число от {lowest} до {highest}.</translation>
    </message>
    <message>
        <source>A number from {lowest} to {highest}, please.</source>
        <translation>Нужно число от {lowest} до {highest}.</translation>
    </message>
    <message>
        <source>A number above {lowest}, up to {highest}, please.</source>
        <translation>Нужно число больше {lowest}, не больше {highest}.</translation>
    </message>
</context>
<context>
    <name>Opening</name>
    <message>
        <source>Save what can be read</source>
        <translation>Спасти то, что читается</translation>
    </message>
    <message>
        <source>Begin anew and keep the damaged file</source>
        <translation>Начать с чистого листа, сохранив повреждённый файл</translation>
    </message>
    <message>
        <source>Begin without chats</source>
        <translation>Начать без чатов</translation>
    </message>
    <message>
        <source>Open for reading only</source>
        <translation>Открыть только для чтения</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>Выбрать другую папку…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Putting the chats in place</source>
        <translation>Чаты возвращаются на место</translation>
    </message>
    <message>
        <source>What was there is kept. If GigaDesk ends now, nothing is lost.</source>
        <translation>Прежнее состояние сохранено. Даже если GigaDesk сейчас закроется, ничего не пропадёт.</translation>
    </message>
    <message>
        <source>Saving what can be read</source>
        <translation>Спасаем то, что читается</translation>
    </message>
    <message>
        <source>The damaged file is kept as it is. This may take a few minutes.</source>
        <translation>Повреждённый файл остаётся как есть. Это может занять несколько минут.</translation>
    </message>
    <message>
        <source>The damaged file, with a report, is kept in {path}.</source>
        <translation>Повреждённый файл и отчёт лежат в {path}.</translation>
    </message>
    <message>
        <source>The chats were saved</source>
        <translation>Чаты спасены</translation>
    </message>
    <message>
        <source>Folder with the chats</source>
        <translation>Папка с чатами</translation>
    </message>
</context>
<context>
    <name>OtherInstance</name>
    <message>
        <source>GigaDesk is already open but does not answer</source>
        <translation>GigaDesk уже открыт, но не отвечает</translation>
    </message>
    <message>
        <source>It uses {path}. Wait a little and try again. If that does not help, end it with the tools of your system: what it has shown is saved.</source>
        <translation>Он работает с папкой {path}. Подождите немного и повторите. Если не поможет, завершите его средствами системы: всё, что он показал, сохранено.</translation>
    </message>
    <message>
        <source>The chats are open on another computer</source>
        <translation>Чаты открыты на другом компьютере</translation>
    </message>
    <message>
        <source>GigaDesk on {computer} uses {path}, or was not closed there. Close it there and try again. If it does not run there any more, open the chats here: two programs at once would spoil them.</source>
        <translation>С папкой {path} работает GigaDesk на компьютере {computer}, или там его не закрыли как следует. Закройте его там и повторите. Если он там уже не работает, откройте чаты здесь: две программы сразу испортят их.</translation>
    </message>
    <message>
        <source>Open here</source>
        <translation>Открыть здесь</translation>
    </message>
</context>
<context>
    <name>Paper</name>
    <message>
        <source>This system cannot print from here. Save a PDF instead.</source>
        <translation>В этой системе отсюда нельзя печатать. Сохраните PDF.</translation>
    </message>
    <message>
        <source>The printer takes no pages.</source>
        <translation>Принтер не принимает страницы.</translation>
    </message>
    <message>
        <source>Making pages</source>
        <translation>Подготовка страниц</translation>
    </message>
    <message>
        <source>The chat is being laid out for paper.</source>
        <translation>Чат раскладывается по страницам.</translation>
    </message>
    <message>
        <source>Page {number} of {count}</source>
        <translation>Страница {number} из {count}</translation>
    </message>
</context>
<context>
    <name>PasteOffer</name>
    <message>
        <source>A long text was pasted</source>
        <translation>Вставлен длинный текст</translation>
    </message>
    <message>
        <source>Attach it as a file instead</source>
        <translation>Прикрепить файлом</translation>
    </message>
    <message>
        <source>Keep it as text</source>
        <translation>Оставить текстом</translation>
    </message>
</context>
<context>
    <name>PictureViewer</name>
    <message>
        <source>Picture {name}</source>
        <translation>Картинка {name}</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Уменьшить</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Увеличить</translation>
    </message>
    <message>
        <source>Fit, or full size</source>
        <translation>По окну или в полный размер</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Копировать картинку</translation>
    </message>
    <message>
        <source>Save picture…</source>
        <translation>Сохранить картинку…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Chats in the file</source>
        <translation>Чаты в файле</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Замечания</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Чаты</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Выбрать все</translation>
    </message>
    <message>
        <source>Select none</source>
        <translation>Снять выбор</translation>
    </message>
    <message>
        <source>Select new ones</source>
        <translation>Выбрать новые</translation>
    </message>
    <message>
        <source>Show them…</source>
        <translation>Показать…</translation>
    </message>
    <message>
        <source>Problems: {count}</source>
        <translation>Замечания: {count}</translation>
    </message>
    <message>
        <source>From {first} to {last}.</source>
        <translation>С {first} по {last}.</translation>
    </message>
    <message>
        <source>Here already and not selected: {count}.</source>
        <translation>Уже есть, поэтому не выбрано: {count}.</translation>
    </message>
    <message>
        <source>And {count} more.</source>
        <translation>И ещё {count}.</translation>
    </message>
    <message>
        <source>{program}, {day}</source>
        <translation>{program}, {day}</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>Без папки</translation>
    </message>
    <message>
        <source>New folder “{name}”</source>
        <translation>Новая папка «{name}»</translation>
    </message>
    <message>
        <source>Put them into:</source>
        <translation>Куда поместить:</translation>
    </message>
    <message>
        <source>Put them into</source>
        <translation>Куда поместить</translation>
    </message>
    <message>
        <source>{name}. Chats: {chats}, messages: {messages}, files: {files}.</source>
        <translation>{name}. Чатов: {chats}, сообщений: {messages}, файлов: {files}.</translation>
    </message>
    <message>
        <source>Selected: {chats}, messages in them: {messages}</source>
        <translation>Выбрано чатов: {chats}, сообщений в них: {messages}</translation>
    </message>
    <message>
        <source>Take over system prompts</source>
        <translation>Перенести системные промпты</translation>
    </message>
    <message>
        <source>They are sent to the model with each question. Chats that have one: {count}</source>
        <translation>Они отправляются модели с каждым вопросом. Чатов с таким промптом: {count}</translation>
    </message>
</context>
<context>
    <name>ProgressDialog</name>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
</context>
<context>
    <name>ReportDialog</name>
    <message>
        <source>Report</source>
        <translation>Отчёт</translation>
    </message>
    <message>
        <source>It is kept in {path} and is never sent by itself.</source>
        <translation>Он хранится в {path} и сам никуда не отправляется.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>Rescue</name>
    <message>
        <source>The chats are only in the open GigaDesk</source>
        <translation>Чаты есть только в открытом GigaDesk</translation>
    </message>
    <message>
        <source>Their file {path} was moved or deleted. Whatever is not saved now is gone when GigaDesk ends.</source>
        <translation>Их файл {path} перемещён или удалён. Что не сохранить сейчас, пропадёт, когда GigaDesk закроется.</translation>
    </message>
    <message>
        <source>Another file has taken the place of {path}. GigaDesk writes nothing into it; if you write the chats back, it is set aside and kept.</source>
        <translation>На месте {path} теперь другой файл. GigaDesk ничего в него не пишет; если вернуть чаты, он будет отложен и сохранится.</translation>
    </message>
    <message>
        <source>Write the chats back</source>
        <translation>Вернуть чаты на место</translation>
    </message>
    <message>
        <source>Save to another file…</source>
        <translation>Сохранить в другой файл…</translation>
    </message>
    <message>
        <source>Back to the chats</source>
        <translation>Вернуться к чатам</translation>
    </message>
    <message>
        <source>Quit without saving</source>
        <translation>Выйти без сохранения</translation>
    </message>
    <message>
        <source>The chats were not saved</source>
        <translation>Чаты не сохранены</translation>
    </message>
    <message>
        <source>Save the shown chat as text…</source>
        <translation>Сохранить открытый чат как текст…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Продолжить</translation>
    </message>
    <message>
        <source>Another GigaDesk uses the folder</source>
        <translation>Папку занял другой GigaDesk</translation>
    </message>
    <message>
        <source>Close the one that was started with {path}, or save the chats to another file.</source>
        <translation>Закройте тот, что запущен с папкой {path}, или сохраните чаты в другой файл.</translation>
    </message>
    <message>
        <source>Saving the chats</source>
        <translation>Чаты сохраняются</translation>
    </message>
    <message>
        <source>Everything is copied and looked through. You can go on reading.</source>
        <translation>Всё копируется и проверяется. Читать можно дальше.</translation>
    </message>
    <message>
        <source>Attached and generated files that went with the folder: {count}. Their chats name them only.</source>
        <translation>Вложений и созданных файлов, пропавших вместе с папкой: {count}. В чатах остались только их имена.</translation>
    </message>
    <message>
        <source>What had taken their place is kept in {path}.</source>
        <translation>То, что лежало на их месте, отложено в {path}.</translation>
    </message>
    <message>
        <source>The chats are saved again</source>
        <translation>Чаты снова сохранены</translation>
    </message>
    <message>
        <source>To go on with this file, quit GigaDesk and copy it to {path}. Until then nothing new is saved.</source>
        <translation>Чтобы работать с этим файлом, закройте GigaDesk и скопируйте его в {path}. До этого новое не сохраняется.</translation>
    </message>
    <message>
        <source>The chats are in the new file</source>
        <translation>Чаты в новом файле</translation>
    </message>
    <message>
        <source>GigaDesk chats.db</source>
        <translation>Чаты GigaDesk.db</translation>
    </message>
    <message>
        <source>Shown chat.md</source>
        <translation>Открытый чат.md</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Ещё не сохранено</translation>
    </message>
</context>
<context>
    <name>RestingBar</name>
    <message>
        <source>This chat is in the trash.</source>
        <translation>Этот чат в корзине.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Восстановить</translation>
    </message>
    <message>
        <source>This chat is in the archive.</source>
        <translation>Этот чат в архиве.</translation>
    </message>
    <message>
        <source>Take out of the archive</source>
        <translation>Вернуть из архива</translation>
    </message>
    <message>
        <source>Nothing is changed in a chat that is in the trash. Restore it first.</source>
        <translation>Чат в корзине изменить нельзя. Сначала восстановите его.</translation>
    </message>
    <message>
        <source>Nothing is changed in a chat that is in the archive. Take it out first.</source>
        <translation>Чат в архиве изменить нельзя. Сначала верните его из архива.</translation>
    </message>
</context>
<context>
    <name>ResultDelegate</name>
    <message>
        <source>New chat</source>
        <translation>Новый чат</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Чат</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Файл</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Ответ</translation>
    </message>
    <message>
        <source>in the trash</source>
        <translation>в корзине</translation>
    </message>
    <message>
        <source>in the archive</source>
        <translation>в архиве</translation>
    </message>
</context>
<context>
    <name>ReturnBar</name>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} из {count}</translation>
    </message>
    <message>
        <source>To the results</source>
        <translation>К результатам</translation>
    </message>
    <message>
        <source>Back to the results</source>
        <translation>Вернуться к результатам</translation>
    </message>
    <message>
        <source>Previous result</source>
        <translation>Предыдущий результат</translation>
    </message>
    <message>
        <source>Next result</source>
        <translation>Следующий результат</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Results of the search</source>
        <translation>Результаты поиска</translation>
    </message>
</context>
<context>
    <name>Scopes</name>
    <message>
        <source>Mine, as a private person (PERS)</source>
        <translation>Мой, частного лица (PERS)</translation>
    </message>
    <message>
        <source>My company’s, prepaid package (B2B)</source>
        <translation>Моей компании, пакеты по предоплате (B2B)</translation>
    </message>
    <message>
        <source>My company’s, pay as you go (CORP)</source>
        <translation>Моей компании, оплата по факту (CORP)</translation>
    </message>
    <message>
        <source>Authorization key</source>
        <translation>Ключ авторизации</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>Токен доступа</translation>
    </message>
    <message>
        <source>Name and password</source>
        <translation>Имя и пароль</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Сертификат клиента</translation>
    </message>
    <message>
        <source>GigaChat, private</source>
        <translation>GigaChat, личный</translation>
    </message>
    <message>
        <source>GigaChat, company (prepaid)</source>
        <translation>GigaChat, компания (предоплата)</translation>
    </message>
    <message>
        <source>GigaChat, company</source>
        <translation>GigaChat, компания</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>By relevance</source>
        <translation>По релевантности</translation>
    </message>
    <message>
        <source>Archive too</source>
        <translation>И в архиве</translation>
    </message>
    <message>
        <source>Trash too</source>
        <translation>И в корзине</translation>
    </message>
    <message>
        <source>Search for “{text}” all the same</source>
        <translation>Всё равно искать «{text}»</translation>
    </message>
    <message>
        <source>Search in all chats</source>
        <translation>Поиск по всем чатам</translation>
    </message>
    <message>
        <source>Clear the field</source>
        <translation>Очистить поле</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Результаты</translation>
    </message>
    <message>
        <source>To the chat</source>
        <translation>К чату</translation>
    </message>
    <message>
        <source>This is in the trash.</source>
        <translation>Это в корзине.</translation>
    </message>
    <message>
        <source>Restore and open</source>
        <translation>Восстановить и открыть</translation>
    </message>
    <message>
        <source>Back to the chat</source>
        <translation>Вернуться к чату</translation>
    </message>
    <message>
        <source>Show the sidebar</source>
        <translation>Показать боковую панель</translation>
    </message>
    <message>
        <source>The best first, of the newest messages and those that have the words often</source>
        <translation>Сначала самые подходящие — из новых сообщений и тех, где слова встречаются часто</translation>
    </message>
</context>
<context>
    <name>SecretField</name>
    <message>
        <source>Hide what was typed</source>
        <translation>Скрыть введённое</translation>
    </message>
    <message>
        <source>Show what was typed</source>
        <translation>Показать введённое</translation>
    </message>
</context>
<context>
    <name>SelectionBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>Выбран %n</numerusform>
            <numerusform>Выбрано %n</numerusform>
            <numerusform>Выбрано %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>Снять выделение</translation>
    </message>
</context>
<context>
    <name>ServerSection</name>
    <message>
        <source>Server</source>
        <translation>Сервер</translation>
    </message>
    <message>
        <source>The usual one is {host}, the former one {former_host}.</source>
        <translation>Обычный — {host}, прежний — {former_host}.</translation>
    </message>
    <message>
        <source>Another:</source>
        <translation>Другой:</translation>
    </message>
    <message>
        <source>The usual one</source>
        <translation>Обычный</translation>
    </message>
    <message>
        <source>The former one</source>
        <translation>Прежний</translation>
    </message>
    <message>
        <source>Address of the service</source>
        <translation>Адрес сервиса</translation>
    </message>
    <message>
        <source>For a server or gateway of your own. The chats go there.</source>
        <translation>Для своего сервера или шлюза. Ваши сообщения отправляются туда.</translation>
    </message>
    <message>
        <source>Address of the authorization</source>
        <translation>Адрес авторизации</translation>
    </message>
    <message>
        <source>The key goes there and nowhere else.</source>
        <translation>Ключ отправляется только туда.</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Прокси</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Как в системе</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Нет</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>Другой:</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>Адрес прокси</translation>
    </message>
    <message>
        <source>A password in it is kept in the settings file, unprotected.</source>
        <translation>Пароль в адресе хранится в файле настроек без защиты.</translation>
    </message>
    <message>
        <source>Further certificate authority</source>
        <translation>Дополнительный корневой сертификат</translation>
    </message>
    <message>
        <source>A file (PEM or DER) from your company or antivirus, if it inspects secure connections.</source>
        <translation>Файл (PEM или DER) от вашей компании или антивируса, если они проверяют защищённые соединения.</translation>
    </message>
    <message>
        <source>Choose the certificate file</source>
        <translation>Выбрать файл сертификата</translation>
    </message>
    <message>
        <source>Version of the chat interface</source>
        <translation>Версия интерфейса чата</translation>
    </message>
    <message>
        <source>Some tools exist only in the second version.</source>
        <translation>Некоторые инструменты есть только во второй версии.</translation>
    </message>
    <message>
        <source>The second one when it is needed</source>
        <translation>Вторая, когда она нужна</translation>
    </message>
    <message>
        <source>First</source>
        <translation>Первая</translation>
    </message>
    <message>
        <source>Second</source>
        <translation>Вторая</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Pages of the settings</source>
        <translation>Разделы настроек</translation>
    </message>
    <message>
        <source>Accounts</source>
        <translation>Учётные записи</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Ответы</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Внешний вид</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Данные</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Что нужно сделать?</translation>
    </message>
    <message>
        <source>Filter the shortcuts by words or keys</source>
        <translation>Отбор сочетаний по словам или клавишам</translation>
    </message>
    <message>
        <source>No shortcut is like that.</source>
        <translation>Такого сочетания нет.</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>Ввод сообщения</translation>
    </message>
    <message>
        <source>Messages and answers</source>
        <translation>Сообщения и ответы</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>Чтение</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Поиск</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Чаты</translation>
    </message>
    <message>
        <source>In the list of chats</source>
        <translation>В списке чатов</translation>
    </message>
    <message>
        <source>Window and program</source>
        <translation>Окно и программа</translation>
    </message>
</context>
<context>
    <name>ShownCommands</name>
    <message>
        <source>Previous question</source>
        <translation>Предыдущий вопрос</translation>
    </message>
    <message>
        <source>Next question</source>
        <translation>Следующий вопрос</translation>
    </message>
    <message>
        <source>Previous message</source>
        <translation>Предыдущее сообщение</translation>
    </message>
    <message>
        <source>Next message</source>
        <translation>Следующее сообщение</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>Предыдущий вариант</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Следующий вариант</translation>
    </message>
    <message>
        <source>Edit your message</source>
        <translation>Изменить своё сообщение</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Ответить заново</translation>
    </message>
    <message>
        <source>Answer again with another model</source>
        <translation>Ответить заново другой моделью</translation>
    </message>
    <message>
        <source>Quote what is selected</source>
        <translation>Процитировать выделенное</translation>
    </message>
    <message>
        <source>Ask about what is selected</source>
        <translation>Спросить о выделенном</translation>
    </message>
    <message>
        <source>Continue from here in a new chat</source>
        <translation>Продолжить отсюда в новом чате</translation>
    </message>
    <message>
        <source>Details of the message</source>
        <translation>Подробности о сообщении</translation>
    </message>
    <message>
        <source>Delete the message that has the frame</source>
        <translation>Удалить сообщение в рамке</translation>
    </message>
    <message>
        <source>Undo deleting, in the chat</source>
        <translation>Отменить удаление, в чате</translation>
    </message>
    <message>
        <source>Ask a waiting question before the one above</source>
        <translation>Переставить ждущий вопрос выше</translation>
    </message>
    <message>
        <source>Ask a waiting question after the one below</source>
        <translation>Переставить ждущий вопрос ниже</translation>
    </message>
    <message>
        <source>Take a waiting question back</source>
        <translation>Вернуть ждущий вопрос в поле сообщения</translation>
    </message>
    <message>
        <source>Send what was not sent yet</source>
        <translation>Отправить то, что ещё не отправлено</translation>
    </message>
    <message>
        <source>Your changes were dropped</source>
        <translation>Ваши изменения отброшены</translation>
    </message>
    <message>
        <source>{title} (copy)</source>
        <translation>{title} (копия)</translation>
    </message>
    <message>
        <source>Message deleted</source>
        <translation>Сообщение удалено</translation>
    </message>
    <message numerus="yes">
        <source>Message deleted, and %n later message(s)</source>
        <translation>
            <numerusform>Сообщение удалено, и ещё %n следующее</numerusform>
            <numerusform>Сообщение удалено, и ещё %n следующих</numerusform>
            <numerusform>Сообщение удалено, и ещё %n следующих</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) still wait(s) in the version before your edit</source>
        <translation>
            <numerusform>%n вопрос ждёт ответа в версии до вашей правки</numerusform>
            <numerusform>%n вопроса ждут ответа в версии до вашей правки</numerusform>
            <numerusform>%n вопросов ждут ответа в версии до вашей правки</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Показать</translation>
    </message>
</context>
<context>
    <name>ShownDraft</name>
    <message>
        <source>Picture</source>
        <translation>Картинка</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>Вставленный текст</translation>
    </message>
</context>
<context>
    <name>ShownSearch</name>
    <message>
        <source>Search in all chats; back to what was found</source>
        <translation>Поиск по всем чатам; назад к найденному</translation>
    </message>
    <message>
        <source>Next result of the search</source>
        <translation>Следующий результат поиска</translation>
    </message>
    <message>
        <source>Previous result of the search</source>
        <translation>Предыдущий результат поиска</translation>
    </message>
    <message>
        <source>This has been deleted for ever.</source>
        <translation>Это удалено навсегда.</translation>
    </message>
    <message>
        <source>In the search of chats: search everywhere</source>
        <translation>В поиске чатов: искать везде</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>New chat</source>
        <translation>Новый чат</translation>
    </message>
    <message>
        <source>Hide the sidebar</source>
        <translation>Скрыть боковую панель</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>Поиск по чатам</translation>
    </message>
    <message>
        <source>Search chats by title</source>
        <translation>Поиск чатов по названию</translation>
    </message>
    <message>
        <source>Show all chats</source>
        <translation>Показать все чаты</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>Чаты</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Archived chats</source>
        <translation>Архив чатов</translation>
    </message>
    <message>
        <source>All chats</source>
        <translation>Все чаты</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Архив</translation>
    </message>
    <message>
        <source>No archived chats</source>
        <translation>В архиве пока пусто</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Корзина</translation>
    </message>
    <message>
        <source>Temporary chat</source>
        <translation>Временный чат</translation>
    </message>
    <message>
        <source>Temporary chat, which is not saved</source>
        <translation>Временный чат, который не сохраняется</translation>
    </message>
    <message>
        <source>Search everywhere for “{text}”</source>
        <translation>Искать везде: «{text}»</translation>
    </message>
</context>
<context>
    <name>SnapshotsDialog</name>
    <message>
        <source>Damaged files that were set aside: {size}. What you delete for ever stays in them until you delete them.</source>
        <translation>Отложено повреждённых файлов: {size}. То, что вы удаляете навсегда, остаётся в них, пока вы не удалите и их.</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Новый чат</translation>
    </message>
    <message>
        <source>{moment} · messages: {count}</source>
        <translation>{moment} · сообщений: {count}</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>GigaChat</source>
        <translation>GigaChat</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Чтение…</translation>
    </message>
    <message>
        <source>There is no snapshot yet.</source>
        <translation>Резервных копий пока нет.</translation>
    </message>
    <message>
        <source>Making a snapshot…</source>
        <translation>Копия создаётся…</translation>
    </message>
    <message>
        <source>Make a snapshot now</source>
        <translation>Создать копию сейчас</translation>
    </message>
    <message>
        <source>Snapshots</source>
        <translation>Резервные копии</translation>
    </message>
    <message>
        <source>A snapshot is made each day, before updates and before restoring. The last seven daily ones are kept.</source>
        <translation>Копия создаётся каждый день, а также перед обновлением и перед восстановлением. Хранятся семь последних ежедневных копий.</translation>
    </message>
    <message>
        <source>Chats in the snapshot</source>
        <translation>Чаты в копии</translation>
    </message>
    <message>
        <source>Last messages of the chat</source>
        <translation>Последние сообщения чата</translation>
    </message>
    <message>
        <source>Restore everything…</source>
        <translation>Восстановить всё…</translation>
    </message>
    <message>
        <source>Bring this chat back</source>
        <translation>Вернуть этот чат</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>Удалить…</translation>
    </message>
    <message>
        <source>Delete the damaged files…</source>
        <translation>Удалить повреждённые файлы…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
</context>
<context>
    <name>StateWords</name>
    <message>
        <source>{done} of {total} messages can be found so far; the rest is being taken up.</source>
        <translation>Пока поиск охватывает {done} из {total} сообщений; остальные добавляются.</translation>
    </message>
    <message>
        <source>“{filter}” was searched for as words.</source>
        <translation>«{filter}» — не фильтр: поиск шёл по этим словам.</translation>
    </message>
    <message>
        <source>A time is a day, a month or a year: 31.12.2025, 2025-12-31, 2025-12, 2025, {values}.</source>
        <translation>Здесь нужен день, месяц или год: 31.12.2025, 12.2025, 2025, {values}.</translation>
    </message>
    <message>
        <source>It can be: {values}.</source>
        <translation>Возможные значения: {values}.</translation>
    </message>
    <message>
        <source>Nothing for “{text}”. These are results for “{other}”.</source>
        <translation>По запросу «{text}» ничего нет. Показаны результаты для «{other}».</translation>
    </message>
    <message numerus="yes">
        <source>Messages: more than {count}, in %n chat(s)</source>
        <translation>
            <numerusform>Сообщений: больше {count}, в %n чате</numerusform>
            <numerusform>Сообщений: больше {count}, в %n чатах</numerusform>
            <numerusform>Сообщений: больше {count}, в %n чатах</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Messages: {count}, in %n chat(s)</source>
        <translation>
            <numerusform>Сообщений: {count}, в %n чате</numerusform>
            <numerusform>Сообщений: {count}, в %n чатах</numerusform>
            <numerusform>Сообщений: {count}, в %n чатах</numerusform>
        </translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Поиск…</translation>
    </message>
    <message>
        <source>Searching… back to {day}</source>
        <translation>Поиск… просмотрено до {day}</translation>
    </message>
    <message>
        <source>Nothing found.</source>
        <translation>Ничего не найдено.</translation>
    </message>
    <message>
        <source>Only words and numbers can be searched for.</source>
        <translation>Искать можно только слова и числа.</translation>
    </message>
    <message>
        <source>Only in titles and names of files.</source>
        <translation>Только в названиях чатов и файлов.</translation>
    </message>
    <message>
        <source>The archive and the trash were not searched: the buttons above add them.</source>
        <translation>Поиск не заглядывал в архив и корзину: их можно добавить кнопками выше.</translation>
    </message>
    <message>
        <source>The archive was not searched: a button above adds it.</source>
        <translation>Поиск не заглядывал в архив: его можно добавить кнопкой выше.</translation>
    </message>
    <message>
        <source>The trash was not searched: a button above adds it.</source>
        <translation>Поиск не заглядывал в корзину: её можно добавить кнопкой выше.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Status</source>
        <translation>Состояние</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>Демо</translation>
    </message>
    <message>
        <source>Answers come from this computer, not from GigaChat</source>
        <translation>Отвечает этот компьютер, а не GigaChat</translation>
    </message>
    <message>
        <source>Leave the demo</source>
        <translation>Выйти из демо</translation>
    </message>
    <message>
        <source>Back to your own chats; those of the demo stay in the demo</source>
        <translation>К своим чатам; чаты демо останутся в демо</translation>
    </message>
    <message>
        <source>{tokens} tokens left</source>
        <translation>Осталось токенов: {tokens}</translation>
    </message>
    <message>
        <source>The package {package} is running out. Show the balance</source>
        <translation>Пакет {package} заканчивается. Показать остаток</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <comment>answers in the queue</comment>
        <translation>
            <numerusform>пишется %n ответ</numerusform>
            <numerusform>пишутся %n ответа</numerusform>
            <numerusform>пишется %n ответов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <comment>answers in the queue</comment>
        <translation>
            <numerusform>%n в очереди</numerusform>
            <numerusform>%n в очереди</numerusform>
            <numerusform>%n в очереди</numerusform>
        </translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Подключаемся…</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>На связи</translation>
    </message>
    <message>
        <source>No connection</source>
        <translation>Нет связи</translation>
    </message>
</context>
<context>
    <name>TableWindow</name>
    <message>
        <source>Table: {name}</source>
        <translation>Таблица: {name}</translation>
    </message>
    <message>
        <source>Rows: {rows}, columns: {columns}</source>
        <translation>Строк: {rows}, столбцов: {columns}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Copies the selected cells, or the whole table</source>
        <translation>Копирует выделенные ячейки или всю таблицу</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>Копировать как CSV</translation>
    </message>
    <message>
        <source>Sort by this column, ascending</source>
        <translation>Сортировать по этому столбцу по возрастанию</translation>
    </message>
    <message>
        <source>Sort by this column, descending</source>
        <translation>Сортировать по этому столбцу по убыванию</translation>
    </message>
    <message>
        <source>Order of the answer</source>
        <translation>Порядок как в ответе</translation>
    </message>
</context>
<context>
    <name>TemporaryDesk</name>
    <message>
        <source>Temporary chat</source>
        <translation>Временный чат</translation>
    </message>
</context>
<context>
    <name>TemporaryWindow</name>
    <message>
        <source>Keep the chat</source>
        <translation>Сохранить чат</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Не сохранять</translation>
    </message>
    <message>
        <source>Discard the temporary chat?</source>
        <translation>Закрыть временный чат без сохранения?</translation>
    </message>
    <message>
        <source>It is saved nowhere. Nothing can bring it back.</source>
        <translation>Он нигде не сохранён. Вернуть его будет нельзя.</translation>
    </message>
    <message>
        <source>Close the window</source>
        <translation>Закрыть окно</translation>
    </message>
    <message>
        <source>Next chat of this window</source>
        <translation>Следующий чат этого окна</translation>
    </message>
    <message>
        <source>Previous chat of this window</source>
        <translation>Предыдущий чат этого окна</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Настройки</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Сочетания клавиш</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Выйти</translation>
    </message>
    <message>
        <source>Temporary chat</source>
        <translation>Временный чат</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Thinking</source>
        <translation>Размышление</translation>
    </message>
    <message>
        <source>{tool}, on</source>
        <translation>{tool}, включено</translation>
    </message>
    <message>
        <source>{tool}, off</source>
        <translation>{tool}, выключено</translation>
    </message>
    <message>
        <source>Thinking: {effort}</source>
        <translation>Размышление: {effort}</translation>
    </message>
    <message>
        <source>Tools: {tools}</source>
        <translation>Инструменты: {tools}</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Инструменты</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>Web search</source>
        <translation>Поиск в интернете</translation>
    </message>
    <message>
        <source>Run code</source>
        <translation>Расчёты с кодом</translation>
    </message>
    <message>
        <source>Read web pages</source>
        <translation>Чтение сайтов</translation>
    </message>
    <message>
        <source>Draw pictures</source>
        <translation>Рисование картинок</translation>
    </message>
    <message>
        <source>Make 3D models</source>
        <translation>Создание 3D-моделей</translation>
    </message>
    <message>
        <source>The model looks things up on the web and names its sources</source>
        <translation>Модель ищет свежие сведения в интернете и называет источники</translation>
    </message>
    <message>
        <source>The model writes and runs code at GigaChat to calculate</source>
        <translation>Модель считает точно: пишет программу и запускает её на сервере GigaChat</translation>
    </message>
    <message>
        <source>The model reads the pages whose addresses you give</source>
        <translation>Модель открывает и читает страницы по ссылкам из вашего сообщения</translation>
    </message>
    <message>
        <source>The model draws when you ask for a picture</source>
        <translation>Модель рисует, если попросить: «нарисуй…»</translation>
    </message>
    <message>
        <source>The model makes a 3D model when you ask for one</source>
        <translation>Модель создаёт 3D-модель, если попросить; файл можно сохранить</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>авто</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>слабое</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>среднее</translation>
    </message>
    <message>
        <source>High</source>
        <translation>сильное</translation>
    </message>
    <message>
        <source>Using a tool…</source>
        <translation>Работает инструмент…</translation>
    </message>
    <message>
        <source>about {seconds} s left</source>
        <translation>осталось примерно {seconds} с</translation>
    </message>
    <message>
        <source>{work} ({left})</source>
        <translation>{work} ({left})</translation>
    </message>
    <message>
        <source>Searching the web…</source>
        <translation>Ищет в интернете…</translation>
    </message>
    <message>
        <source>Running code…</source>
        <translation>Считает…</translation>
    </message>
    <message>
        <source>Reading web pages…</source>
        <translation>Читает страницы…</translation>
    </message>
    <message>
        <source>Drawing a picture…</source>
        <translation>Рисует картинку…</translation>
    </message>
    <message>
        <source>Making a 3D model…</source>
        <translation>Делает 3D-модель…</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>Читает файл…</translation>
    </message>
</context>
<context>
    <name>Transcript</name>
    <message>
        <source>Code</source>
        <translation>Код</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>Копировать код</translation>
    </message>
    <message>
        <source>Link: {target}</source>
        <translation>Ссылка: {target}</translation>
    </message>
    <message>
        <source>Hidden characters: {count}</source>
        <translation>Скрытых символов: {count}</translation>
    </message>
    <message>
        <source>GigaChat</source>
        <translation>GigaChat</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Вы</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>Выделить всё</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Копировать</translation>
    </message>
    <message>
        <source>Open link</source>
        <translation>Открыть ссылку</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>Копировать ссылку</translation>
    </message>
    <message>
        <source>Open picture</source>
        <translation>Открыть картинку</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Копировать картинку</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Сохранить как…</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>Копировать сообщение</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Ответить заново</translation>
    </message>
    <message>
        <source>Show thoughts</source>
        <translation>Показать размышления</translation>
    </message>
    <message>
        <source>Hide thoughts</source>
        <translation>Скрыть размышления</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>Предыдущий вариант</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Следующий вариант</translation>
    </message>
    <message>
        <source>Version {number} of {count}</source>
        <translation>Вариант {number} из {count}</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>Ждёт своей очереди</translation>
    </message>
    <message>
        <source>Waiting for its turn, place {place}</source>
        <translation>Ждёт своей очереди, место {place}</translation>
    </message>
    <message>
        <source>Waiting: {place} of {count}</source>
        <translation>В очереди: {place} из {count}</translation>
    </message>
    <message>
        <source>Move to front</source>
        <translation>Вперёд очереди</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Скопировано</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Чат</translation>
    </message>
    <message>
        <source>Jump to the end</source>
        <translation>К концу</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>Думает…</translation>
    </message>
    <message>
        <source>Thinking… {seconds} s</source>
        <translation>Думает… {seconds} с</translation>
    </message>
    <message>
        <source>Thoughts</source>
        <translation>Размышления</translation>
    </message>
    <message>
        <source>Thought for {seconds} s</source>
        <translation>Думал {seconds} с</translation>
    </message>
    <message>
        <source>{author} is answering</source>
        <translation>{author} отвечает</translation>
    </message>
    <message>
        <source>The answer is complete</source>
        <translation>Ответ готов</translation>
    </message>
    <message>
        <source>The answer was stopped</source>
        <translation>Ответ остановлен</translation>
    </message>
    <message>
        <source>There is no answer</source>
        <translation>Ответа нет</translation>
    </message>
    <message>
        <source>answering</source>
        <translation>отвечает</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>остановлено</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>ошибка</translation>
    </message>
    <message>
        <source>Hide usage</source>
        <translation>Скрыть расход</translation>
    </message>
    <message>
        <source>Show usage</source>
        <translation>Показать расход</translation>
    </message>
    <message>
        <source>The file is not here</source>
        <translation>Файла здесь нет</translation>
    </message>
    <message>
        <source>Cannot be shown</source>
        <translation>Не удаётся показать</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Сохранить…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Повторить</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Чтение…</translation>
    </message>
    <message>
        <source>Uploading…</source>
        <translation>Отправка…</translation>
    </message>
    <message>
        <source>The picture is coming…</source>
        <translation>Картинка загружается…</translation>
    </message>
    <message>
        <source>The file is coming…</source>
        <translation>Файл загружается…</translation>
    </message>
    <message>
        <source>Could not be fetched</source>
        <translation>Не удалось загрузить</translation>
    </message>
    <message>
        <source>Could not be uploaded</source>
        <translation>Не удалось отправить</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>Источники</translation>
    </message>
    <message>
        <source>Show fewer sources</source>
        <translation>Показать меньше источников</translation>
    </message>
    <message>
        <source>Show all sources ({count})</source>
        <translation>Показать все источники ({count})</translation>
    </message>
    <message>
        <source>Source {number}: {title}</source>
        <translation>Источник {number}: {title}</translation>
    </message>
    <message>
        <source>{percent}%</source>
        <translation>{percent}&#xa0;%</translation>
    </message>
    <message>
        <source>Zoom {percent}</source>
        <translation>Масштаб {percent}</translation>
    </message>
    <message>
        <source>Footnote {number}</source>
        <translation>Сноска {number}</translation>
    </message>
    <message>
        <source>Footnote {number}: back to the text</source>
        <translation>Сноска {number}: назад к тексту</translation>
    </message>
    <message>
        <source>Copy the whole chat as</source>
        <translation>Копировать весь чат как</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>Копировать как</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Простой текст</translation>
    </message>
    <message>
        <source>Formatted text</source>
        <translation>Форматированный текст</translation>
    </message>
    <message>
        <source>HTML source</source>
        <translation>Исходный код HTML</translation>
    </message>
    <message>
        <source>Copy message as</source>
        <translation>Копировать сообщение как</translation>
    </message>
    <message>
        <source>Too much to copy at once</source>
        <translation>Слишком много, чтобы скопировать сразу</translation>
    </message>
    <message>
        <source>At most {size} of text can be copied. Select less of it.</source>
        <translation>Можно скопировать не больше {size} текста. Выделите меньше.</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Сегодня</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Вчера</translation>
    </message>
    <message>
        <source>dddd, MMMM d</source>
        <translation>dddd, d MMMM</translation>
    </message>
    <message>
        <source>dddd, MMMM d, yyyy</source>
        <translation>dddd, d MMMM yyyy &apos;г&apos;.</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Объяснить</translation>
    </message>
    <message>
        <source>Explain this in simple words.</source>
        <translation>Объясни это простыми словами.</translation>
    </message>
    <message>
        <source>Translate</source>
        <translation>Перевести</translation>
    </message>
    <message>
        <source>Translate this into English.</source>
        <translation>Переведи это на русский.</translation>
    </message>
    <message>
        <source>Shorten</source>
        <translation>Сократить</translation>
    </message>
    <message>
        <source>Say this more briefly.</source>
        <translation>Скажи это короче.</translation>
    </message>
    <message>
        <source>Give an example</source>
        <translation>Привести пример</translation>
    </message>
    <message>
        <source>Give an example of this.</source>
        <translation>Приведи пример.</translation>
    </message>
    <message>
        <source>Find mistakes</source>
        <translation>Найти ошибки</translation>
    </message>
    <message>
        <source>Find the mistakes in this and correct them.</source>
        <translation>Найди здесь ошибки и исправь их.</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Изменить</translation>
    </message>
    <message>
        <source>Answer again with</source>
        <translation>Ответить заново моделью</translation>
    </message>
    <message>
        <source>Continue from here in a new chat</source>
        <translation>Продолжить отсюда в новом чате</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>Подробности…</translation>
    </message>
    <message>
        <source>Delete message</source>
        <translation>Удалить сообщение</translation>
    </message>
    <message>
        <source>Asking for the models…</source>
        <translation>Узнаём список моделей…</translation>
    </message>
    <message>
        <source>Quote in your message</source>
        <translation>Цитировать в сообщении</translation>
    </message>
    <message>
        <source>Ask about it</source>
        <translation>Спросить об этом</translation>
    </message>
    <message>
        <source>Your own question</source>
        <translation>Свой вопрос</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>Другие действия</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>Цитировать</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Спросить</translation>
    </message>
    <message>
        <source>Copy formula</source>
        <translation>Копировать формулу</translation>
    </message>
    <message>
        <source>The arrow keys move the caret</source>
        <translation>Стрелки двигают курсор</translation>
    </message>
    <message>
        <source>The arrow keys scroll</source>
        <translation>Стрелки прокручивают</translation>
    </message>
    <message>
        <source>Save code as file…</source>
        <translation>Сохранить код в файл…</translation>
    </message>
    <message>
        <source>Wrap lines</source>
        <translation>Переносить строки</translation>
    </message>
    <message>
        <source>Do not wrap lines</source>
        <translation>Не переносить строки</translation>
    </message>
    <message>
        <source>Show line numbers</source>
        <translation>Показать номера строк</translation>
    </message>
    <message>
        <source>Hide line numbers</source>
        <translation>Скрыть номера строк</translation>
    </message>
    <message>
        <source>Show all lines: {count}</source>
        <translation>Показать все строки: {count}</translation>
    </message>
    <message>
        <source>Fold code</source>
        <translation>Свернуть код</translation>
    </message>
    <message>
        <source>Copied. Mind that it contains hidden characters: {count}</source>
        <translation>Скопировано. Внимание: в коде есть скрытые символы: {count}</translation>
    </message>
    <message>
        <source>Save the chat as PDF…</source>
        <translation>Сохранить чат как PDF…</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>Печать…</translation>
    </message>
    <message>
        <source>Load picture</source>
        <translation>Загрузить картинку</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Копировать адрес</translation>
    </message>
    <message>
        <source>Picture: {name}</source>
        <translation>Картинка: {name}</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Картинка</translation>
    </message>
    <message>
        <source>Load picture from {host}</source>
        <translation>Загрузить картинку с {host}</translation>
    </message>
    <message>
        <source>Not a picture that can be shown</source>
        <translation>Это не картинка, которую можно показать</translation>
    </message>
    <message>
        <source>Table: copy or open</source>
        <translation>Таблица: копировать или открыть</translation>
    </message>
    <message>
        <source>Large table</source>
        <translation>Большая таблица</translation>
    </message>
    <message>
        <source>Copy table for a spreadsheet</source>
        <translation>Копировать для электронных таблиц</translation>
    </message>
    <message>
        <source>Copy table as CSV</source>
        <translation>Копировать таблицу как CSV</translation>
    </message>
    <message>
        <source>Copy table as Markdown</source>
        <translation>Копировать таблицу как Markdown</translation>
    </message>
    <message>
        <source>Open as table</source>
        <translation>Открыть как таблицу</translation>
    </message>
    <message>
        <source>Waits while you edit it</source>
        <translation>Ждёт, пока вы правите</translation>
    </message>
    <message>
        <source>Not sent yet: {place} of {count}</source>
        <translation>Ещё не отправлено: {place} из {count}</translation>
    </message>
    <message>
        <source>Send all</source>
        <translation>Отправить все</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Отправить</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Забрать обратно</translation>
    </message>
    <message>
        <source>Ask before the one above</source>
        <translation>Задать раньше предыдущего</translation>
    </message>
    <message>
        <source>Ask after the one below</source>
        <translation>Задать позже следующего</translation>
    </message>
    <message>
        <source>Not sent yet</source>
        <translation>Ещё не отправлено</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Экспорт…</translation>
    </message>
    <message>
        <source>Compare versions…</source>
        <translation>Сравнить варианты…</translation>
    </message>
    <message>
        <source>Map of the branches…</source>
        <translation>Карта ветвей…</translation>
    </message>
    <message>
        <source>Order…</source>
        <translation>Порядок…</translation>
    </message>
    <message>
        <source>The name of the site has letters of another alphabet: {host}</source>
        <translation>В имени сайта есть буквы другого алфавита: {host}</translation>
    </message>
</context>
<context>
    <name>Trash</name>
    <message>
        <source>Message without text</source>
        <translation>Сообщение без текста</translation>
    </message>
    <message>
        <source>Untitled chat</source>
        <translation>Чат без названия</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Чат</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Папка</translation>
    </message>
    <message>
        <source>Message from “{chat}”</source>
        <translation>Сообщение из чата «{chat}»</translation>
    </message>
    <message>
        <source>deleted {day}</source>
        <translation>удалено {day}</translation>
    </message>
    <message>
        <source>goes for good {day}</source>
        <translation>исчезнет {day}</translation>
    </message>
</context>
<context>
    <name>TrashWindow</name>
    <message>
        <source>Trash</source>
        <translation>Корзина</translation>
    </message>
    <message>
        <source>In the trash</source>
        <translation>В корзине</translation>
    </message>
    <message>
        <source>Search in the trash</source>
        <translation>Поиск в корзине</translation>
    </message>
    <message>
        <source>Search in the trash by title</source>
        <translation>Поиск в корзине по названиям</translation>
    </message>
    <message>
        <source>How it begins</source>
        <translation>Начало текста</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Восстановить</translation>
    </message>
    <message>
        <source>Delete for ever…</source>
        <translation>Удалить навсегда…</translation>
    </message>
    <message>
        <source>Empty the trash…</source>
        <translation>Очистить корзину…</translation>
    </message>
    <message>
        <source>Selected: {count}</source>
        <translation>Выбрано: {count}</translation>
    </message>
    <message>
        <source>Enter restores, Del deletes for ever.</source>
        <translation>Enter восстанавливает, Del удаляет навсегда.</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Ничего не найдено</translation>
    </message>
    <message>
        <source>The trash is empty.</source>
        <translation>Корзина пуста.</translation>
    </message>
    <message>
        <source>Delete for ever?</source>
        <translation>Удалить навсегда?</translation>
    </message>
    <message>
        <source>To be deleted: {count}. Nothing can bring this back.</source>
        <translation>Будет удалено: {count}. Вернуть это будет нельзя.</translation>
    </message>
    <message>
        <source>Empty the trash?</source>
        <translation>Очистить корзину?</translation>
    </message>
    <message>
        <source>Everything in the trash will be deleted. Nothing can bring it back.</source>
        <translation>Всё содержимое корзины будет удалено. Вернуть его будет нельзя.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln chat(s)</source>
        <translation>
            <numerusform>%Ln чат</numerusform>
            <numerusform>%Ln чата</numerusform>
            <numerusform>%Ln чатов</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln folder(s)</source>
        <translation>
            <numerusform>%Ln папка</numerusform>
            <numerusform>%Ln папки</numerusform>
            <numerusform>%Ln папок</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln message(s)</source>
        <translation>
            <numerusform>%Ln сообщение</numerusform>
            <numerusform>%Ln сообщения</numerusform>
            <numerusform>%Ln сообщений</numerusform>
        </translation>
    </message>
    <message>
        <source>The texts are also removed from the snapshots that the program has made. Copies that you have made yourself, exports, files that you have saved elsewhere and damaged files that were set aside stay as they are.</source>
        <translation>Тексты исчезнут и из резервных копий, которые сделала программа. Копии, сделанные вами, экспортированное, файлы, сохранённые в других местах, и отложенные повреждённые файлы останутся как есть.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Delete for ever</source>
        <translation>Удалить навсегда</translation>
    </message>
</context>
<context>
    <name>UndoLine</name>
    <message>
        <source>Undo</source>
        <translation>Отменить</translation>
    </message>
</context>
<context>
    <name>Unsaved</name>
    <message>
        <source>Not everything is saved</source>
        <translation>Сохранено не всё</translation>
    </message>
    <message>
        <source>Answers and drafts that the disk has not taken: {count}. They are in memory only and would be lost. Put right what is named below and try again, or copy them to another place first.</source>
        <translation>Ответы и черновики, которые не удалось записать на диск: {count}. Они только в памяти и пропадут. Устраните названную ниже причину и повторите или сначала скопируйте их в другое место.</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>Не сохранять</translation>
    </message>
    <message>
        <source>Back to the chats</source>
        <translation>Вернуться к чатам</translation>
    </message>
</context>
<context>
    <name>UpdatePage</name>
    <message>
        <source>Updating your chats</source>
        <translation>Чаты обновляются</translation>
    </message>
    <message>
        <source>Opening your chats</source>
        <translation>Чаты открываются</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Останавливаем…</translation>
    </message>
    <message>
        <source>You may close GigaDesk: nothing is lost, and the update goes on at the next start.</source>
        <translation>GigaDesk можно закрыть: ничего не потеряется, обновление продолжится при следующем запуске.</translation>
    </message>
    <message>
        <source>Checking that the file with the chats is whole…</source>
        <translation>Проверяем, цел ли файл с чатами…</translation>
    </message>
    <message>
        <source>First the chats are copied as they are: {done} of {whole}</source>
        <translation>Сначала сохраняем копию чатов: {done} из {whole}</translation>
    </message>
    <message>
        <source>Checking that the copy is whole…</source>
        <translation>Проверяем, цела ли копия…</translation>
    </message>
    <message>
        <source>Changing the file for this version of GigaDesk: step {step} of {steps}</source>
        <translation>Приводим файл к новой версии GigaDesk: шаг {step} из {steps}</translation>
    </message>
</context>
<context>
    <name>Usage</name>
    <message>
        <source>Tokens: question {prompt} ({cached} from the cache), answer {answer}</source>
        <translation>Токены: вопрос {prompt} (из кэша {cached}), ответ {answer}</translation>
    </message>
    <message>
        <source>Tokens: question {prompt}, answer {answer}</source>
        <translation>Токены: вопрос {prompt}, ответ {answer}</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} с</translation>
    </message>
    <message>
        <source>{count} characters/s</source>
        <translation>{count} симв./с</translation>
    </message>
</context>
<context>
    <name>WaitingOrderWindow</name>
    <message>
        <source>Waiting questions</source>
        <translation>Вопросы в очереди</translation>
    </message>
    <message>
        <source>They are asked from the top down. Drag one to its place, or move it with {keys}.</source>
        <translation>Вопросы задаются по порядку, начиная с верхнего. Перетащите вопрос на нужное место или передвиньте клавишами {keys}.</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Выше</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Ниже</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Закрыть</translation>
    </message>
    <message>
        <source>Ask before the one above</source>
        <translation>Задать раньше предыдущего</translation>
    </message>
    <message>
        <source>Ask after the one below</source>
        <translation>Задать после следующего</translation>
    </message>
    <message>
        <source>Without words</source>
        <translation>Без текста</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} из {count}</translation>
    </message>
</context>
<context>
    <name>WebPicture</name>
    <message>
        <source>Load this picture?</source>
        <translation>Загрузить эту картинку?</translation>
    </message>
    <message>
        <source>The answer names a picture of another site. The site learns your network address and this address, in which words of your chat may hide.</source>
        <translation>В ответе названа картинка с другого сайта. Сайт узнает ваш сетевой адрес и весь этот адрес картинки, а в нём могут скрываться слова из вашего чата.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Отмена</translation>
    </message>
    <message>
        <source>Copy the address</source>
        <translation>Копировать адрес</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Загрузить</translation>
    </message>
    <message>
        <source>Only https addresses are loaded</source>
        <translation>Загружаются только адреса https</translation>
    </message>
    <message>
        <source>The address is not one of the public internet</source>
        <translation>Адрес не из открытого интернета</translation>
    </message>
    <message>
        <source>The site does not answer</source>
        <translation>Сайт не отвечает</translation>
    </message>
    <message>
        <source>The certificate of the site is not trusted</source>
        <translation>Сертификату сайта нельзя доверять</translation>
    </message>
    <message>
        <source>The site gives no picture ({status})</source>
        <translation>Сайт не отдаёт картинку ({status})</translation>
    </message>
    <message>
        <source>The site gives no picture</source>
        <translation>Сайт не отдаёт картинку</translation>
    </message>
    <message>
        <source>Not a picture that can be shown</source>
        <translation>Это не картинка, которую можно показать</translation>
    </message>
    <message>
        <source>The picture is larger than 10 MB</source>
        <translation>Картинка больше 10 МБ</translation>
    </message>
    <message>
        <source>The site takes too long</source>
        <translation>Сайт отвечает слишком долго</translation>
    </message>
    <message>
        <source>{reason}. The rest of the answer is not affected.</source>
        <translation>{reason}. Остального ответа это не касается.</translation>
    </message>
</context>
<context>
    <name>WorkingNotes</name>
    <message>
        <source>Trying again in {seconds} s…</source>
        <translation>Повтор через {seconds} с…</translation>
    </message>
</context>
<context>
    <name>_Banner</name>
    <message>
        <source>Temporary chat: not saved</source>
        <translation>Временный чат: не сохраняется</translation>
    </message>
    <message>
        <source>It is in memory only and gone when this window closes. Attached files are copied to the data folder until then. The service receives what you send, as in any chat.</source>
        <translation>Он есть только в памяти и исчезнет, когда закроется это окно. До тех пор копии приложенных файлов лежат в папке данных. Сервис получает то, что вы отправляете, как и в любом чате.</translation>
    </message>
    <message>
        <source>It is in memory only, with the files that you attach, and gone when this window closes. The service receives what you send, as in any chat.</source>
        <translation>Он есть только в памяти, вместе с приложенными файлами, и исчезнет, когда закроется это окно. Сервис получает то, что вы отправляете, как и в любом чате.</translation>
    </message>
    <message>
        <source>Chats in this window: {count}</source>
        <translation>Чатов в этом окне: {count}</translation>
    </message>
    <message>
        <source>Next chat of this window</source>
        <translation>Следующий чат этого окна</translation>
    </message>
    <message>
        <source>Keep the chat</source>
        <translation>Сохранить чат</translation>
    </message>
    <message>
        <source>Keep the chat: save it as an ordinary one</source>
        <translation>Сохранить чат как обычный</translation>
    </message>
</context>
<context>
    <name>_Row</name>
    <message>
        <source>Looking…</source>
        <translation>Проверяется…</translation>
    </message>
</context>
</TS>
