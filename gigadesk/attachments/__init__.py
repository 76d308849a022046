"""Files that the user attaches and that the model makes: what is taken, and where it is kept. No Qt, no network."""

from gigadesk.attachments.names import clean_name, upload_name
from gigadesk.attachments.rules import check_message
from gigadesk.attachments.shelf import Kept, Shelf

__all__ = ["Kept", "Shelf", "check_message", "clean_name", "upload_name"]
