"""Words about the built-in tools: what they are called, and what they are doing now."""

from PySide6.QtCore import QCoreApplication

from gigadesk.chat import Effort, Tool

TOOL_ICONS = {
    Tool.WEB_SEARCH: "globe",
    Tool.CODE_INTERPRETER: "code",
    Tool.URL_CONTENT: "link",
    Tool.IMAGE: "picture",
    Tool.MODEL_3D: "cube",
}
"""The tools that a user switches, in the order in which they are shown."""
_FIRST_CONTRACT = {"text2image": Tool.IMAGE, "text2model3d": Tool.MODEL_3D}
"""What the first chat contract calls them."""


def tool_name(tool: Tool) -> str:
    """What a tool does, in two words."""
    match tool:
        case Tool.WEB_SEARCH:
            return QCoreApplication.translate("Tools", "Web search")
        case Tool.CODE_INTERPRETER:
            return QCoreApplication.translate("Tools", "Run code")
        case Tool.URL_CONTENT:
            return QCoreApplication.translate("Tools", "Read web pages")
        case Tool.IMAGE:
            return QCoreApplication.translate("Tools", "Draw pictures")
        case Tool.MODEL_3D:
            return QCoreApplication.translate("Tools", "Make 3D models")
        case _:
            return str(tool)


def tool_hint(tool: Tool) -> str:
    """One sentence on what happens when the tool is on."""
    match tool:
        case Tool.WEB_SEARCH:
            return QCoreApplication.translate("Tools", "The model looks things up on the web and names its sources")
        case Tool.CODE_INTERPRETER:
            return QCoreApplication.translate("Tools", "The model writes and runs code at GigaChat to calculate")
        case Tool.URL_CONTENT:
            return QCoreApplication.translate("Tools", "The model reads the pages whose addresses you give")
        case Tool.IMAGE:
            return QCoreApplication.translate("Tools", "The model draws when you ask for a picture")
        case Tool.MODEL_3D:
            return QCoreApplication.translate("Tools", "The model makes a 3D model when you ask for one")
        case _:
            return ""


def effort_name(effort: Effort | None) -> str:
    """How much the model thinks."""
    match effort:
        case None:
            return QCoreApplication.translate("Tools", "Auto")
        case Effort.LOW:
            return QCoreApplication.translate("Tools", "Low")
        case Effort.MEDIUM:
            return QCoreApplication.translate("Tools", "Medium")
        case Effort.HIGH:
            return QCoreApplication.translate("Tools", "High")


def working_text(name: str, note: str = "", seconds_left: float | None = None) -> str:
    """What a tool is doing for an answer; `name` is the server's, and empty gives no words."""
    if not name:
        return ""
    words = _working(name) or note or QCoreApplication.translate("Tools", "Using a tool…")
    if seconds_left is None or seconds_left < 1:
        return words
    left = QCoreApplication.translate("Tools", "about {seconds} s left").format(seconds=round(seconds_left))
    return QCoreApplication.translate("Tools", "{work} ({left})").format(work=words, left=left)


def _working(name: str) -> str:
    try:
        tool = _FIRST_CONTRACT.get(name) or Tool(name)
    except ValueError:
        tool = None
    match tool:
        case Tool.WEB_SEARCH:
            return QCoreApplication.translate("Tools", "Searching the web…")
        case Tool.CODE_INTERPRETER:
            return QCoreApplication.translate("Tools", "Running code…")
        case Tool.URL_CONTENT:
            return QCoreApplication.translate("Tools", "Reading web pages…")
        case Tool.IMAGE:
            return QCoreApplication.translate("Tools", "Drawing a picture…")
        case Tool.MODEL_3D:
            return QCoreApplication.translate("Tools", "Making a 3D model…")
        case _:
            is_file = name == "get_file_content"
            return QCoreApplication.translate("Tools", "Reading the file…") if is_file else ""
