"""Assistants: a model with instructions, files and functions, which the service keeps."""

from gigadesk.errors import ModelUnavailableError
from gigadesk.gigachat.calls import Calls
from gigadesk.gigachat.protocol.assistants import (
    assistant_request,
    named_request,
    read_assistant,
    read_assistant_id,
    read_assistants,
    read_deleted,
)
from gigadesk.gigachat.stateful_values import Assistant, AssistantChanges

_JSON = {"Content-Type": "application/json"}


class AssistantCalls(Calls):
    """Not in the public reference: the official Python library has them, and an account may not."""

    async def assistants(self) -> tuple[Assistant, ...]:
        """All assistants of the account, in the server's order. Not documented in public.

        Raises:
            GigadeskError: the service could not be asked.
        """
        return await self._ask(read_assistants, "GET", "/assistants")

    async def assistant(self, assistant_id: str) -> Assistant:
        """One assistant. Not documented in public.

        Raises:
            ModelUnavailableError: there is none with this id.
            GigadeskError: the service could not be asked.
        """
        url = self._connection.addresses.path("assistants").with_query({"assistant_id": assistant_id})
        for assistant in await self._ask(read_assistants, "GET", url):
            if assistant.id == assistant_id:
                return assistant
        raise ModelUnavailableError("no such assistant", status=200)

    async def create_assistant(self, model: str, changes: AssistantChanges) -> str:
        """Make an assistant; gives its id. Never sent again by itself: there might be two then.

        Not documented in public.

        Raises:
            ModelUnavailableError: there is no such model.
            FileGoneError: one of the files is not there.
            GigadeskError: the service could not be asked, or does not want it.
        """
        return await self._ask_once(read_assistant_id, "/assistants", assistant_request(changes, model=model))

    async def change_assistant(self, assistant_id: str, changes: AssistantChanges) -> Assistant:
        """The assistant as it is after these changes. Not documented in public.

        Raises:
            ModelUnavailableError: there is none with this id.
            FileGoneError: one of the files is not there.
            GigadeskError: the service could not be asked, or does not want it.
        """
        body = assistant_request(changes, assistant_id=assistant_id)
        return await self._ask(read_assistant, "POST", "/assistants/modify", headers=_JSON, body=body)

    async def delete_assistant(self, assistant_id: str) -> bool:
        """Whether the service has deleted the assistant. Not documented in public.

        Raises:
            ModelUnavailableError: there is none with this id; also when a first try, whose answer was lost, did it.
            GigadeskError: the service could not be asked.
        """
        body = named_request(assistant_id=assistant_id)
        return await self._ask(read_deleted, "POST", "/assistants/delete", headers=_JSON, body=body)

    async def delete_assistant_file(self, assistant_id: str, file_id: str) -> bool:
        """Whether the assistant has the file no more. Not documented in public.

        Raises:
            ModelUnavailableError: there is no such assistant.
            FileGoneError: it has no such file; also when a first try, whose answer was lost, took it.
            GigadeskError: the service could not be asked.
        """
        body = named_request(assistant_id=assistant_id, file_id=file_id)
        return await self._ask(read_deleted, "POST", "/assistants/files/delete", headers=_JSON, body=body)
