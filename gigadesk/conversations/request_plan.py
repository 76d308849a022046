"""From a reply that is to be written to the request that asks for it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gigadesk.attachments import Shelf
from gigadesk.chat import ChatFile, FileId, Message, Role, Tool
from gigadesk.conversations.branch_estimate import READ_MAX_CHARS
from gigadesk.conversations.context_desk import ContextDesk
from gigadesk.conversations.history import history_for_continuation, history_for_reply, sendable, text_of
from gigadesk.conversations.history_files import files_to_send
from gigadesk.conversations.live_chats import LiveChats
from gigadesk.conversations.service import Services
from gigadesk.gigachat.capabilities import capabilities_of
from gigadesk.gigachat.events import ApiVersion, ReplyRequest, RequestMessage
from gigadesk.settings import Generation
from gigadesk.store import Store

if TYPE_CHECKING:
    from gigadesk.conversations.reply import Reply

TOOLS_OF_V1 = frozenset({Tool.IMAGE, Tool.MODEL_3D})
"""The only ones that the first chat contract has; any other needs the second."""


@dataclass(frozen=True, slots=True)
class RequestPlan:
    """What will be asked, as soon as the service has the files.

    Made when the reply starts, so that answers which came while it waited are in its history.
    """

    account: str
    files: tuple[ChatFile, ...]
    """What goes along; those of the last question first."""
    required: frozenset[FileId]
    """Of these the ones without which the question would be another."""
    _branch: Sequence[Message]
    _is_continuation: bool
    _system_prompt: str
    _request: ReplyRequest

    @property
    def length(self) -> int:
        """How many messages of the chat it holds."""
        return len(self._branch)

    def request(self, remote_ids: Mapping[FileId, str], *, has_states: bool = True) -> ReplyRequest:
        """The request, given the ids by which the service knows the files; files without one are left out.

        `has_states` says whether the service's own notes on earlier answers go back to it.
        """

        def write(message: Message) -> RequestMessage:
            ids = tuple(remote_ids[file.id] for file in message.files if file.id in remote_ids)
            state_id = message.state_id if has_states and self._is_its_own(message) else ""
            return RequestMessage(message.role, text_of(message), attachments=ids, state_id=state_id)

        join = history_for_continuation if self._is_continuation else history_for_reply
        branch = self._branch if self._is_continuation else self._branch[:-1]
        return replace(self._request, messages=join(branch, self._system_prompt, write))

    def _is_its_own(self, message: Message) -> bool:
        # A note on the call of a function is refused without the function's result, and we have none.
        return message.account == self.account and message.finish_reason != "function_call"


class RequestPlanner:
    """Knows chats, settings and accounts."""

    def __init__(
        self,
        store: Store,
        live: LiveChats,
        services: Services,
        shelf: Shelf,
        context: ContextDesk,
        generation: Callable[[], Generation],
    ) -> None:
        self._store = store
        self._live = live
        self._services = services
        self._shelf = shelf
        self._context = context
        self._generation = generation

    def plan(self, reply: "Reply", account: str, model: str, share: float) -> RequestPlan:
        """What to ask `model` for, with as much of the past as fits into this share of its context."""
        is_continuation = reply.is_continuation
        chat = self._store.chat(reply.chat_id)
        generation = self._generation()
        whole = self._live.end_of_branch(reply.id, READ_MAX_CHARS)
        branch = [*self._context.fitting(whole[:-1], model, share), whole[-1]]
        sent = sendable(branch if is_continuation else branch[:-1])
        questions = [message for message in sent if message.role is Role.USER]
        capabilities = capabilities_of(model)
        tools = tuple(tool for tool in chat.tools if tool in capabilities.tools)
        needs_v2 = self._services.uses_v2(account) or not TOOLS_OF_V1.issuperset(tools)
        return RequestPlan(
            account=account,
            files=files_to_send(sent, model, lambda file: self._can_send(file, account)),
            required=frozenset(file.id for file in questions[-1].files) if questions else frozenset(),
            _branch=branch,
            _is_continuation=is_continuation,
            _system_prompt=generation.system_prompt,
            _request=ReplyRequest(
                model=model,
                messages=(),
                session_id=chat.session_id,
                temperature=generation.temperature,
                top_p=generation.top_p,
                max_tokens=generation.max_tokens,
                repetition_penalty=generation.repetition_penalty,
                update_interval_s=generation.update_interval_s,
                api=ApiVersion.V2 if needs_v2 else ApiVersion.V1,
                tools=tools,
                effort=chat.effort if capabilities.has_effort else None,
            ),
        )

    def _can_send(self, file: ChatFile, account: str) -> bool:
        is_known = bool(file.remote_id) and file.remote_account == account
        return not file.is_generated and (is_known or self._shelf.has(file.digest))
