"""Every limit on what comes from outside, in one place. Sizes in bytes or characters, as the names say."""

ANSWER_MAX_BYTES = 16 * 1024 * 1024
ANSWER_MAX_S = 30 * 60
SSE_LINE_MAX_BYTES = 4 * 1024 * 1024
JSON_BODY_MAX_BYTES = 16 * 1024 * 1024
ERROR_BODY_MAX_BYTES = 64 * 1024
ERROR_DETAIL_MAX_CHARS = 500

RENDERED_MAX_CHARS = 4 * 1024 * 1024
PARAGRAPH_MAX_CHARS = 4096
"""Longer runs are laid out in parts: Qt's line breaking is far from linear in the length of a paragraph."""
CODE_HIGHLIGHT_MAX_CHARS = 20 * 1024
CODE_LINE_MAX_CHARS = 2000
TABLE_MAX_ROWS = 200
TABLE_MAX_COLUMNS = 30
LINK_MAX_CHARS = 2048
FORMULA_SOURCE_MAX_CHARS = 2000
"""Longer ones are text; they have their delimiters in common with money and shell variables."""
FORMULA_MAX_CHARS = 500
"""Of TeX that is drawn; of longer formulas the source is shown."""
FORMULA_MAX_DEPTH = 6
"""Of braces inside of each other: the time of drawing doubles with each."""
FORMULA_MAX_COST = 1500
"""Elements that are laid out for one formula (see `formula_cost`): a quarter of a second. Real ones have up to 400."""
FORMULA_MAX_WIDTH_EMS = 200
FORMULA_MAX_HEIGHT_EMS = 60
FORMULA_MAX_NUMBERS = 40_000
"""That the outlines of one formula are made of."""
FORMULA_CACHE_NUMBERS = 2_000_000
"""Of all formulas that are kept, some 16 bytes each: of about 1,000 ordinary ones."""

TITLE_MAX_CHARS = 200
FOLDER_NAME_MAX_CHARS = 100
FOLDER_DEPTH_MAX = 8
"""Of folders in folders: a deeper tree does not fit into the width of a sidebar."""
MESSAGE_MAX_CHARS = 4 * 1024 * 1024
SETTINGS_MAX_BYTES = 16 * 1024 * 1024

LOG_FILE_MAX_BYTES = 1024 * 1024
LOG_FILES = 5
LOG_LINE_MAX_CHARS = 16 * 1024
LOG_SAME_REPORTS_MAX = 20
REPORT_MAX_BYTES = 256 * 1024

IMAGE_FILE_MAX_BYTES = 15 * 1024 * 1024
AUDIO_FILE_MAX_BYTES = 35 * 1024 * 1024
TEXT_FILE_MAX_BYTES = 40 * 1024 * 1024
REQUEST_MEDIA_MAX_BYTES = 80 * 1024 * 1024
"""Pictures and sound together in one request; documents do not count."""
IMAGES_PER_MESSAGE = 1
IMAGES_PER_REQUEST = 10
DOCUMENTS_PER_REQUEST = 1
DOWNLOAD_MAX_BYTES = 256 * 1024 * 1024
"""A generated picture is a megabyte, a 3D model some dozens."""
FILE_NAME_MAX_CHARS = 200
PICTURE_MAX_PIXELS = 40_000_000
PICTURE_MEMORY_MAX_MB = 64
PASTE_AS_FILE_CHARS = 8_000
"""A pasted text from this length on is offered as a file."""
SOURCES_MAX = 100
FIND_QUERY_MAX_CHARS = 200
FIND_HITS_MAX = 10_000
"""More are not counted, and of one message no more are gone through."""
FIND_MEMORY_MAX_BYTES = 24 * 1024 * 1024
"""Sources that a search keeps for the next letter that is typed."""
FIND_MEMORY_MAX_CHARS = 16 * 1024 * 1024
"""Shown texts that the process for regular expressions keeps."""
WEB_PICTURE_MAX_BYTES = 10 * 1024 * 1024
WEB_PICTURE_MAX_S = 30.0
WEB_PICTURES_MAX = 40
"""Of one run of the program; those that were loaded first are forgotten."""
IMPORT_VALUE_MAX_CHARS = 200 * 1024 * 1024
"""Of one conversation of another program: as a whole it is in memory, of its text nothing else."""
IMPORT_OWN_VALUE_MAX_CHARS = 1024 * 1024 * 1024
"""Of one message of our own: a text and thoughts of `IMPORT_OWN_TEXT_MAX_CHARS`, in JSON up to six times as long."""
IMPORT_JSON_TOTAL_MAX_BYTES = 8 * 1024 * 1024 * 1024
"""Of a text of JSON, or of all those of an archive."""
IMPORT_ARCHIVE_MAX_ENTRIES = 300_000
IMPORT_ARCHIVE_MAX_RATIO = 200
"""How many times smaller an archive may be packed: text reaches 10, a log or a row of zeros 1,000, as a bomb does."""
IMPORT_ARCHIVE_FREE_ENTRY_BYTES = 64 * 1024 * 1024
IMPORT_ARCHIVE_FREE_TOTAL_BYTES = 1024 * 1024 * 1024
"""So much of an entry, and of an archive, may be packed as tightly as can be: our own exports hold such texts."""
IMPORT_FILES_TOTAL_MAX_BYTES = 32 * 1024 * 1024 * 1024
IMPORT_VALUES_MAX = 10_000_000
"""Values in one conversation: some 600 MB of memory in the process that reads."""
IMPORT_CHATS_MAX = 200_000
IMPORT_MESSAGES_PER_CHAT = 200_000
IMPORT_FILES_PER_MESSAGE = 100
IMPORT_FOLDERS_MAX = 10_000
IMPORT_ID_MAX_CHARS = 200
IMPORT_WORD_MAX_CHARS = 4096
"""Of short texts: names of models, notes of the server, addresses."""
IMPORT_PROBLEMS_MAX = 1000
"""More are counted, not listed."""
IMPORT_OWN_TEXT_MAX_CHARS = 4 * ANSWER_MAX_BYTES
"""Of a message that this program has exported: an answer that was continued is longer than one that came at once."""
EXPORT_PART_BYTES = 32 * 1024 * 1024
"""Of JSON in one part of an archive; a longer chat makes a longer part."""
