"""`/models` and `/balance`: what an account may use, and what is left of it. Does no I/O."""

from gigadesk.emulator import models
from gigadesk.emulator.calls import Call
from gigadesk.emulator.checks import RefusedError
from gigadesk.emulator.exchange import Reply
from gigadesk.emulator.options import Plan
from gigadesk.emulator.packages import EMBEDDINGS, Packages
from gigadesk.emulator.wire import api_reply


class ModelRoutes:
    """The list of models, one of them, and the packages of tokens."""

    def __init__(self, packages: Packages) -> None:
        self._packages = packages

    def reply(self, call: Call) -> Reply | None:
        match call.method, call.path:
            case "GET", ("models",):
                data = [models.model_object(name, kind) for name, kind in _listed(call).items()]
                return api_reply({"object": "list", "data": data}, call.headers)
            case "GET", ("models", name):
                kinds = _listed(call)
                if name not in kinds:
                    raise RefusedError(404, "No such model")
                return api_reply(models.model_object(name, kinds[name]), call.headers)
            case "GET", ("balance",):
                return self._balance(call)
        return None

    def _balance(self, call: Call) -> Reply:
        """Prepaid packages only. Whether models of the other host are told is not known; here they are not."""
        call.require_plan(Plan.PERS, Plan.B2B)
        names = [EMBEDDINGS, *(name for name, kind in _listed(call).items() if kind == "chat")]
        left = self._packages.left(call.account, names)
        return api_reply({"balance": [{"usage": name, "value": value} for name, value in left.items()]}, call.headers)


def _listed(call: Call) -> dict[str, str]:
    return dict(models.model_list(is_old_host=call.is_old_host, plan=call.account.plan))
