"""Export and import: what the user sees of them."""

from gigadesk.ui.exchange.desk import ExchangeDesk

__all__ = ["ExchangeDesk"]
