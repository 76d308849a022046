"""What tests of the client share: a request, and the events of a reply with the error it ended in."""

from gigadesk.chat import Role
from gigadesk.errors import GigadeskError
from gigadesk.gigachat.events import ReplyRequest, RequestMessage, TextDelta

REQUEST = ReplyRequest("GigaChat-2", (RequestMessage(Role.USER, "Привет"),), session_id="session-1")


async def collect(client, request=REQUEST):
    """All events, and the error if there was one."""
    events = []
    try:
        async for event in client.reply(request):
            events.append(event)  # noqa: PERF401 - those before an error count
    except GigadeskError as error:
        return events, error
    return events, None


def text_of(events):
    return "".join(event.text for event in events if isinstance(event, TextDelta))
